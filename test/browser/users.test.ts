import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Site } from './site.ts';
import { inOrder, setStage } from './stage.ts';
import type { VisitorOptions } from './visitor.ts';

const stage = setStage({ fill: fillUsers });

/** Four users who are in Entra and one who is not; Staff = {ann, ben, cat, new}, Contractors = {cat}; group Licences. */
async function fillUsers({ entra, client, ended }: Site): Promise<void> {
  const { tenant, app } = entra;
  const records = ['ann', 'ben', 'cat', 'dan'].map(name => {
    const userPrincipalName = `${name}@contoso.com`;
    const { id } = tenant.addUser({ userPrincipalName, displayName: name });
    return {
      ...{ type: 'user', name: `CONTOSO\\${name}`, userPrincipalName, entraUserId: id },
      properties: { Department: name === 'cat' ? 'Projects' : 'HR' },
    };
  });
  const lines = [...records, { type: 'user', name: 'CONTOSO\\new' }].map(each => JSON.stringify(each));
  await ended(await client.call('importResources', { query: {}, body: lines.join('\n') }));
  for (const [name, members] of [
    ['Staff', ['ann', 'ben', 'cat', 'new']],
    ['Contractors', ['cat']],
  ] as const) {
    await client.call('createCollection', { body: { name, type: 'user' } });
    const resources = members.map(member => `CONTOSO\\${member}`);
    await client.call('addRule', { params: { ref: name }, body: { kind: 'direct', resources } });
  }
  await ended(await client.call('evaluate', { body: {} }));
  tenant.addGroup({ displayName: 'Licences', owners: [app.servicePrincipalId] });
}

const properties = (page: Page, name: string) => page.getByRole('dialog', { name: `${name} Properties` });

/** Adds a rule about another collection, in the properties that are open. */
async function addRule(page: Page, kind: 'Include' | 'Exclude', collection: string): Promise<void> {
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.getByRole('menuitem', { name: `${kind} collections` }).click();
  const dialog = page.getByRole('dialog', { name: `${kind} collections` });
  await dialog.getByRole('searchbox').fill(collection.slice(0, 4));
  await dialog.getByRole('checkbox', { name: collection }).check();
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
}

