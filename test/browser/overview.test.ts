import { describe, expect, it } from 'vitest';
import { fillBusy, graphsWords, refuse } from './busy.ts';
import { setStage } from './stage.ts';

const stage = setStage({ fill: fillBusy });

describe('the overview', { timeout: 120_000 }, () => {
  it('says what needs somebody, and leads there', async () => {
    const { page, complaints } = await stage.open();
    const needs = page.getByRole('list', { name: 'Needs attention' });
    await needs.getByText('Kiosks: 11 removals from Kiosks wait for approval').waitFor();
    await needs.getByText(graphsWords).waitFor();
    await needs.getByRole('link', { name: /^Review: Kiosks/ }).click();
    await page.getByRole('heading', { level: 2, name: 'Kiosks → Kiosks' }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('leads from a count and from a failure to the mappings that they tell of', async () => {
    const { page, complaints } = await stage.open();
    const list = page.getByRole('grid', { name: 'Cloud sync of device collections' });
    const names = () => list.locator('[role=row] > [role=gridcell]:nth-child(2)').allTextContents();
    await page.getByRole('link', { name: 'Awaiting Approval: 1 of device collections' }).click();
    await list.getByRole('gridcell', { name: 'Kiosks' }).first().waitFor();
    await expect.poll(names).toEqual(['Kiosks']);
    await page.getByRole('treeitem', { name: 'Overview' }).click();
    await page.getByRole('link', { name: /^Show: 1 member of 1 group failed: / }).click();
    await list.getByRole('gridcell', { name: 'Pilot ring' }).first().waitFor();
    await expect.poll(names).toEqual(['Pilot ring']);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('shows health and what runs did, as charts and as a table', async () => {
    const { page, complaints } = await stage.open();
    const sync = page.getByRole('region', { name: 'Cloud sync' });
    await sync.getByText('Awaiting Approval').waitFor();
    await page.getByRole('region', { name: 'Members', exact: true }).getByText('71 in all').waitFor();
    await page.getByRole('progressbar', { name: 'Write quota of Contoso used' }).waitFor();
    for (const chart of ['Members synchronized', 'Writes to Microsoft Graph', 'Failures']) {
      await page.getByRole('region', { name: chart }).locator('svg').first().waitFor();
    }
    await page.getByRole('switch', { name: 'As a table' }).click();
    // A row an hour: the runs before these tests may have gone on beyond the end of one.
    const cells = page.getByRole('table', { name: 'Activity' }).locator('tbody tr td:nth-child(3)');
    const added = async () => (await cells.allTextContents()).reduce((sum, text) => sum + Number(text), 0);
    await expect.poll(added).toBeGreaterThanOrEqual(63);
    await page.getByRole('tab', { name: '30 days' }).click();
    await page.getByRole('columnheader', { name: 'Day (UTC)' }).waitFor();
    expect(complaints).toEqual([]);

    // Where the charts can not be had, such as of a server that has been replaced, all else stands.
    await page.route('**/assets/chart-*', route => route.abort());
    await page.reload();
    await page.getByText('This part of the console can not be shown.').waitFor();
    await sync.getByText('Awaiting Approval').waitFor();
    await page.close();
  });

  it('leads to both kinds of collections where a failure has befallen both', async () => {
    const { entra, client, ended } = stage.site;
    const { id } = entra.tenant.addUser({ userPrincipalName: 'eve@contoso.com' });
    entra.tenant.addGroup({ displayName: 'Managers', owners: [entra.app.servicePrincipalId] });
    const user = { type: 'user', name: 'Eve', userPrincipalName: 'eve@contoso.com', entraUserId: id };
    await ended(await client.call('importResources', { query: {}, body: JSON.stringify(user) }));
    await client.call('createCollection', { body: { name: 'Managers', type: 'user' } });
    await client.call('addRule', {
      params: { ref: 'Managers' },
      body: { kind: 'direct', resources: ['Eve'] },
    });
    await client.call('addMapping', { body: { collection: 'Managers', group: 'Managers' } });
    refuse(entra, id);
    await ended(await client.call('discover', { body: { tenant: 'Contoso', full: false } }));
    await ended(await client.call('synchronize', { body: { collections: ['Managers'] } }));

    const { page, complaints, barriers } = await stage.open();
    const needs = page.getByRole('list', { name: 'Needs attention' });
    await needs.getByRole('link', { name: /^Show devices: 2 members of 2 groups failed/ }).waitFor();
    expect(await barriers()).toEqual([]);
    await needs.getByRole('link', { name: /^Show users: 2 members of 2 groups failed/ }).click();
    const list = page.getByRole('grid', { name: 'Cloud sync of user collections' });
    await list.getByRole('gridcell', { name: 'Managers' }).first().waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('is dressed as the user chooses, whatever the system says', async () => {
    const { page } = await stage.open();
    const background = () =>
      page.evaluate(
        () =>
          getComputedStyle(document.querySelector('.fui-FluentProvider') ?? document.body).backgroundColor,
      );
    const light = await background();
    await page.getByRole('button', { name: 'first start' }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await expect.poll(background).not.toBe(light);
    const dark = await background();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await expect.poll(background).toBe(dark);
    await page.getByRole('button', { name: 'first start' }).click();
    await page.getByRole('menuitemradio', { name: 'Light' }).click();
    await expect.poll(background).toBe(light);
    await page.close();
  });
});
