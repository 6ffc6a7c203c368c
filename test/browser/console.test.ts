import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from './chromium.ts';
import { openSite, type Site } from './site.ts';
import { type Visitor, type VisitorOptions, visit } from './visitor.ts';

const artifacts = 'test-artifacts';

let site: Site;
let browser: Browser;
let visitor: Visitor;
let page: Page;
/** What the page complained of; every test expects none. */
let complaints: string[];

beforeAll(async () => {
  site = await openSite();
  browser = await launchChromium();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

async function open(
  width = 1280,
  height = 720,
  colorScheme: VisitorOptions['colorScheme'] = 'light',
): Promise<void> {
  visitor = await visit(browser, site.server, { width, height, colorScheme });
  ({ page, complaints } = visitor);
}

const signIn = () => visitor.signIn();
const goTo = (path: string) => visitor.goTo(path);
const barriers = () => visitor.barriers();

const groupMembers = () => {
  const names = new Map([...site.objectIds].map(([name, id]) => [id, name]));
  return site.entra.tenant
    .members(site.groupId)
    .map(id => names.get(id))
    .sort();
};

describe('the console', { timeout: 120_000 }, () => {
  it('lets nobody in with a wrong token, and says why', async () => {
    await open();
    await page.getByRole('button', { name: 'Sign in with a token' }).click();
    await page.getByLabel('Token').fill('rollcall_wrong');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('The token is wrong or has expired.').waitFor();
    await page.screenshot({ path: `${artifacts}/sign-in.png` });
    expect(await barriers()).toEqual([]);
    // The browser itself notes the refusal; nothing else may be noted.
    expect(complaints.filter(line => !line.includes('401'))).toEqual([]);
    await page.close();
  });

  it('synchronizes a mapping by clicking, and shows status, counts and members', async () => {
    await open();
    await signIn();
    await goTo('/monitoring/device-collections');
    await page.getByRole('gridcell', { name: 'Collection1' }).click();
    await page.getByRole('button', { name: 'Synchronize Membership' }).click();
    await page.getByRole('gridcell', { name: 'Success' }).waitFor();
    expect(groupMembers()).toEqual(['B', 'C']);

    const row = page.getByRole('grid').first().getByRole('row').nth(1);
    const cells = await row.getByRole('gridcell').allTextContents();
    expect(cells).toEqual([
      expect.stringMatching(/^[A-Z0-9]{8}$/),
      'Collection1',
      site.groupId,
      'Group1',
      'Success',
      '3',
      '2',
      '0',
      '0',
    ]);
    await page.getByRole('tab', { name: 'Success (2)' }).click();
    await page.getByRole('gridcell', { name: 'B', exact: true }).waitFor();
    await page.getByRole('tab', { name: 'Not in Entra (1)' }).click();
    await page.getByRole('gridcell', { name: 'NotInEntra' }).waitFor();
    await page.screenshot({ path: `${artifacts}/cloud-sync.png` });
    expect(await barriers()).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("offers more columns by right-click on the header, and remembers the user's choice", async () => {
    await open();
    await signIn();
    await goTo('/monitoring/device-collections');
    await page.getByRole('columnheader', { name: 'Collection Id' }).click({ button: 'right' });
    await page.getByRole('menuitemcheckbox', { name: 'Last Full Sync Status' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('columnheader', { name: 'Last Full Sync Status' }).waitFor();
    await page.reload();
    await page.getByRole('columnheader', { name: 'Last Full Sync Status' }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });
});
