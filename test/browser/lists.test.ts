import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fillBusy } from './busy.ts';
import { setStage } from './stage.ts';
import { visit } from './visitor.ts';

const stage = setStage({ fill: fillBusy });

const password = 'correct horse battery staple';
const place = '/monitoring/device-collections';
const listOf = (page: Page) => page.getByRole('grid', { name: 'Cloud sync of device collections' });
const header = (page: Page, name: string) => listOf(page).getByRole('columnheader', { name });
const widthOf = async (page: Page, name: string) =>
  Math.round((await header(page, name).boundingBox())?.width ?? 0);

/** The cells of each row on screen. */
const cellsOf = (page: Page) =>
  listOf(page)
    .locator('[role=rowgroup] > [role=row]')
    .evaluateAll(rows =>
      rows.map(row => [...row.querySelectorAll('[role=gridcell]')].map(cell => cell.textContent)),
    );
const namesOf = async (page: Page) => (await cellsOf(page)).map(([, name]) => name);

async function signInAs(page: Page, name: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name }).waitFor();
  await page.evaluate(to => {
    window.location.hash = to;
  }, place);
  await listOf(page).getByRole('gridcell', { name: 'Pilot ring' }).first().waitFor();
}

async function signOut(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('textbox', { name: 'Password' }).waitFor();
}