describe('users in the console', { timeout: 120_000 }, () => {
  it('become members by include rules and are kept out by exclude rules, and a circle is refused', async () => {
    const visitor = await stage.open('/assets/user-collections');
    const { page } = visitor;
    await page.getByRole('button', { name: 'Create' }).click();
    const create = page.getByRole('dialog', { name: 'Create user collection' });
    await create.getByRole('textbox', { name: 'Name' }).fill('Employees');
    await expect.poll(() => create.getByRole('combobox').inputValue()).toBe('All Users');
    await create.getByRole('button', { name: 'Create' }).click();
    await addRule(page, 'Include', 'Staff');
    const rules = page.getByRole('grid', { name: 'Rules of user collections' });
    await rules.getByRole('row', { name: /Staff Include Staff/ }).waitFor();
    await addRule(page, 'Exclude', 'Contractors');
    await rules.getByRole('row', { name: /Contractors Exclude Contractors/ }).waitFor();
    await inOrder(visitor, 'rules-include-exclude');
    await properties(page, 'Employees').getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Update Membership' }).click();
    await page.getByRole('tab', { name: 'Members (3)' }).waitFor();
    const members = page.getByRole('grid', { name: 'Members of a collection' });
    await members.getByRole('gridcell', { name: 'CONTOSO\\ann' }).waitFor();
    const names = () => members.locator('[role=row] > [role=gridcell]:first-child').allTextContents();
    await expect.poll(names).toEqual(['CONTOSO\\ann', 'CONTOSO\\ben', 'CONTOSO\\new']);
    await inOrder(visitor, 'user-collections');

    await page.getByRole('gridcell', { name: 'Staff', exact: true }).dblclick();
    await properties(page, 'Staff').waitFor();
    await page.getByRole('button', { name: 'Add rule' }).click();
    await page.getByRole('menuitem', { name: 'Include collections' }).click();
    const refusal = page.getByRole('dialog', { name: 'Include collections' });
    for (const name of ['Contractors', 'Employees']) await refusal.getByRole('checkbox', { name }).check();
    await refusal.getByRole('button', { name: 'Add 2' }).click();
    await refusal.getByText(/Staff.*Employees.*Staff/).waitFor();
    // The browser itself notes the refusal.
    expect(visitor.complaints.splice(0)).toEqual([expect.stringContaining('409')]);
    await inOrder(visitor, 'rules-circle');
    // The other one is in; what is left is refused for what it is, not for what this dialog has done before.
    await refusal.getByText('Has a rule already').waitFor();
    await refusal.getByRole('button', { name: 'Add', exact: true }).click();
    await expect.poll(() => visitor.complaints.splice(0)).toEqual([expect.stringContaining('409')]);
    await refusal.getByText(/Staff.*Employees.*Staff/).waitFor();
    await page.close();
  });

  it('are written into a group, and shown under Monitoring, User Collections', async () => {
    const { client, entra } = stage.site;
    const group = entra.tenant.findGroup('Licences')?.id ?? '';
    await client.call('addMapping', { body: { collection: 'Staff', group: 'Licences' } });
    const visitor = await stage.open('/monitoring/user-collections');
    const { page } = visitor;
    const list = page.getByRole('grid', { name: 'Cloud sync of user collections' });
    await list.getByRole('gridcell', { name: 'Staff' }).click();
    await page.getByRole('button', { name: 'Synchronize Membership' }).click();
    await page.getByRole('tab', { name: 'Success (3)' }).click();
    const names = page
      .getByRole('grid', { name: 'Members, Success' })
      .locator('[role=row] > [role=gridcell]:first-child');
    await expect
      .poll(() => names.allTextContents())
      .toEqual(['CONTOSO\\ann', 'CONTOSO\\ben', 'CONTOSO\\cat']);
    expect(entra.tenant.members(group)).toHaveLength(3);
    await page.getByRole('tab', { name: 'Not in Entra (1)' }).click();
    await page.getByRole('gridcell', { name: 'CONTOSO\\new' }).waitFor();
    await list.getByRole('gridcell', { name: 'Success' }).waitFor();
    await inOrder(visitor, 'monitoring-users');
    await page
      .getByRole('treeitem', { name: 'Collection Cloud Sync' })
      .getByText('Device Collections')
      .click();
    await page
      .getByRole('grid', { name: 'Cloud sync of device collections' })
      .getByRole('gridcell', { name: 'Collection1' })
      .waitFor();
    await page.close();
  });

  it.each([
    ['light', 1280, 720],
    ['dark', 820, 1180],
  ] as const)('are found by the beginning of their name, %s', async (colorScheme, width, height) => {
    const options: VisitorOptions = { colorScheme, width, height };
    const visitor = await stage.open('/assets/users', options);
    const { page } = visitor;
    const list = page.getByRole('grid', { name: 'Users' });
    await list.getByRole('gridcell', { name: 'CONTOSO\\new' }).waitFor();
    await page.getByRole('searchbox', { name: 'Search users' }).fill('contoso\\b');
    await list.getByRole('gridcell', { name: 'CONTOSO\\new' }).waitFor({ state: 'detached' });
    await list.getByRole('gridcell', { name: 'ben@contoso.com' }).click();
    await page.getByText('Department').waitFor();
    await inOrder(visitor, `users-${colorScheme}`);
    await page.getByRole('tab', { name: 'Entra identity' }).click();
    await page.getByText('Object in Contoso').waitFor();
    await page.getByRole('searchbox', { name: 'Search users' }).fill('nobody');
    await page.getByText('No user has a name that starts so.').waitFor();
    expect(visitor.complaints).toEqual([]);
    await page.close();
  });
});
