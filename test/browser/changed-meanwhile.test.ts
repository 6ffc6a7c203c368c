import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from './chromium.ts';
import { openSite, type Site } from './site.ts';
import { type Visitor, visit } from './visitor.ts';

let site: Site;
let browser: Browser;
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
  site = await openSite();
  browser = await launchChromium();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

async function open(path: string): Promise<void> {
  visitor = await visit(browser, site.server);
  page = visitor.page;
  // These forms are for whom the news of what others have done has not reached.
  await page.route('**/api/v1/events', () => {});
  await visitor.signIn();
  await visitor.goTo(path);
}

/** Submits what somebody else has overtaken; it is refused and told, and what holds now is loaded. */
async function overtaken(submit: Locator): Promise<void> {
  await submit.click();
  await page.getByText('Somebody else has changed this meanwhile', { exact: false }).waitFor();
  expect(visitor.complaints.splice(0)).toEqual([expect.stringContaining('412')]);
  expect(await visitor.barriers()).toEqual([]);
  await page.getByRole('button', { name: 'Load anew' }).click();
}

/** Closes the page, on which nothing else has gone wrong. */
async function leave(): Promise<void> {
  expect(visitor.complaints).toEqual([]);
  await page.close();
}

describe('a form that somebody else has overtaken', { timeout: 120_000 }, () => {
  it('of the limits of a mapping shows what holds now, and saves on top of that', async () => {
    const mapping = async () => (await site.client.call('listMappings', {})).items[0];
    const id = (await mapping())?.id ?? 0;
    await open('/assets/device-collections');
    await page.getByRole('gridcell', { name: 'Collection1' }).dblclick();
    await page.getByRole('tab', { name: 'Cloud Sync' }).click();
    await page.getByRole('gridcell', { name: 'Group1' }).click();
    await page.getByRole('button', { name: 'Limits and pause' }).click();
    const pause = page.getByRole('checkbox', { name: 'Pause the synchronization' });
    await pause.check();
    await site.client.call('updateMapping', { params: { id }, body: { maxRemovals: 7 } });
    await overtaken(page.getByRole('button', { name: 'Save' }));
    const removals = page.getByRole('spinbutton', { name: 'removes more members than' });
    await expect.poll(() => removals.inputValue()).toBe('7');
    expect(await mapping()).toMatchObject({ paused: false, maxRemovals: 7 });
    await pause.check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('gridcell', { name: 'Disabled (paused)' }).waitFor();
    expect(await mapping()).toMatchObject({ paused: true, maxRemovals: 7 });
    await leave();
  });

  it('of an account shows what holds now', async () => {
    const body = { name: 'Ann', password: 'correct horse battery staple', role: 'read-only' as const };
    await site.client.call('createAccount', { body });
    const ref = { params: { ref: 'Ann' } };
    await open('/administration/accounts');
    await page.getByRole('gridcell', { name: 'Ann' }).dblclick();
    const disabled = page.getByRole('checkbox', { name: 'Disabled: may not sign in' });
    await disabled.waitFor();
    await site.client.call('updateAccount', { ...ref, body: { disabled: true } });
    await page.getByRole('textbox', { name: 'Name' }).fill('Anna');
    await overtaken(page.getByRole('button', { name: 'Save' }));
    await expect.poll(() => disabled.isChecked()).toBe(true);
    await page.getByRole('textbox', { name: 'Name' }).fill('Anna');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('gridcell', { name: 'Anna' }).waitFor();
    const changed = await site.client.call('getAccount', { params: { ref: 'Anna' } });
    expect(changed).toMatchObject({ name: 'Anna', disabled: true });
    await leave();
  });

  it('of rules shows what holds now, and keeps what was picked for a new one', async () => {
    const ref = { params: { ref: 'Rules' } };
    await site.client.call('createCollection', { body: { name: 'Rules', type: 'device' } });
    const wql = "select ResourceID from SMS_R_System where Name = 'A'";
    await site.client.call('addRule', { ...ref, body: { kind: 'query', wql, name: 'Q' } });
    const rule = { params: { ref: 'Rules', rule: 'Q' } };
    const names = async () => (await site.client.call('getCollection', ref)).rules.map(each => each.name);
    await open('/assets/device-collections');
    await page.getByRole('gridcell', { name: 'Rules', exact: true }).dblclick();

    await page.getByRole('gridcell', { name: 'Q', exact: true }).click();
    await page.getByRole('button', { name: 'Edit' }).click();
    const name = page.getByRole('textbox', { name: 'Rule name' });
    await name.fill('Mine');
    await site.client.call('updateRule', { ...rule, body: { name: 'Theirs' } });
    await overtaken(page.getByRole('button', { name: 'Save' }));
    await expect.poll(() => name.inputValue()).toBe('Theirs');
    await page.getByRole('button', { name: 'Cancel' }).click();

    await page.getByRole('button', { name: 'Add rule' }).click();
    await page.getByRole('menuitem', { name: 'Direct rule: pick devices' }).click();
    await page.getByRole('checkbox', { name: /^B/ }).check();
    await site.client.call('addRule', { ...ref, body: { kind: 'direct', resources: ['C'] } });
    await overtaken(page.getByRole('button', { name: 'Add', exact: true }));
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('dialog', { name: /^Pick devices/ }).waitFor({ state: 'detached' });
    expect((await names()).sort()).toEqual(['B', 'C', 'Theirs']);

    await page.getByRole('gridcell', { name: 'Theirs', exact: true }).click();
    await site.client.call('removeRule', { params: { ref: 'Rules', rule: 'C' } });
    await overtaken(page.getByRole('button', { name: 'Remove', exact: true }));
    await page.getByRole('gridcell', { name: 'C', exact: true }).waitFor({ state: 'detached' });
    expect((await names()).sort()).toEqual(['B', 'Theirs']);
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect.poll(names).toEqual(['B']);
    await leave();
  });
});
