import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { storeFile } from '../../src/schedule/index.ts';
import { openSqlite } from '../../src/store/index.ts';
import { launchChromium } from './chromium.ts';
import { openSite, type Site } from './site.ts';
import { inOrder } from './stage.ts';
import { type Visitor, type VisitorOptions, visit } from './visitor.ts';

let browser: Browser;
let site: Site;

beforeAll(async () => {
  browser = await launchChromium();
}, 120_000);
afterAll(() => browser?.close());
beforeEach(async () => {
  site = await openSite();
}, 120_000);
afterEach(() => site?.close());

const inGroup = () => site.inGroup().join('');
const ended = (job: { id: string }) => site.ended(job);

const wantD = { params: { ref: 'Collection1' }, body: { kind: 'direct' as const, resources: ['D'] } };

/** Two runs: the first takes A out of Group1, the second puts D in. */
async function runTwice(): Promise<void> {
  const { client } = site;
  const body = { collections: ['Collection1'] };
  await ended(await client.call('synchronize', { body }));
  await client.call('addRule', wantD);
  await ended(await client.call('synchronize', { body }));
  expect(inGroup()).toBe('BCD');
}

/** Has what Rollcall wrote be so old that nobody need wait until Entra's lists show it. */
async function letListsSettle(): Promise<void> {
  const store = await openSqlite(storeFile(site.dataDir));
  const confirmed_at = new Date(Date.now() - 60_000).toISOString();
  await store.db.updateTable('ledger').set({ confirmed_at }).where('confirmed_at', 'is not', null).execute();
  await store.close();
}

async function visitMapping(options: VisitorOptions = {}): Promise<Visitor> {
  const visitor = await visit(browser, site.server, options);
  await visitor.signIn();
  await visitor.goTo('/monitoring/device-collections');
  await visitor.page
    .getByRole('grid', { name: 'Cloud sync of device collections' })
    .getByRole('gridcell', { name: 'Collection1' })
    .click();
  return visitor;
}

/** What stands on the page is in order in light colours and in dark ones. */
async function inOrderByDayAndNight(visitor: Visitor, name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await visitor.page.emulateMedia({ colorScheme });
    await inOrder(visitor, `${name}-${colorScheme}`);
  }
}

/** Opens the undo of the oldest run of the history. */
async function openUndo(page: Page) {
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByRole('grid', { name: 'Runs' }).getByRole('row').nth(2).click();
  await page.getByRole('button', { name: 'Undo this run' }).click();
  return page.getByRole('alertdialog', { name: 'Put Group1 back to before this run?' });
}

describe('the undo of a run', { timeout: 120_000 }, () => {
  it('is shown by name, and done when it is approved', async () => {
    await runTwice();
    const visitor = await visitMapping();
    const { page, complaints } = visitor;
    const dialog = await openUndo(page);
    await dialog
      .getByText(/asked for by first start, and the later run\. 1 to add, 1 to remove\.$/)
      .waitFor();
    const changes = dialog.getByRole('grid', { name: 'Changes that put the group back' });
    await changes.getByRole('row', { name: /Remove D/ }).waitFor();
    await changes.getByRole('row', { name: /Add A/ }).waitFor();
    await dialog.getByText(/^The next run is an incremental one and leaves it so/).waitFor();
    expect(inGroup()).toBe('BCD');
    await inOrderByDayAndNight(visitor, 'undo');

    await dialog.getByRole('button', { name: 'Put back' }).click();
    await dialog.getByText(/^Group1 is put back: 1 added, 1 removed/).waitFor();
    expect(inGroup()).toBe('ABC');
    await inOrderByDayAndNight(visitor, 'undo-done');
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('grid', { name: 'Runs' }).getByRole('gridcell', { name: 'undo' }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('is shown anew when it would do something else by now, and nothing is sent', async () => {
    await runTwice();
    const { page, complaints } = await visitMapping();
    const dialog = await openUndo(page);
    const changes = dialog.getByRole('grid', { name: 'Changes that put the group back' });
    await changes.getByRole('row', { name: /Add A/ }).waitFor();
    site.addInEntra('A');
    await letListsSettle();
    await dialog.getByRole('button', { name: 'Put back' }).click();
    await dialog.getByText(/^It would take other changes by now/).waitFor();
    await dialog.getByText(/0 to add, 1 to remove\.$/).waitFor();
    await changes.getByRole('row', { name: /Add A/ }).waitFor({ state: 'detached' });
    expect(inGroup()).toBe('ABCD');

    await dialog.getByRole('button', { name: 'Put back' }).click();
    await dialog.getByText(/^Group1 is put back: 0 added, 1 removed/).waitFor();
    expect(inGroup()).toBe('ABC');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('may be looked at by who only reads, and not be done', async () => {
    await runTwice();
    const { token } = await site.client.call('createToken', { body: { name: 'Eve', role: 'read-only' } });
    const { page, complaints } = await visitMapping({ token });
    const dialog = await openUndo(page);
    await dialog.getByRole('grid').getByRole('row', { name: /Add A/ }).waitFor();
    const button = dialog.getByRole('button', { name: 'Put back' });
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    expect(complaints).toEqual([]);
    await page.close();
  });
});

describe('one member', { timeout: 120_000 }, () => {
  it('is synchronized by itself, step by step', async () => {
    const { client } = site;
    await ended(await client.call('synchronize', { body: { collections: ['Collection1'] } }));
    await client.call('addRule', wantD);
    await ended(await client.call('evaluate', { body: { collections: ['Collection1'] } }));
    const visitor = await visitMapping();
    const { page, complaints } = visitor;
    await page.getByRole('tab', { name: 'In Progress (1)' }).click();
    const push = page.getByRole('button', { name: 'Synchronize this member now' });
    expect(await push.getAttribute('aria-disabled')).toBe('true');
    const waiting = page.getByRole('grid', { name: 'Members, In Progress' });
    await waiting.getByRole('gridcell', { name: 'D', exact: true }).click();
    await push.click();
    const dialog = page.getByRole('alertdialog', { name: 'Synchronize D now' });
    const steps = dialog.getByRole('list', { name: 'Steps' });
    await steps.getByText('Entra has taken it in').waitFor();
    expect(await steps.getByRole('strong').allTextContents()).toEqual([
      'Inventory',
      'Collection',
      'Microsoft Entra',
      'Group',
      'What to do',
      'Answer',
    ]);
    expect(inGroup()).toBe('BCD');
    await inOrderByDayAndNight(visitor, 'push');
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('tab', { name: 'Success (3)' }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });
});
