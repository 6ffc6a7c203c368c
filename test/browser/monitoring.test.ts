import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type BusyGroups, fillBusy, graphsWords } from './busy.ts';
import { setStage } from './stage.ts';
import type { Visitor, VisitorOptions } from './visitor.ts';

let groups: BusyGroups;
const stage = setStage({
  fill: async site => {
    groups = await fillBusy(site);
  },
});

/** Somebody who looks at Monitoring → Collection Cloud Sync → Device Collections. */
async function visitMonitoring(options: VisitorOptions = {}): Promise<Visitor> {
  const visitor = await stage.open('/monitoring/device-collections', options);
  await listOf(visitor.page).getByRole('gridcell', { name: 'Collection1' }).waitFor();
  return visitor;
}

const listOf = (page: Page) => page.getByRole('grid', { name: 'Cloud sync of device collections' });
const headersOf = (page: Page) => listOf(page).getByRole('columnheader').allTextContents();

const defaultColumns = [
  'Collection Id',
  'Collection Name',
  'Microsoft Entra group Id',
  'Microsoft Entra group Name',
  'Cloud Sync Status',
  'Member Count',
  'Sync Completed',
  'Sync InProgress',
  'Sync Failed',
];

describe('Monitoring, Collection Cloud Sync', { timeout: 120_000 }, () => {
  it('is a node of the navigation tree with one for devices and one for users', async () => {
    const { page, complaints, barriers } = await visitMonitoring();
    const tree = page.getByRole('tree', { name: 'Places' });
    const node = tree.getByRole('treeitem', { name: 'Collection Cloud Sync' });
    await node.getByRole('treeitem', { name: 'User Collections' }).click();
    await page.getByRole('heading', { level: 1, name: 'Collection Cloud Sync – User Collections' }).waitFor();
    await page.getByText('No user collection is mapped to a group yet.').waitFor();
    expect(await barriers()).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("has ConfigMgr's columns in its order, and the optional ones by right-click", async () => {
    const { page, complaints } = await visitMonitoring();
    expect(await headersOf(page)).toEqual(defaultColumns);
    await listOf(page).getByRole('columnheader', { name: 'Collection Id' }).click({ button: 'right' });
    const menu = page.getByRole('menu', { name: 'Columns' });
    await menu.waitFor();
    expect((await menu.getByRole('menuitemcheckbox').allTextContents()).slice(9)).toEqual([
      'Not in Entra',
      'Cloud Service Id',
      'Collection Type',
      'Last Full Sync Member Count',
      'Last Full Sync Status',
      'Last Full Sync Time',
      'Last Sync Member Count',
      'Last Sync Status',
      'Last Sync Time',
    ]);
    await menu.getByRole('menuitemcheckbox', { name: 'Last Sync Status' }).click();
    await page.keyboard.press('Escape');
    await page.reload();
    await listOf(page).getByRole('columnheader', { name: 'Last Sync Status' }).waitFor();
    expect(await headersOf(page)).toEqual([...defaultColumns, 'Last Sync Status']);

    // On a tablet a finger that stays is the right-click.
    const touch = await page.context().newCDPSession(page);
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: 300, y: 150 }] });
    await menu.waitFor();
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await menu.getByRole('menuitem', { name: 'Reset columns' }).click();
    await expect.poll(() => headersOf(page)).toEqual(defaultColumns);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('is worked by keyboard alone: rows, the width of a column, the choice of columns', async () => {
    const { page, complaints } = await visitMonitoring();
    const list = listOf(page);
    const header = list.getByRole('columnheader').first();
    await header.getByRole('button').focus();
    const before = (await header.boundingBox())?.width ?? 0;
    await page.keyboard.press('Shift+ArrowRight');
    await page.waitForFunction(
      ([element, width]) => (element as Element).getBoundingClientRect().width > (width as number),
      [await header.elementHandle(), before] as const,
    );
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menu', { name: 'Columns' }).waitFor();
    await page.keyboard.press('Escape');

    await list.focus();
    await page.keyboard.press('ArrowDown');
    await list.getByRole('row', { selected: true }).getByText('Collection1').first().waitFor();
    await page.keyboard.press('End');
    await list.getByRole('row', { selected: true }).getByText('Pilot ring').first().waitFor();
    await page.getByRole('heading', { level: 2, name: 'Pilot ring → Pilot ring' }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('tells of a failed member why, in words and in Graph’s, what to do, and when it is tried again', async () => {
    const { page, complaints, barriers, screenshot } = await visitMonitoring();
    await listOf(page).getByRole('gridcell', { name: 'Partial Success' }).click();
    await page.getByRole('tab', { name: 'Failed (1)', selected: true }).waitFor();
    await page.getByRole('gridcell', { name: 'RING-007' }).click();
    const facts = page.getByRole('region', { name: 'Why RING-007 failed' });
    await facts.getByText(graphsWords).waitFor();
    await facts.getByText('Request_BadRequest').waitFor();
    await facts.getByText(/^Check that the kind of group/).waitFor();
    await facts.getByText(/^1, the last /).waitFor();
    expect(await facts.getByRole('term').allTextContents()).toContain('Next try');
    await screenshot('monitoring-failed');
    expect(await barriers()).toEqual([]);

    await page.getByRole('tab', { name: 'Not in Entra (1)' }).click();
    await page.getByRole('gridcell', { name: 'RING-NEW' }).waitFor();
    await page.getByRole('tab', { name: 'Success (39)' }).click();
    await page.getByRole('gridcell', { name: 'RING-001' }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('shows the plan of a mapping by name, and its history', async () => {
    const { page, complaints, screenshot } = await visitMonitoring();
    await listOf(page).getByRole('gridcell', { name: 'Collection1' }).click();
    await page.getByRole('tab', { name: 'Plan' }).click();
    await page.getByRole('button', { name: 'Plan a full run' }).click();
    await page.getByText('A full run would add 0 and remove 0.').waitFor();
    stage.site.entra.tenant.addMember(stage.site.groupId, stage.site.objectIds.get('D') ?? '');
    await page.getByRole('button', { name: 'Plan a full run' }).click();
    await page.getByText('A full run would add 0 and remove 1.').waitFor();
    const changes = page.getByRole('grid', { name: 'Planned changes' });
    await changes.getByRole('gridcell', { name: 'D', exact: true }).waitFor();
    await changes.getByRole('gridcell', { name: 'Not put there by Rollcall' }).waitFor();
    await screenshot('monitoring-plan');

    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByRole('grid', { name: 'Runs' }).getByRole('gridcell', { name: 'full' }).waitFor();
    await screenshot('monitoring-history');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('shows what others do without being asked to: a run that somebody else starts', async () => {
    const { page, complaints } = await visitMonitoring();
    await listOf(page).getByRole('gridcell', { name: 'Collection1' }).click();
    await page.getByRole('tab', { name: 'Success (2)' }).waitFor();
    const { client } = stage.site;
    await client.call('addRule', {
      params: { ref: 'Collection1' },
      body: { kind: 'direct', resources: ['A'] },
    });
    await client.call('synchronize', { body: { collections: ['Collection1'] } });
    await page.getByRole('tab', { name: 'Success (3)' }).waitFor();
    await listOf(page)
      .getByRole('row', { selected: true })
      .getByRole('gridcell', { name: '4', exact: true })
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('sorts by a click on a header, over all pages, and keeps the order for the user', async () => {
    const { page, complaints, requests } = await visitMonitoring();
    const list = listOf(page);
    const first = () => list.getByRole('row').nth(1).getByRole('gridcell').nth(1).textContent();
    await list.getByRole('button', { name: 'Sync Failed' }).click();
    await list.getByRole('button', { name: 'Sync Failed' }).click();
    await list
      .getByRole('columnheader', { name: 'Sync Failed' })
      .and(page.locator('[aria-sort=descending]'))
      .waitFor();
    await list.getByRole('row').nth(1).getByText('Pilot ring').first().waitFor();
    expect(requests.some(request => request.includes('sort=-syncFailed'))).toBe(true);
    await page.reload();
    await list.getByRole('gridcell', { name: 'Collection1' }).waitFor();
    await expect.poll(first).toBe('Pilot ring');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('gives the whole list as a CSV file', async () => {
    const { page, complaints } = await visitMonitoring();
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Export CSV' }).click();
    const file = await (await downloading).path();
    const [head, ...rows] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
    expect(head).toContain('collectionName');
    expect(rows.some(row => row.includes('Pilot ring') && row.includes('Partial Success'))).toBe(true);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('is searched by name and filtered by status, and exported so', async () => {
    const { page, complaints, requests, barriers, screenshot } = await visitMonitoring();
    const list = listOf(page);
    const names = () => list.locator('[role=row] > [role=gridcell]:nth-child(2)').allTextContents();
    await page.getByRole('combobox', { name: 'Cloud Sync Status' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Partial Success' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Awaiting Approval' }).click();
    await screenshot('monitoring-filter');
    await page.keyboard.press('Escape');
    await list.getByRole('gridcell', { name: 'Finance laptops' }).first().waitFor({ state: 'detached' });
    await list.getByRole('gridcell', { name: 'Kiosks' }).first().waitFor();
    await expect.poll(async () => (await names()).sort()).toEqual(['Kiosks', 'Pilot ring']);
    expect(await barriers()).toEqual([]);

    await page.getByRole('searchbox', { name: 'Search mappings' }).fill('RING');
    await list.getByRole('gridcell', { name: 'Kiosks' }).first().waitFor({ state: 'detached' });
    await expect.poll(names).toEqual(['Pilot ring']);
    expect(requests.some(request => /status=.*search=RING/.test(request))).toBe(true);
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Export CSV' }).click();
    const file = await (await downloading).path();
    expect(readFileSync(file, 'utf8').trim().split(/\r?\n/)).toHaveLength(2);

    await page.getByRole('searchbox', { name: 'Search mappings' }).fill('nothing is called so');
    await page.getByText('No mapping is such.').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await list.getByRole('gridcell', { name: 'Finance laptops' }).first().waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('gives the members of a tab as a file', async () => {
    const { page, complaints } = await visitMonitoring();
    await listOf(page).getByRole('gridcell', { name: 'Partial Success' }).click();
    await page.getByRole('tab', { name: 'Failed (1)', selected: true }).waitFor();
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Export these members' }).click();
    const file = await (await downloading).path();
    const [head, ...rows] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
    expect(head).toContain('reason');
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain('RING-007');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each([
    ['dark', 1280, 720],
    ['light', 768, 1024],
  ] as const)('has no barriers: %s, %i × %i', async (colorScheme, width, height) => {
    const visitor = await visitMonitoring({ colorScheme, width, height });
    const { page, complaints, barriers, screenshot } = visitor;
    await listOf(page).getByRole('gridcell', { name: 'Partial Success' }).click();
    await page.getByRole('gridcell', { name: 'RING-007' }).click();
    await page.getByRole('region', { name: 'Why RING-007 failed' }).waitFor();
    expect(await barriers()).toEqual([]);
    await screenshot(`monitoring-${colorScheme}-${width}`);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('lets a held run be refused and approved with the names in view', async () => {
    const { page, complaints, barriers, screenshot } = await visitMonitoring();
    await listOf(page).getByRole('gridcell', { name: 'Awaiting Approval' }).click();
    await page.getByRole('tab', { name: 'Approval (11)', selected: true }).waitFor();
    await page
      .getByText('11 of 14 members (78 %) would be removed; more than 30 % need an approval.')
      .waitFor();
    const changes = page.getByRole('grid', { name: 'Changes that wait for approval' });
    await changes.getByRole('gridcell', { name: 'KIOSK-014' }).waitFor();
    expect(await changes.getByRole('gridcell', { name: 'Remove', exact: true }).count()).toBe(11);
    await screenshot('monitoring-approval');
    expect(await barriers()).toEqual([]);

    await page.getByRole('button', { name: 'Refuse' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByLabel('Reason').fill('They come back on Monday');
    await dialog.getByRole('button', { name: 'Refuse' }).click();
    await page.getByText(/^Refused by first start.*They come back on Monday/).waitFor();
    expect(stage.site.entra.tenant.members(groups.held)).toHaveLength(14);

    await page.getByRole('button', { name: 'Approve' }).click();
    await dialog.getByText('Remove 11 members from Kiosks?').waitFor();
    await screenshot('monitoring-approve');
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('tab', { name: 'Success (3)', selected: true }).waitFor();
    expect(stage.site.entra.tenant.members(groups.held)).toHaveLength(3);

    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByRole('grid', { name: 'Runs' }).getByRole('row').nth(1).click();
    const members = page.getByRole('grid', { name: 'Members of the run' });
    await members.getByRole('gridcell', { name: 'KIOSK-014' }).waitFor();
    await screenshot('monitoring-run');
    expect(await barriers()).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('reads of a long list of members only what is looked at', async () => {
    const count = 6_000;
    const devices = Array.from({ length: count }, (_, index) =>
      JSON.stringify({ type: 'device', name: `LONG-${String(index + 1).padStart(5, '0')}` }),
    );
    const { client, entra } = stage.site;
    const imported = await client.call('importResources', { query: {}, body: devices.join('\n') });
    await client.call('getJob', { params: { id: imported.id }, query: { wait: 60 } });
    entra.tenant.addGroup({ displayName: 'Long list', owners: [entra.app.servicePrincipalId] });
    await client.call('createCollection', { body: { name: 'Long list', type: 'device' } });
    const wql = "select ResourceID from SMS_R_System where Name like 'LONG-%'";
    await client.call('addRule', { params: { ref: 'Long list' }, body: { kind: 'query', wql } });
    const evaluated = await client.call('evaluate', { body: { collections: ['Long list'] } });
    await client.call('getJob', { params: { id: evaluated.id }, query: { wait: 60 } });
    await client.call('addMapping', { body: { collection: 'Long list', group: 'Long list' } });

    const { page, complaints, requests } = await visitMonitoring();
    await listOf(page).getByRole('gridcell', { name: 'Long list' }).first().click();
    await page.getByRole('tab', { name: 'Not in Entra (6,000)' }).click();
    const members = page.getByRole('grid', { name: 'Members, Not in Entra' });
    await members.getByRole('gridcell', { name: 'LONG-00001' }).waitFor();
    const reads = () => requests.filter(request => request.includes('/mappings/members')).length;
    expect(reads()).toBeLessThanOrEqual(3);
    await members.focus();
    await page.keyboard.press('End');
    await members.getByRole('row', { selected: true }).getByText('LONG-06000').waitFor();
    expect(reads()).toBeLessThanOrEqual(8);
    expect(await members.getByRole('row').count()).toBeLessThan(80);
    await page.keyboard.press('Home');
    await members.getByRole('row', { selected: true }).getByText('LONG-00001').waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });
});
