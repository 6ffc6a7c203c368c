import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fillBusy } from './busy.ts';
import { setStage } from './stage.ts';

const stage = setStage({ fill: fillBusy });

const hasFocus = (element: Locator) =>
  expect
    .poll(() => element.evaluate(each => each === document.activeElement), { message: String(element) })
    .toBe(true);
const isWithin = (element: Locator) =>
  expect
    .poll(() => element.evaluate(each => each.contains(document.activeElement)), { message: String(element) })
    .toBe(true);

const collections = (page: Page) => page.getByRole('grid', { name: 'device collections' });

describe('whoever works by keyboard alone', { timeout: 120_000 }, () => {
  it('is taken into each dialog, and back to where they were when it closes', async () => {
    const { page, complaints } = await stage.open('/assets/device-collections');
    await collections(page).getByRole('gridcell', { name: 'Pilot ring' }).click();
    await page.getByRole('heading', { level: 2, name: 'Pilot ring' }).waitFor();
    const ribbon = page.getByRole('button', { name: 'Properties' });
    await ribbon.focus();
    await page.keyboard.press('Enter');
    const properties = page.getByRole('dialog', { name: 'Pilot ring Properties' });
    await isWithin(properties);
    const add = properties.getByRole('button', { name: 'Add rule' });
    await add.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Query rule' }).focus();
    await page.keyboard.press('Enter');
    const rule = page.getByRole('dialog', { name: /^Add a query rule/ });
    await isWithin(rule);
    // One Escape a dialog, from the inner one outwards.
    await page.keyboard.press('Escape');
    await rule.waitFor({ state: 'detached' });
    await hasFocus(add);
    await page.keyboard.press('Escape');
    await properties.waitFor({ state: 'detached' });
    await hasFocus(ribbon);

    const remove = page.getByRole('button', { name: 'Delete' });
    await remove.focus();
    await page.keyboard.press('Enter');
    await isWithin(page.getByRole('alertdialog'));
    await page.keyboard.press('Escape');
    await hasFocus(remove);
    await page.getByRole('button', { name: 'Close the details' }).focus();
    await page.keyboard.press('Enter');
    await hasFocus(collections(page));
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('opens the menus of rows and columns, and goes on in the list after them', async () => {
    const { page, complaints } = await stage.open('/assets/device-collections');
    const list = collections(page);
    // A click leaves the keys to the list.
    await list.getByRole('gridcell', { name: 'All Systems' }).first().click();
    await hasFocus(list);
    await page.keyboard.press('ArrowDown');
    await page.getByRole('heading', { level: 2, name: 'Collection1' }).waitFor();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Update Membership' }).waitFor();
    await page.keyboard.press('Escape');
    await hasFocus(list);
    await page.keyboard.press('ContextMenu');
    await isWithin(page.getByRole('menu'));
    await page.keyboard.press('Enter');
    await isWithin(page.getByRole('dialog', { name: 'Collection1 Properties' }));
    await page.keyboard.press('Escape');
    await hasFocus(list);
    await page.keyboard.press('Enter');
    await isWithin(page.getByRole('dialog', { name: 'Collection1 Properties' }));
    await page.keyboard.press('Escape');
    await hasFocus(list);

    const header = list.getByRole('columnheader', { name: 'Member Count' }).getByRole('button');
    await header.focus();
    await page.keyboard.press('ContextMenu');
    await page.getByRole('menuitemcheckbox', { name: 'Comment' }).waitFor();
    await page.keyboard.press('Escape');
    await hasFocus(header);
    await page.keyboard.press('Enter');
    await list.getByRole('columnheader', { name: 'Member Count' }).and(page.locator('[aria-sort]')).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('sees the reason of a failure, approves and refuses', async () => {
    const { page, complaints } = await stage.open('/monitoring/device-collections?status=Partial+Success');
    const list = page.getByRole('grid', { name: 'Cloud sync of device collections' });
    await list.getByRole('gridcell', { name: 'Pilot ring' }).first().waitFor();
    await list.focus();
    await page.keyboard.press('Home');
    const failed = page.getByRole('grid', { name: 'Members, Failed' });
    await failed.getByRole('gridcell', { name: 'RING-007' }).waitFor();
    await failed.focus();
    await page.keyboard.press('Home');
    await page.getByRole('region', { name: 'Why RING-007 failed' }).waitFor();
    await page.evaluate(() => {
      window.location.hash = '/monitoring/device-collections?status=Awaiting+Approval';
    });
    await list.getByRole('gridcell', { name: 'Kiosks' }).first().waitFor();
    await list.focus();
    await page.keyboard.press('Home');
    for (const name of ['Refuse', 'Approve']) {
      const button = page.getByRole('button', { name });
      await button.focus();
      await page.keyboard.press('Enter');
      await isWithin(page.getByRole('alertdialog'));
      await page.keyboard.press('Escape');
      await hasFocus(button);
    }
    expect(complaints).toEqual([]);
    await page.close();
  });
});
