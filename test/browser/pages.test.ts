import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fillBusy } from './busy.ts';
import { inOrder, setStage } from './stage.ts';
import { visit } from './visitor.ts';

const looks = [
  ['light', 1280, 720, 'none'],
  ['dark', 1280, 720, 'none'],
  ['light', 820, 1180, 'none'],
  ['dark', 1024, 768, 'none'],
  ['contrast', 1024, 768, 'active'],
] as const;

/** Every page: its address, its name in screenshots, its title, and what it says while there is nothing. */
const pages = [
  ['/overview', 'overview', 'Overview', 'First steps'],
  ['/assets/device-collections', 'device-collections', 'Device Collections', 'All Systems'],
  ['/assets/user-collections', 'user-collections', 'User Collections', 'All Users'],
  ['/assets/devices', 'devices', 'Devices', 'The inventory holds no devices yet.'],
  ['/assets/users', 'users', 'Users', 'The inventory holds no users yet.'],
  [
    '/monitoring/device-collections',
    'cloud-sync-devices',
    'Collection Cloud Sync – Device Collections',
    'No device collection is mapped to a group yet.',
  ],
  [
    '/monitoring/user-collections',
    'cloud-sync-users',
    'Collection Cloud Sync – User Collections',
    'No user collection is mapped to a group yet.',
  ],
  ['/administration/tenants', 'azure-services', 'Azure Services', 'No tenant is connected yet.'],
  ['/administration/accounts', 'administrative-users', 'Administrative Users', 'There is no account yet.'],
  ['/administration/tokens', 'api-tokens', 'API Tokens', 'first start'],
  ['/administration/sign-in', 'sign-in-settings', 'Sign-in', 'People sign in with a password.'],
  ['/administration/audit', 'audit-log', 'Audit Log', 'signIn'],
  ['/administration/settings', 'settings', 'Settings', 'Keep the audit log for'],
] as const;

/** What of the page reaches beyond its right edge; it must never be scrolled sideways as a whole. */
const overflow = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return Math.max(0, scrollWidth - clientWidth);
  });

/** Nothing on the page is still being read; there may be several such places at first. */
const hasSettled = (page: Page) =>
  page
    .getByText(/^(Reading|Opening)/)
    .first()
    .waitFor({ state: 'detached' });

const title = (page: Page, name: string) =>
  page.getByRole('main').getByRole('heading', { level: 1, name, exact: true });

describe('every page where there is something', { timeout: 180_000 }, () => {
  const stage = setStage({ fill: fillBusy });

  it.each(looks)('is in order: %s, %i × %i', async (look, width, height, forcedColors) => {
    const colorScheme = look === 'contrast' ? 'dark' : look;
    const visitor = await stage.open(undefined, { width, height, colorScheme, forcedColors });
    const { page } = visitor;
    for (const [path, name, heading] of pages) {
      await visitor.goTo(path);
      await title(page, heading).waitFor();
      await hasSettled(page);
      const row = page.getByRole('grid').first().getByRole('row').nth(1);
      if (await row.isVisible()) {
        await row.click();
        await page.getByRole('button', { name: 'Close the details' }).or(row).first().waitFor();
      }
      await inOrder(visitor, `page-${name}-${look}-${width}`);
      await expect.poll(() => overflow(page), { message: name }).toBe(0);
    }
    await page.close();
  });

  it('is walked through by Tab alone, without a trap, and each stop has a name', async () => {
    const { page, goTo } = await stage.open();
    for (const [path, name, heading] of pages) {
      await goTo(path);
      await title(page, heading).waitFor();
      await hasSettled(page);
      await page.getByRole('tree', { name: 'Places' }).getByRole('treeitem').first().focus();
      const stops: string[] = [];
      for (let step = 0; step < 40; step += 1) {
        await page.keyboard.press('Tab');
        const stop = await focused(page);
        // At the end of the page the focus leaves it, and comes back at its beginning.
        if (stop === null) break;
        stops.push(stop);
      }
      expect(stops.length, `${name}: ${stops.join(', ')}`).toBeGreaterThan(0);
      expect(stops.length, `${name} is a trap: ${stops.join(', ')}`).toBeLessThan(40);
      expect(
        stops.filter(stop => stop.endsWith(' ')),
        `${name}: ${stops.join(', ')}`,
      ).toEqual([]);
    }
    await page.close();
  });
});

describe('every page where there is nothing yet', { timeout: 120_000 }, () => {
  const stage = setStage({ mapped: false, imported: false });

  it('says so and what to do first', async () => {
    const out = await visit(stage.browser, stage.site.server);
    await out.page.getByText('Nobody has an account here yet.').waitFor();
    await inOrder(out, 'sign-in-first');
    await out.page.close();
    const visitor = await stage.open();
    const { page } = visitor;
    for (const [path, name, heading, says] of pages) {
      await visitor.goTo(path);
      await title(page, heading).waitFor();
      await page.getByRole('main').getByText(says).first().waitFor();
      await inOrder(visitor, `empty-${name}`);
    }
    await page.close();
  });
});

/** What has the focus, as its role and its name; null where nothing in the page has it. */
function focused(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const labels = (element.getAttribute('aria-labelledby') ?? '')
      .split(' ')
      .map(id => document.getElementById(id)?.textContent ?? '')
      .join(' ');
    const field = element instanceof HTMLInputElement || element instanceof HTMLSelectElement;
    const name =
      element.getAttribute('aria-label') ??
      (labels.trim() ||
        (field
          ? [...(element.labels ?? [])].map(label => label.textContent).join(' ')
          : element.textContent));
    return `${element.getAttribute('role') ?? element.tagName} ${name?.trim().slice(0, 30).trim() ?? ''}`;
  });
}
