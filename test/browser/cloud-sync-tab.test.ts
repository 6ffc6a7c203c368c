import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inOrder as inOrderFor, setStage } from './stage.ts';
import type { Visitor, VisitorOptions } from './visitor.ts';

const stage = setStage();
let visitor: Visitor;
let page: Page;

/** Opens the Cloud Sync tab of Collection1. */
async function open(options: VisitorOptions = {}): Promise<void> {
  visitor = await stage.open('/assets/device-collections', options);
  page = visitor.page;
  await page.getByRole('gridcell', { name: 'Collection1' }).dblclick();
  await page.getByRole('tab', { name: 'Cloud Sync' }).click();
}

/** The page as it stands is without barriers and complaints, and has been photographed. */
const inOrder = (name: string) => inOrderFor(visitor, name);

const signInDialog = () => page.getByRole('dialog', { name: 'Sign in to Entra' });
const code = () => signInDialog().getByRole('status', { name: 'Code' });

describe('the Cloud Sync tab where the app may neither search nor create', { timeout: 120_000 }, () => {
  const groupPermissions = ['GroupMember.ReadWrite.All', 'Group.Read.All', 'Group.Create'];
  let ann: string;

  beforeAll(() => {
    const { tenant, app } = stage.site.entra;
    ann = tenant.addUser({ userPrincipalName: 'ann@contoso.com' }).id;
    tenant.addGroup({ displayName: 'Pilot' });
    app.delegatedPermissions.push('Group.ReadWrite.All');
    tenant.revoke(app.appId, ...groupPermissions);
    tenant.expireAccessTokens();
  });
  afterAll(() => {
    stage.site.entra.tenant.grant(stage.site.entra.app.appId, ...groupPermissions);
    stage.site.entra.tenant.expireAccessTokens();
  });

  it('lets a user sign in, who then searches and creates groups', async () => {
    await open();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Add groups' }).click();
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByText('The app may not search groups in this tenant.', { exact: false }).waitFor();
    // A refusal is told by the browser too; nothing else is to be complained of.
    expect(visitor.complaints.splice(0)).toEqual([expect.stringContaining('403')]);
    await inOrder('groups-app-not-permitted');
    await page.getByRole('button', { name: 'Sign in to Entra' }).click();
    const link = signInDialog().getByRole('link');
    expect(await link.getAttribute('href')).toMatch(/^https:/);
    await page.getByRole('button', { name: 'Copy code' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const shown = await code().innerText();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown);
    await inOrder('sign-in-to-entra');

    stage.site.entra.deviceCodes.approve(shown, ann);
    await signInDialog().waitFor({ state: 'detached' });
    await page.getByText(/made as ann@contoso\.com, until /).waitFor();
    // What was searched for is searched anew, as the user.
    await page.getByRole('checkbox', { name: 'Pilot' }).waitFor();
    await page.getByRole('textbox', { name: 'Or make a new security group' }).fill("Ann's group");
    await page.getByRole('button', { name: 'Create group' }).click();
    await expect.poll(() => page.getByRole('checkbox', { name: "Ann's group" }).isChecked()).toBe(true);
    await inOrder('groups-as-user');

    // The sign-in ends with the dialog.
    const ended = page.waitForRequest(request => request.method() === 'DELETE');
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect((await ended).url()).toContain('/api/v1/sign-ins/');
    await page.close();
  });

  it('offers the sign-in where a group can not be made, and says when the user declines', async () => {
    await open({ colorScheme: 'dark' });
    await page.getByRole('button', { name: 'Add groups' }).click();
    await page.getByRole('textbox', { name: 'Or make a new security group' }).fill('Not to be');
    await page.getByRole('button', { name: 'Create group' }).click();
    await page.getByText('The app may not create groups in this tenant.', { exact: false }).waitFor();
    expect(visitor.complaints.splice(0)).toEqual([expect.stringContaining('403')]);
    await page.getByRole('button', { name: 'Sign in to Entra' }).click();
    await inOrder('sign-in-to-entra-dark');
    stage.site.entra.deviceCodes.decline(await code().innerText());
    await signInDialog().getByRole('button', { name: 'Try again' }).waitFor();
    await inOrder('sign-in-declined-dark');
    await signInDialog().getByRole('button', { name: 'Cancel' }).click();
    await signInDialog().waitFor({ state: 'detached' });
    await page.getByText('Groups are searched and made as the app.').waitFor();
    await page.close();
  });

  it('lets a user sign in by choice, and go back to the app', async () => {
    await open();
    await page.getByRole('button', { name: 'Add groups' }).click();
    await page.getByRole('button', { name: 'Use your own account' }).click();
    stage.site.entra.deviceCodes.approve(await code().innerText(), ann);
    await page.getByText(/made as ann@contoso\.com, until /).waitFor();
    await page.getByRole('button', { name: 'Use the app' }).click();
    await page.getByText('Groups are searched and made as the app.').waitFor();
    expect(visitor.complaints).toEqual([]);
    await page.close();
  });
});

describe('the Cloud Sync tab', { timeout: 120_000 }, () => {
  const mapping = async () => {
    const { items } = await stage.site.client.call('listMappings', {
      query: { collection: ['Collection1'] },
    });
    return items[0];
  };

  const limits = () => page.getByRole('dialog', { name: 'Limits and pause of Group1' });

  it('pauses a mapping and gives it limits of its own, and goes back to those of the tenant', async () => {
    await open({ colorScheme: 'dark' });
    await page.getByRole('gridcell', { name: 'Group1' }).click();
    await page.getByRole('button', { name: 'Limits and pause' }).click();
    const dialog = limits();
    await dialog.getByRole('checkbox', { name: 'Pause the synchronization' }).check();
    await dialog.getByRole('checkbox', { name: /tenant's 500/ }).check();
    const removals = dialog.getByRole('spinbutton', { name: 'removes more members than' });
    await expect.poll(() => removals.inputValue()).toBe('500');
    await removals.fill('-1');
    await expect.poll(() => dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await removals.fill('5');
    await dialog.getByRole('checkbox', { name: /tenant's 30 %/ }).check();
    await dialog.getByRole('spinbutton', { name: 'a larger share than' }).fill('10');
    await inOrder('mapping-limits-dark');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('gridcell', { name: 'Disabled (paused)' }).waitFor();
    await page.getByRole('gridcell', { name: '5 removals or 10 %' }).waitFor();
    await inOrder('cloud-sync-tab-dark');
    await expect.poll(mapping).toMatchObject({ paused: true, maxRemovals: 5, maxRemovalPercent: 10 });
    await page.close();

    await open();
    await page.getByRole('gridcell', { name: 'Group1' }).click();
    await page.getByRole('button', { name: 'Limits and pause' }).click();
    await limits().getByRole('checkbox', { name: 'Pause the synchronization' }).uncheck();
    await limits()
      .getByRole('checkbox', { name: /tenant's 500/ })
      .uncheck();
    await inOrder('mapping-limits');
    await limits().getByRole('button', { name: 'Save' }).click();
    await page.getByRole('gridcell', { name: '500 removals or 10 %' }).waitFor();
    await expect.poll(mapping).toMatchObject({ paused: false, maxRemovals: null, maxRemovalPercent: 10 });
    expect(visitor.complaints).toEqual([]);
    await page.close();
  });
});
