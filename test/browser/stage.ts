import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { launchChromium } from './chromium.ts';
import { openSite, type Site, type SiteOptions } from './site.ts';
import { type Visitor, type VisitorOptions, visit } from './visitor.ts';

/** What the tests of a file act on: a site with its console, and a browser. */
export interface Stage {
  readonly site: Site;
  readonly browser: Browser;
  /** Somebody signs in to the console and goes to a place. */
  open(path?: string, options?: VisitorOptions): Promise<Visitor>;
}

/**
 * Sets the stage before the tests of a file and clears it after them.
 * @param fill brings into the site what the tests need
 */
export function setStage({
  fill,
  ...options
}: SiteOptions & { fill?: (site: Site) => Promise<unknown> } = {}): Stage {
  let site: Site | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    site = await openSite(options);
    await fill?.(site);
    browser = await launchChromium();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  const stage = {
    get site() {
      if (!site) throw new Error('The site opens before the first test.');
      return site;
    },
    get browser() {
      if (!browser) throw new Error('The browser opens before the first test.');
      return browser;
    },
    async open(path?: string, options: VisitorOptions = {}) {
      const visitor = await visit(stage.browser, stage.site.server, options);
      await visitor.signIn();
      if (path !== undefined) await visitor.goTo(path);
      return visitor;
    },
  };
  return stage;
}

/** The page is photographed, and is without barriers and complaints. */
export async function inOrder(visitor: Visitor, name: string): Promise<void> {
  await visitor.screenshot(name);
  expect(await visitor.barriers()).toEqual([]);
  expect(visitor.complaints).toEqual([]);
}
