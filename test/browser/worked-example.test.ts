import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { setStage } from './stage.ts';
import type { Visitor } from './visitor.ts';

const stage = setStage({ mapped: false });

describe('the worked example, wholly by clicking', { timeout: 240_000 }, () => {
  it('connects the tenant, maps the collection, and ends with Group1 = B', async () => {
    const visitor = await stage.open();

    await connectTenant(visitor);
    await makeCollection(visitor);
    await pickDevices(visitor, ['B', 'C']);
    await mapToGroup1(visitor);

    await synchronizeMembership(visitor);
    expect(stage.site.inGroup()).toEqual(['B', 'C']);

    await removeRule(visitor, 'C');
    await runNow(visitor);
    expect(stage.site.inGroup()).toEqual(['B']);

    stage.site.addInEntra('D');
    await runNow(visitor);
    expect(stage.site.inGroup()).toEqual(['B', 'D']);

    await visitor.goTo('/assets/device-collections?collection=');
    await visitor.page.getByRole('gridcell', { name: 'Collection1' }).click();
    await synchronizeMembership(visitor);
    expect(stage.site.inGroup()).toEqual(['B']);
    expect(visitor.complaints).toEqual([]);
    await visitor.page.close();
  });
});

async function connectTenant({ page, goTo, screenshot, barriers }: Visitor): Promise<void> {
  const { credentials, loginUrl, graphUrl, caPem } = stage.site.entra;
  const ca = join(stage.site.dataDir, 'ca-of-entra.pem');
  await writeFile(ca, caPem);
  await goTo('/administration/tenants');
  await page.getByText('No tenant is connected yet.').waitFor();
  await screenshot('tenants-empty');
  await page.getByRole('button', { name: 'Connect tenant' }).click();
  const wizard = page.getByRole('dialog');
  await wizard.getByRole('textbox', { name: 'Name' }).fill('Contoso');
  await wizard.getByRole('combobox', { name: 'Cloud' }).selectOption('Own addresses');
  await wizard.getByRole('textbox', { name: 'Tenant ID' }).fill(credentials.tenantId);
  await wizard.getByRole('textbox', { name: 'Client ID' }).fill(credentials.clientId);
  await wizard.getByRole('textbox', { name: 'Login URL' }).fill(loginUrl);
  await wizard.getByRole('textbox', { name: 'Graph URL' }).fill(graphUrl);
  await wizard.locator('input[type=file]').setInputFiles(ca);
  await screenshot('wizard-connection');
  expect(await barriers()).toEqual([]);
  await wizard.getByRole('button', { name: 'Next' }).click();

  // A wrong secret is found by the check, before anything is stored.
  await wizard.getByLabel('Client secret').last().fill('wrong');
  await wizard.getByRole('button', { name: 'Next' }).click();
  await wizard.getByText('AADSTS7000215').waitFor();
  expect(await wizard.evaluate(dialog => dialog.contains(document.activeElement))).toBe(true);
  await screenshot('wizard-check-failed');
  expect(await barriers()).toEqual([]);
  expect((await stage.site.client.call('listTenants', {})).items).toEqual([]);
  await wizard.getByRole('button', { name: 'Back' }).click();
  await wizard.getByLabel('Client secret').last().fill(credentials.clientSecret);
  await wizard.getByRole('button', { name: 'Next' }).click();
  await wizard.getByText('The app signs in and may do what synchronization needs.').waitFor();
  await screenshot('wizard-check');
  await wizard.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByRole('gridcell', { name: 'Contoso' }).waitFor();
}

async function makeCollection({ page, goTo, screenshot, barriers }: Visitor): Promise<void> {
  await goTo('/assets/device-collections');
  await page.getByRole('button', { name: 'Create' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Collection1');
  await screenshot('collection-create');
  expect(await barriers()).toEqual([]);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('dialog', { name: 'Collection1 Properties' }).waitFor();
}

async function pickDevices({ page, screenshot, barriers }: Visitor, names: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.getByRole('menuitem', { name: 'Direct rule' }).click();
  const dialog = page.getByRole('dialog', { name: 'Pick devices for Collection1' });
  for (const name of names) await dialog.getByRole('checkbox', { name, exact: true }).check();
  await screenshot('direct-rule');
  expect(await barriers()).toEqual([]);
  await dialog.getByRole('button', { name: `Add ${names.length}` }).click();
  for (const name of names) await page.getByRole('gridcell', { name, exact: true }).waitFor();
  await screenshot('membership-rules');
}

async function mapToGroup1({ page, screenshot, barriers }: Visitor): Promise<void> {
  const properties = page.getByRole('dialog', { name: 'Collection1 Properties' });
  await properties.getByRole('tab', { name: 'Cloud Sync' }).click();
  await properties.getByRole('button', { name: 'Add groups' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add groups for Collection1' });
  await dialog.getByRole('textbox', { name: 'Name starts with' }).fill('Gr');
  await dialog.getByRole('button', { name: 'Search' }).click();
  await dialog.getByRole('checkbox', { name: 'Group1' }).check();
  await screenshot('cloud-sync-groups');
  expect(await barriers()).toEqual([]);
  await dialog.getByRole('button', { name: 'Next' }).click();
  const review = page.getByRole('dialog', { name: 'Add this group?' });
  await review.getByText('has not been evaluated yet').waitFor();
  await screenshot('cloud-sync-review');
  expect(await barriers()).toEqual([]);
  await review.getByRole('button', { name: 'Add group' }).click();
  await properties.getByRole('gridcell', { name: 'Group1' }).waitFor();
  await screenshot('cloud-sync-tab');
  expect(await barriers()).toEqual([]);
  await properties.getByRole('button', { name: 'Close' }).click();
}

/** On the ribbon of the collection that is selected; waits until the button can be pressed again. */
async function synchronizeMembership({ page }: Visitor): Promise<void> {
  await pressAndWait(page.getByRole('button', { name: 'Synchronize Membership' }));
}

async function removeRule({ page }: Visitor, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Properties' }).click();
  const dialog = page.getByRole('dialog', { name: 'Collection1 Properties' });
  await dialog.getByRole('gridcell', { name, exact: true }).click();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await dialog.getByRole('gridcell', { name, exact: true }).waitFor({ state: 'detached' });
  await dialog.getByRole('button', { name: 'Close' }).click();
}

/** An incremental run, as the schedule makes it every five minutes. */
async function runNow({ page, goTo }: Visitor): Promise<void> {
  await goTo('/monitoring/device-collections');
  await page.getByRole('gridcell', { name: 'Collection1' }).click();
  await pressAndWait(page.getByRole('button', { name: 'Run now' }));
}

/** Presses a button that is off while what it began is under way, and waits for the end of that. */
async function pressAndWait(button: ReturnType<Visitor['page']['getByRole']>): Promise<void> {
  const page = button.page();
  await button.and(page.locator(':not([aria-disabled=true]):not([disabled])')).waitFor();
  const begun = page.waitForResponse(answer => answer.url().endsWith('/synchronizations'));
  await button.click();
  const { id } = (await (await begun).json()) as { id: string };
  await stage.site.client.call('getJob', { params: { id }, query: { wait: 30 } });
  await button.and(page.locator(':not([aria-disabled=true]):not([disabled])')).waitFor();
}