describe('a list of the console', { timeout: 120_000 }, () => {
  it('keeps widths, columns and order for each user of a browser', async () => {
    for (const name of ['Ann', 'Ben']) {
      await stage.site.client.call('createAccount', { body: { name, password, role: 'operator' } });
    }
    const { page, complaints } = await visit(stage.browser, stage.site.server);
    await signInAs(page, 'Ann');
    const usual = await widthOf(page, 'Collection Name');
    const first = await namesOf(page);
    const box = await header(page, 'Collection Name').boundingBox();
    if (!box) throw new Error('The header is on screen.');
    await page.mouse.move(box.x + box.width - 3, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width + 57, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => widthOf(page, 'Collection Name')).toBeGreaterThan(usual + 40);
    await header(page, 'Member Count').getByRole('button').click();
    await header(page, 'Member Count').getByRole('button').click();
    await expect
      .poll(() => namesOf(page))
      .toEqual(['Pilot ring', 'Finance laptops', 'Kiosks', 'Collection1']);
    await header(page, 'Sync InProgress').getByRole('button').click({ button: 'right' });
    await page.getByRole('menuitemcheckbox', { name: 'Sync InProgress' }).click();
    await page.keyboard.press('Escape');
    await header(page, 'Sync InProgress').waitFor({ state: 'detached' });

    // Columns that grow take the room of the one that went.
    const wide = await widthOf(page, 'Collection Name');
    const isAnns = async () => {
      await expect.poll(() => widthOf(page, 'Collection Name')).toBe(wide);
      await expect.poll(async () => (await namesOf(page))[0]).toBe('Pilot ring');
      expect(await header(page, 'Sync InProgress').count()).toBe(0);
    };
    await page.reload();
    await listOf(page).getByRole('gridcell', { name: 'Pilot ring' }).first().waitFor();
    await listOf(page).getByRole('gridcell', { name: 'Pilot ring' }).first().waitFor();
    await isAnns();

    await signOut(page, 'Ann');
    await signInAs(page, 'Ben');
    await expect.poll(() => widthOf(page, 'Collection Name')).toBe(usual);
    await expect.poll(() => namesOf(page)).toEqual(first);
    await header(page, 'Sync InProgress').waitFor();

    await signOut(page, 'Ben');
    await signInAs(page, 'Ann');
    await isAnns();
    await listOf(page).getByRole('columnheader').first().getByRole('button').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Reset columns' }).click();
    await header(page, 'Sync InProgress').waitFor();
    await expect.poll(() => widthOf(page, 'Collection Name')).toBe(usual);
    expect(complaints.filter(line => !line.includes('401'))).toEqual([]);
    await page.close();
  });

  it('gives as CSV the very rows that are on screen, filtered and in their order', async () => {
    const { page, complaints } = await stage.open(
      `${place}?status=Success,Partial+Success&sort=-memberCount`,
    );
    await expect.poll(() => namesOf(page)).toEqual(['Pilot ring', 'Finance laptops', 'Collection1']);
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Export CSV' }).click();
    const text = readFileSync(await (await downloading).path(), 'utf8');
    const rows: Record<string, string>[] = parse(text, { columns: true, bom: true });
    const shown = await cellsOf(page);
    expect(
      rows.map(row =>
        [
          ...['collectionId', 'collectionName', 'groupId', 'groupName', 'status'],
          ...['memberCount', 'syncCompleted', 'syncInProgress', 'syncFailed'],
        ].map(key => row[key]),
      ),
    ).toEqual(shown);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('is narrowed by several statuses at once, and says when nothing is such', async () => {
    const { page, complaints } = await stage.open(place);
    await listOf(page).getByRole('gridcell', { name: 'Pilot ring' }).first().waitFor();
    const status = page.getByRole('combobox', { name: 'Cloud Sync Status' });
    await status.click();
    await page.getByRole('menuitemcheckbox', { name: 'Partial Success' }).click();
    await expect.poll(() => namesOf(page)).toEqual(['Pilot ring']);
    await page.getByRole('menuitemcheckbox', { name: 'Awaiting Approval' }).click();
    await expect.poll(() => namesOf(page)).toEqual(['Kiosks', 'Pilot ring']);
    await page.keyboard.press('Escape');
    // Somebody who was sent the address sees the same.
    await page.reload();
    await listOf(page).getByRole('gridcell', { name: 'Pilot ring' }).first().waitFor();
    await expect.poll(() => namesOf(page)).toEqual(['Kiosks', 'Pilot ring']);
    await status.click();
    for (const name of ['Partial Success', 'Awaiting Approval', 'Disabled']) {
      await page.getByRole('menuitemcheckbox', { name }).click();
    }
    await page.keyboard.press('Escape');
    await page.getByText('No mapping is such.').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(async () => (await namesOf(page)).length).toBe(4);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('keeps the chosen row in view when its details open, and where the keyboard goes', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `Row ${String(index + 1).padStart(2, '0')}`);
    for (const name of names) {
      await stage.site.client.call('createCollection', { body: { name, type: 'device' } });
    }
    const { page } = await stage.open('/assets/device-collections');
    const list = page.getByRole('grid', { name: 'device collections' });
    const chosen = list.locator('[role=row][aria-selected=true]');
    /** Whether all of the chosen row lies between the header and the lower edge of the list. */
    const isInView = () =>
      chosen.evaluate(row => {
        const { top, bottom } = row.getBoundingClientRect();
        const head = row.closest('[role=grid]')?.firstElementChild?.getBoundingClientRect();
        const frame = row.closest('[role=grid]')?.parentElement?.getBoundingClientRect();
        return top >= (head?.bottom ?? 0) - 1 && bottom <= (frame?.bottom ?? 0) + 1;
      });
    await list.getByRole('gridcell', { name: 'Row 08', exact: true }).click();
    await page.getByRole('heading', { level: 2, name: 'Row 08' }).waitFor();
    await expect.poll(isInView).toBe(true);
    await list.focus();
    for (const key of ['PageDown', 'ArrowDown', 'ArrowDown', 'PageDown', 'End', 'PageUp', 'ArrowUp']) {
      const before = await chosen.getAttribute('aria-rowindex');
      await page.keyboard.press(key);
      await expect.poll(() => chosen.getAttribute('aria-rowindex')).not.toBe(before);
      await expect.poll(isInView, { message: key }).toBe(true);
    }
    await page.close();
  });
});
