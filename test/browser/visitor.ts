import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import type { Server } from '../../src/api/index.ts';

const artifacts = 'test-artifacts';
/** How often a page is looked at before what is found counts. */
const mostLooks = 6;
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** How the visitor's browser is set up. */
export interface VisitorOptions {
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
  forcedColors?: 'active' | 'none';
  /** What to sign in with; else the token of the first start. */
  token?: string;
}

/** Somebody before a console, and what the console complained of to the browser. */
export interface Visitor {
  page: Page;
  /** Errors and warnings of the browser's console, and exceptions; every test expects none. */
  complaints: string[];
  /** Each request to the API, as method and path. */
  requests: string[];
  signIn(): Promise<void>;
  goTo(path: string): Promise<void>;
  /** What axe finds wrong on the page as it stands, a line a finding. */
  barriers(): Promise<string[]>;
  screenshot(name: string): Promise<void>;
}

/** Opens the console of a server in a browser window of its own. */
export async function visit(
  browser: Browser,
  server: Server,
  {
    width = 1280,
    height = 720,
    colorScheme = 'light',
    forcedColors = 'none',
    token = server.token,
  }: VisitorOptions = {},
): Promise<Visitor> {
  // Nothing fades in: what is looked at, by axe too, is what stays.
  const reducedMotion = 'reduce';
  const page = await browser.newPage({
    viewport: { width, height },
    ...{ colorScheme, forcedColors, reducedMotion },
  });
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', message => {
    if (/^(error|warning)$/.test(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', error => complaints.push(String(error)));
  page.on('request', request => {
    const { pathname, search } = new URL(request.url());
    if (pathname.startsWith('/api/')) requests.push(`${request.method()} ${pathname}${search}`);
  });
  await page.goto(server.url);
  return {
    page,
    complaints,
    requests,
    async signIn() {
      await page.getByRole('button', { name: 'Sign in with a token' }).click();
      await page.getByLabel('Token').fill(token);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('main').getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    },
    async goTo(path) {
      await page.evaluate(to => {
        window.location.hash = to;
      }, path);
    },
    async barriers() {
      // A button that has just become enabled is between two colours for some frames, and a dialog that
      // has just opened has yet to take the rest of the page out of reach. A barrier is what stays.
      for (let looks = 1; ; looks += 1) {
        const found = await findBarriers(page);
        if (found.length === 0 || looks === mostLooks) return found;
        await page.waitForTimeout(500);
      }
    },
    async screenshot(name) {
      mkdirSync(artifacts, { recursive: true });
      await page.screenshot({ path: `${artifacts}/${name}.png` });
    },
  };
}

async function findBarriers(page: Page): Promise<string[]> {
  // evaluate() goes round the page's content security policy, which rightly lets no foreign script in.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(context: object, options: object): Promise<{ violations: AxeFinding[] }> };
    };
    // Fluent UI keeps the focus in place with hidden stops of its own; nobody ever rests on one.
    const { violations } = await axe.run(
      { exclude: ['[data-tabster-dummy]'] },
      { resultTypes: ['violations'] },
    );
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(node => node.html.slice(0, 160)).join(' | ')}`,
    );
  });
}

interface AxeFinding {
  id: string;
  nodes: { html: string }[];
}
