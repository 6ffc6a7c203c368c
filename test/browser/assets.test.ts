import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { inOrder as inOrderFor, setStage } from './stage.ts';
import type { Visitor, VisitorOptions } from './visitor.ts';

const stage = setStage();
let visitor: Visitor;
let page: Page;

async function open(path: string, options: VisitorOptions = {}): Promise<void> {
  visitor = await stage.open(path, options);
  page = visitor.page;
}

/** The page as it stands is without barriers and complaints, and has been photographed. */
const inOrder = (name: string) => inOrderFor(visitor, name);

const editor = () => page.getByRole('textbox', { name: 'Query (WQL)' });

async function write(query: string): Promise<void> {
  await editor().click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(query);
}

describe('collections in the console', { timeout: 120_000 }, () => {
  it('offer classes and properties while a query is written, show where it is wrong, and what it finds', async () => {
    await open('/assets/device-collections');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Letters up to B');
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    await page.getByRole('button', { name: 'Add rule' }).click();
    await page.getByRole('menuitem', { name: 'Query rule' }).click();

    await write('select ResourceID from SMS_R_Sys');
    await page.keyboard.press('Control+Space');
    await page.getByRole('option', { name: 'SMS_R_System' }).first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    // Escape closed the list alone.
    await write('select ResourceID from SMS_R_System as s where s.');
    await page.keyboard.type('Netb');
    await page.getByRole('option', { name: 'NetbiosName' }).waitFor();
    await visitor.screenshot('wql-completion');
    await page.keyboard.press('Enter');
    await expect.poll(() => editor().textContent()).toContain('s.NetbiosName');

    await write("select ResourceID from SMS_R_System where Nane <= 'B'");
    await page.getByText(/Line 1, column 43/).waitFor();
    await expect.poll(() => page.locator('.cm-lintRange-error').allTextContents()).toEqual(['Nane']);
    await inOrder('wql-mistake');

    await write("select ResourceID from SMS_R_System where Name <= 'B'");
    await page.getByText('The query is sound.').waitFor();
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText(/^2 found in \d+ ms/).waitFor();
    await inOrder('wql-preview');
    const dialog = page.getByRole('dialog', { name: 'Add a query rule' });
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('gridcell', { name: 'Query 1' }).waitFor();
    await page.getByRole('button', { name: 'Close', exact: true }).click();

    await page.getByRole('button', { name: 'Update Membership' }).click();
    await page.getByRole('tab', { name: 'Members (2)' }).waitFor();
    await page.getByRole('gridcell', { name: 'A', exact: true }).waitFor();
    await inOrder('collections');
    await page.close();
  });

  it('change their query rules', async () => {
    await stage.site.client.call('createCollection', { body: { name: 'To be edited', type: 'device' } });
    const wql = "select ResourceID from SMS_R_System where Name = 'A'";
    await stage.site.client.call('addRule', {
      params: { ref: 'To be edited' },
      body: { kind: 'query', wql },
    });
    await open('/assets/device-collections');
    await page.getByRole('gridcell', { name: 'To be edited' }).dblclick();
    await page.getByRole('gridcell', { name: 'Query 1' }).click();
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('textbox', { name: 'Rule name' }).fill('Only B');
    await write("select ResourceID from SMS_R_System where Name = 'B'");
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('gridcell', { name: 'Only B' }).waitFor();
    const { rules } = await stage.site.client.call('getCollection', { params: { ref: 'To be edited' } });
    expect(rules).toMatchObject([{ name: 'Only B', query: expect.stringContaining("'B'") }]);
    await page.close();
  });

  it('tell why a resource is in, and why another is not', async () => {
    const job = await stage.site.client.call('evaluate', { body: { collections: ['Collection1'] } });
    await stage.site.client.call('getJob', { params: { id: job.id }, query: { wait: 30 } });
    await open('/assets/device-collections');
    await page.getByRole('gridcell', { name: 'Collection1' }).click();
    await page.getByRole('gridcell', { name: 'B', exact: true }).click();
    await page.getByRole('button', { name: 'Why is B in?' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('B belongs to Collection1', { exact: false }).waitFor();
    await dialog.getByRole('combobox', { name: 'Device' }).click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('A');
    await page.getByRole('option', { name: 'A', exact: true }).click();
    await dialog.getByText('A does not belong to Collection1', { exact: false }).waitFor();
    await inOrder('explain');
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('tab', { name: 'Joined and left' }).click();
    const events = page.getByRole('grid', { name: 'Who joined and left' });
    await events.getByRole('gridcell', { name: 'C', exact: true }).waitFor();
    await page.getByRole('searchbox', { name: 'Search who joined and left' }).fill('b');
    await events.getByRole('gridcell', { name: 'C', exact: true }).waitFor({ state: 'detached' });
    await events.getByRole('gridcell', { name: 'B', exact: true }).waitFor();
    await page.getByRole('combobox', { name: 'What happened' }).selectOption('Left');
    await page.getByText('Nobody is such.').waitFor();
    await inOrder('joined-and-left');
    await page.close();
  });

  it('are changed in General, and deleted with what depends on them only when that is chosen', async () => {
    const { id } = await stage.site.client.call('createCollection', {
      body: { name: 'Outer', type: 'device' },
    });
    await stage.site.client.call('createCollection', {
      body: { name: 'Inner', type: 'device', limitTo: id },
    });
    await open('/assets/device-collections');
    await page.getByRole('row', { name: /^Outer/ }).click();
    await page.getByRole('button', { name: 'Properties' }).click();
    await page.getByRole('tab', { name: 'General' }).click();
    const comment = page.getByRole('textbox', { name: 'Comment' });
    await comment.fill('Changed by clicking');
    // Somebody else is faster: nothing is saved unawares over it.
    await stage.site.client.call('updateCollection', { params: { ref: id }, body: { comment: 'Faster' } });
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('Somebody else has changed this meanwhile', { exact: false }).waitFor();
    expect(visitor.complaints.splice(0)).toEqual([expect.stringContaining('412')]);
    await inOrder('collection-changed-meanwhile');
    await page.getByRole('button', { name: 'Load anew' }).click();
    await expect.poll(() => comment.inputValue()).toBe('Faster');
    await comment.fill('Changed by clicking');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('Saved.').waitFor();
    await inOrder('collection-general');
    expect((await stage.site.client.call('getCollection', { params: { ref: id } })).comment).toBe(
      'Changed by clicking',
    );
    await page.getByRole('button', { name: 'Close', exact: true }).click();

    await page.getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Delete Outer?' });
    await dialog.getByText('is limited to it, and would be deleted too', { exact: false }).waitFor();
    expect(await dialog.getByRole('button', { name: 'Delete' }).isDisabled()).toBe(true);
    await inOrder('collection-delete');
    await dialog.getByRole('radio', { name: /^Delete it with all/ }).check();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /^Inner/ }).waitFor({ state: 'detached' });

    await page.getByRole('row', { name: /^Collection1/ }).click();
    await page.getByRole('heading', { level: 2, name: 'Collection1' }).waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    const mapped = page.getByRole('alertdialog', { name: 'Delete Collection1?' });
    await mapped.getByText('It feeds Group1. Remove the groups on its Cloud Sync tab first').waitFor();
    expect(await mapped.getByRole('button', { name: 'Delete' }).isDisabled()).toBe(true);
    await inOrder('collection-delete-mapped');
    await page.keyboard.press('Escape');
    expect(visitor.complaints).toEqual([]);
    await page.close();
  });

  it('warn before a group is added that holds foreign members, is fed by another, or is not owned', async () => {
    await stage.site.client.call('createCollection', { body: { name: 'Only A', type: 'device' } });
    const body = { kind: 'direct' as const, resources: ['A'] };
    await stage.site.client.call('addRule', { params: { ref: 'Only A' }, body });
    const job = await stage.site.client.call('evaluate', { body: {} });
    await stage.site.client.call('getJob', { params: { id: job.id }, query: { wait: 30 } });
    await open('/assets/device-collections', { colorScheme: 'dark', width: 1024, height: 768 });
    await page.getByRole('gridcell', { name: 'Only A' }).dblclick();
    await page.getByRole('tab', { name: 'Cloud Sync' }).click();
    await page.getByRole('button', { name: 'Add groups' }).click();
    // Blank returns all groups.
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByRole('checkbox', { name: 'Group1' }).check();
    await page.getByRole('textbox', { name: 'Or make a new security group' }).fill('Group2');
    await page.getByRole('button', { name: 'Create group' }).click();
    await page.getByRole('checkbox', { name: 'Group2' }).waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('is fed by Collection1 already', { exact: false }).waitFor();
    await inOrder('cloud-sync-warnings-dark');
    await page.getByRole('button', { name: 'Add 2 groups' }).click();
    const { client, entra, ended } = stage.site;
    await page.getByRole('gridcell', { name: 'Group2' }).click();
    await ended(await client.call('synchronize', { body: { collections: ['Only A'], group: 'Group2' } }));
    await page.getByRole('button', { name: 'Remove' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Stop synchronizing to Group2?' });
    await dialog.getByRole('radio', { name: /^Take out the members/ }).check();
    await inOrder('cloud-sync-remove-dark');
    entra.faults.add({ where: 'batch', method: 'DELETE', action: { kind: 'status', status: 403 } });
    await dialog.getByRole('button', { name: 'Remove' }).click();
    const removed = page.getByRole('dialog', { name: 'Group2 is no longer synchronized' });
    await removed.getByText('One member could not be taken out yet').waitFor();
    await inOrder('cloud-sync-removed-dark');
    await removed.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('gridcell', { name: 'Group2' }).waitFor({ state: 'detached' });
    const { items } = await stage.site.client.call('listMappings', { query: { collection: ['Only A'] } });
    expect(items.map(({ groupName }) => groupName)).toEqual(['Group1']);
    expect(visitor.complaints).toEqual([]);
    await page.close();
  });

  it('are reached from a device, with all that is known of it', async () => {
    await open('/assets/devices');
    await page.getByRole('gridcell', { name: 'B', exact: true }).click();
    await page.getByRole('tab', { name: 'Entra identity' }).click();
    await page.getByText('Object in Contoso').waitFor();
    await inOrder('devices');
    await page.getByRole('tab', { name: 'Collections' }).click();
    await page.getByRole('link', { name: 'Collection1' }).click();
    await page.getByRole('heading', { level: 2, name: 'Collection1' }).waitFor();
    expect(visitor.complaints).toEqual([]);
    await page.close();
  });

  it('are walked through by the keyboard alone', async () => {
    await open('/assets/device-collections');
    await page.getByRole('gridcell', { name: 'Collection1' }).waitFor();
    await page.getByRole('grid').first().focus();
    await page.keyboard.press('Home');
    await page.getByRole('heading', { level: 2, name: 'All Systems' }).waitFor();
    await page.getByRole('button', { name: 'Properties' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'All Systems Properties' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(visitor.complaints).toEqual([]);
    await page.close();
  });
});
