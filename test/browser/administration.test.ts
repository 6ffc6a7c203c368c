import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { inOrder as inOrderFor, setStage } from './stage.ts';
import { type Visitor, type VisitorOptions, visit } from './visitor.ts';

const stage = setStage();
let visitor: Visitor;
let page: Page;

async function open(path: string, options: VisitorOptions = {}): Promise<void> {
  visitor = await stage.open(path, options);
  page = visitor.page;
}

/** The page as it stands is without barriers and complaints, and has been photographed. */
const inOrder = (name: string) => inOrderFor(visitor, name);

const tenant = () => stage.site.client.call('getTenant', { params: { ref: 'Contoso' } });

// One after another, for the tenant is disconnected near the end.
describe('administration in the console', { shuffle: false }, () => {
  it('checks the prerequisites of a tenant, and discovers it', async () => {
    await open('/administration/tenants', { width: 820, height: 1180, colorScheme: 'dark' });
    await page.getByRole('gridcell', { name: 'Contoso' }).click();
    await inOrder('tenants-dark-tablet');
    await page.getByRole('button', { name: 'Check prerequisites' }).click();
    await page.getByRole('list', { name: 'Checks' }).waitFor();
    await inOrder('tenant-checks-dark-tablet');
    await page.close();
  });

  it('switches Azure Directory Group Sync and sets the limits of the guard', async () => {
    await open('/administration/tenants');
    await page.getByRole('gridcell', { name: 'Contoso' }).click();
    await page.getByRole('button', { name: 'Properties' }).click();
    await page.getByRole('checkbox', { name: 'Enable Azure Directory Group Sync' }).uncheck();
    await page.getByRole('spinbutton', { name: 'Hold a run that removes' }).fill('50');
    // What somebody else changed meanwhile is not undone unawares.
    await stage.site.client.call('updateTenant', { params: { ref: 'Contoso' }, body: { quotaShare: 70 } });
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('button', { name: 'Load anew' }).click();
    expect(visitor.complaints.splice(0)).toEqual([expect.stringContaining('412')]);
    const share = page.getByRole('spinbutton', { name: "Share of Graph's write quota" });
    await expect.poll(() => share.inputValue()).toBe('70');
    await page.getByRole('checkbox', { name: 'Enable Azure Directory Group Sync' }).uncheck();
    await page.getByRole('spinbutton', { name: 'Hold a run that removes' }).fill('50');
    await page.getByRole('spinbutton', { name: 'Read a large group whole after' }).fill('3');
    await inOrder('tenant-synchronization');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('Saved.').waitFor();
    await expect.poll(tenant).toMatchObject({
      groupSync: false,
      maxRemovals: 50,
      quotaShare: 70,
      wholeReadDays: 3,
    });

    await page.getByRole('tab', { name: 'Discovery' }).click();
    await page.getByRole('spinbutton', { name: 'What changed, every' }).fill('15');
    await page.getByRole('checkbox', { name: 'that no other source has' }).check();
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('Saved.').waitFor();
    await expect.poll(tenant).toMatchObject({ discoveryMinutes: 15, entraResources: true });
    await page.getByRole('button', { name: 'Discover now' }).click();
    const states = page.getByRole('dialog').getByRole('list', { name: 'Discovery' });
    await states.getByText(/^4 devices, last looked at/).waitFor();
    await inOrder('tenant-discovery');
    for (const tab of ['General', 'Credential', 'Checks']) {
      await page.getByRole('tab', { name: tab }).click();
      await inOrder(`tenant-${tab.toLowerCase()}`);
    }
    await page.close();
  });

  it('replaces the credential of a tenant', async () => {
    await open('/administration/tenants');
    await page.getByRole('gridcell', { name: 'Contoso' }).dblclick();
    await page.getByRole('tab', { name: 'Credential' }).click();
    const before = (await tenant()).updatedAt;
    await page
      .getByRole('textbox', { name: 'Client secret' })
      .fill(stage.site.entra.credentials.clientSecret);
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('Saved.').waitFor();
    expect((await tenant()).updatedAt).not.toBe(before);
    expect(visitor.complaints).toEqual([]);
    await page.close();
  });

  it('adds an account, which then signs in and may not do what its role does not allow', async () => {
    await open('/administration/accounts');
    await page.getByText('There is no account yet.').waitFor();
    await inOrder('accounts-empty');
    await page.getByRole('button', { name: 'Add account' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Ann');
    await dialog.getByRole('textbox', { name: 'Password' }).fill('correct horse battery staple');
    await inOrder('account-add');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('gridcell', { name: 'Ann' }).waitFor();
    await inOrder('accounts');
    await page.close();

    visitor = await visit(stage.browser, stage.site.server);
    page = visitor.page;
    await page.getByRole('textbox', { name: 'Name' }).fill('Ann');
    await page.getByRole('textbox', { name: 'Password' }).fill('correct horse battery staple');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('main').getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await visitor.goTo('/assets/device-collections');
    await page.getByRole('gridcell', { name: 'Collection1' }).click();
    for (const name of ['Create', 'Update Membership', 'Synchronize Membership', 'Delete']) {
      const button = page.getByRole('button', { name });
      expect(await button.getAttribute('aria-disabled'), name).toBe('true');
    }
    await page.getByRole('button', { name: 'Create' }).focus();
    const reason = 'Your role is Read-only; this needs Full Administrator.';
    const told = page.locator('[role=tooltip]:visible', { hasText: reason });
    await told.waitFor();
    await visitor.screenshot('read-only-reason');
    await page.keyboard.press('Escape');
    await told.waitFor({ state: 'hidden' });
    await inOrder('read-only');
    for (const path of ['/administration/tenants', '/administration/accounts', '/administration/audit']) {
      await visitor.goTo(path);
      await page.getByRole('grid').first().waitFor();
    }
    expect(visitor.complaints).toEqual([]);
    await page.close();
  });

  it('makes a token that is shown once, and takes it back', async () => {
    await open('/administration/tokens');
    await page.getByRole('button', { name: 'New token' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Pipeline');
    await page.getByRole('combobox', { name: 'Role' }).selectOption('Operator');
    await inOrder('token-new');
    await page.getByRole('button', { name: 'Create' }).click();
    const token = await page.getByRole('textbox', { name: 'Token' }).inputValue();
    expect(token).toMatch(/^rollcall_/);
    await inOrder('token-made');
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('gridcell', { name: 'Pipeline' }).click();
    await inOrder('tokens');
    await page.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('gridcell', { name: 'Pipeline' }).waitFor({ state: 'detached' });
    const answer = await fetch(`${stage.site.server.url}/api/v1/session`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(401);
    expect(visitor.complaints).toEqual([]);
    await page.close();
  });

  it('shows in the audit log who changed what, before and after', async () => {
    await stage.site.client.call('updateTenant', { params: { ref: 'Contoso' }, body: { quotaShare: 80 } });
    await open('/administration/audit');
    await page.getByRole('textbox', { name: 'To what' }).fill('tenants');
    await page.getByRole('gridcell', { name: 'signIn' }).first().waitFor({ state: 'detached' });
    await page.getByRole('gridcell', { name: 'updateTenant' }).first().click();
    await page.getByText('"quotaShare": 80').waitFor();
    await inOrder('audit-log');
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Export CSV' }).click();
    expect((await download).suggestedFilename()).toMatch(/\.csv$/);
    await page.close();
  });

  it('sets up the sign-in by a provider, keeps its secret to itself, and ends it', async () => {
    await open('/administration/sign-in');
    await page.getByText('People sign in with a password.', { exact: false }).waitFor();
    await inOrder('sign-in-empty');
    await page.getByRole('textbox', { name: 'Issuer' }).fill('https://login.contoso.com/v2.0');
    await page.getByRole('textbox', { name: 'Client ID' }).fill('rollcall');
    await page.getByRole('textbox', { name: 'Client secret' }).fill('known to nobody else');
    await page.getByRole('button', { name: 'Add a value' }).click();
    await page.getByRole('textbox', { name: 'Value 1' }).fill('Rollcall.Admin');
    await page.getByRole('combobox', { name: 'Role 1' }).selectOption('Full Administrator');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('Saved.').waitFor();
    await page.getByText('People sign in by Entra, or with a password.').waitFor();
    const oidc = () => stage.site.client.call('getOidc', {});
    await expect.poll(oidc).toMatchObject({
      issuer: 'https://login.contoso.com/v2.0',
      roles: [{ value: 'Rollcall.Admin', role: 'full-administrator' }],
      hasSecret: true,
    });
    expect(await page.getByRole('textbox', { name: 'Client secret' }).inputValue()).toBe('');
    await inOrder('sign-in');
    await page.close();

    await open('/administration/sign-in', { colorScheme: 'dark' });
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Contoso');
    // Somebody else changes it while the form is open.
    await stage.site.client.call('updateOidc', { body: { roleClaim: 'groups' } });
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('Somebody else has changed this meanwhile', { exact: false }).waitFor();
    expect(visitor.complaints.splice(0)).toEqual([expect.stringContaining('412')]);
    await expect.poll(oidc).toMatchObject({ name: 'Entra', roleClaim: 'groups' });
    await inOrder('sign-in-changed-meanwhile-dark');
    await page.getByRole('button', { name: 'Load anew' }).click();
    const claim = page.getByRole('textbox', { name: 'Claim with roles or groups' });
    await expect.poll(() => claim.inputValue()).toBe('groups');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Contoso');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('Saved.').waitFor();
    await expect.poll(oidc).toMatchObject({ name: 'Contoso', roleClaim: 'groups', hasSecret: true });

    await page.getByRole('button', { name: 'End this sign-in' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'End it' }).click();
    await page.getByText('People sign in with a password.', { exact: false }).waitFor();
    await expect.poll(() => page.getByRole('textbox', { name: 'Issuer' }).inputValue()).toBe('');
    expect((await stage.site.client.call('getSignInWays', {})).oidc).toBeNull();
    expect(visitor.complaints).toEqual([]);
    await page.close();
  });

  it('disconnects a tenant only when it is asked twice, and not while a collection is mapped to it', async () => {
    await open('/administration/tenants');
    await page.getByRole('gridcell', { name: 'Contoso' }).click();
    await page.getByRole('button', { name: 'Disconnect' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Disconnect Contoso?' });
    await inOrder('tenant-disconnect');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await dialog.getByRole('button', { name: 'Disconnect' }).click();
    await dialog
      .getByText(/mapped/)
      .nth(1)
      .waitFor();
    // The browser itself notes the refusal.
    expect(visitor.complaints.splice(0)).toEqual([expect.stringContaining('409')]);
    await inOrder('tenant-disconnect-refused');
    expect((await stage.site.client.call('listTenants', {})).items).toHaveLength(1);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });

    const [mapping] = (await stage.site.client.call('listMappings', { query: {} })).items;
    await stage.site.client.call('removeMapping', { params: { id: mapping?.id ?? 0 } });
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await dialog.getByRole('button', { name: 'Disconnect' }).click();
    await page.getByText('No tenant is connected yet.').waitFor();
    expect((await stage.site.client.call('listTenants', {})).items).toEqual([]);
    expect(visitor.complaints).toEqual([]);
    await page.close();
  });

  it('sets for how long things are kept, in high contrast too', async () => {
    await open('/administration/settings', { forcedColors: 'active' });
    await page.getByRole('spinbutton', { name: 'Keep who joined and left' }).fill('30');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('Saved.').waitFor();
    expect(await stage.site.client.call('getSettings', {})).toMatchObject({ historyDays: 30 });
    await inOrder('settings-contrast');
    await page.close();
  });
});
