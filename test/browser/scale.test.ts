import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fillLarge, large } from './large.ts';
import { setStage } from './stage.ts';
import type { Visitor } from './visitor.ts';

const stage = setStage({ mapped: false, imported: false, before: fillLarge });

/** More rows than fit on the screen, and so many beyond it; never the list. */
const mostRows = 80;

/** A page for what is in view at each stop, and on the way to what is far away the largest that the API gives. */
const mostReads = (count: number) => 6 + Math.ceil(count / 10_000);

/**
 * Goes to the end of a list, into its middle and back to its beginning, by the keyboard and by its scroll bar: all the
 * time the page bears a screenful of rows, and reads what is looked at.
 */
async function isVirtual(
  { page, requests, complaints }: Visitor,
  list: Locator,
  { count, path, first, last }: { count: number; path: RegExp; first: string; last: string },
): Promise<void> {
  const rows = list.getByRole('row');
  const reads = () => requests.filter(request => path.test(request)).length;
  await list.getByRole('gridcell', { name: first, exact: true }).first().waitFor();
  await expect.poll(() => list.getAttribute('aria-rowcount')).toBe(String(count + 1));
  expect(await rows.count()).toBeLessThan(mostRows);
  const before = reads();
  await list.focus();
  await page.keyboard.press('End');
  await list.getByRole('row', { selected: true }).getByText(last, { exact: true }).first().waitFor();
  expect(await rows.count()).toBeLessThan(mostRows);
  await list.evaluate(grid => {
    const frame = grid.parentElement;
    frame?.scrollTo({ top: frame.scrollHeight / 2 });
  });
  await expect.poll(() => visible(list)).toBeGreaterThan(0);
  expect(await rows.count()).toBeLessThan(mostRows);
  await list.focus();
  await page.keyboard.press('Home');
  await list.getByRole('row', { selected: true }).getByText(first, { exact: true }).first().waitFor();
  expect(await rows.count()).toBeLessThan(mostRows);
  expect(reads() - before).toBeLessThanOrEqual(mostReads(count));
  expect(await page.locator('*').count()).toBeLessThan(4_000);
  expect(complaints).toEqual([]);
}

/** How many rows that have come lie in the frame of a list. */
function visible(list: Locator): Promise<number> {
  return list.evaluate(grid => {
    const frame = grid.parentElement?.getBoundingClientRect();
    return [...grid.querySelectorAll('[role=row]:not([aria-busy]) > [role=gridcell]:first-child')].filter(
      cell => {
        const { top } = cell.getBoundingClientRect();
        return frame && top > frame.top + 40 && top < frame.bottom && cell.textContent !== '';
      },
    ).length;
  });
}

const grid = (page: Page, name: string) => page.getByRole('grid', { name });

describe('a list of any length', { timeout: 240_000 }, () => {
  it('is drawn and read in parts: 10,000 collections, and 200,000 members of one', async () => {
    const visitor = await stage.open('/assets/device-collections');
    const { page } = visitor;
    const list = grid(page, 'device collections');
    await isVirtual(visitor, list, {
      ...{ count: large.collections + 1, path: /GET \/api\/v1\/collections\?/ },
      ...{ first: 'All Systems', last: 'C09999' },
    });
    await page.keyboard.press('ArrowDown');
    await page.getByRole('tab', { name: 'Members (200,000)' }).waitFor();
    await isVirtual(visitor, grid(page, 'Members of a collection'), {
      ...{ count: large.members, path: /\/collections\/[^/]+\/members/ },
      ...{ first: 'PC-000000', last: 'PC-199999' },
    });
    await page.close();
  });

  it('is drawn and read in parts: 10,000 mappings, and the members of one by status', async () => {
    const visitor = await stage.open('/monitoring/device-collections');
    const { page } = visitor;
    await isVirtual(visitor, grid(page, 'Cloud sync of device collections'), {
      ...{ count: large.collections, path: /GET \/api\/v1\/mappings\?.*type/ },
      ...{ first: 'C00000', last: 'C09999' },
    });
    const path = /\/mappings\/members/;
    await page.getByRole('tab', { name: 'Failed (1,000)' }).click();
    await isVirtual(visitor, grid(page, 'Members, Failed'), {
      ...{ count: large.failed, path, first: 'PC-000000', last: 'PC-000999' },
    });
    await page.getByRole('tab', { name: 'Success (198,000)' }).click();
    await isVirtual(visitor, grid(page, 'Members, Success'), {
      ...{ count: large.members - large.failed - large.absent, path },
      ...{ first: 'PC-001000', last: 'PC-198999' },
    });
    await page.getByRole('tab', { name: 'Not in Entra (1,000)' }).click();
    await isVirtual(visitor, grid(page, 'Members, Not in Entra'), {
      ...{ count: large.absent, path, first: 'PC-199000', last: 'PC-199999' },
    });
    await page.close();
  });

  it('is drawn and read in parts: 200,000 names of a held plan, also where it is approved', async () => {
    const visitor = await stage.open('/monitoring/device-collections?status=Awaiting+Approval');
    const { page } = visitor;
    await grid(page, 'Cloud sync of device collections')
      .getByRole('gridcell', { name: 'C00001', exact: true })
      .click();
    const names = {
      ...{ count: large.held, path: /\/held-plans\/1\/changes/ },
      ...{ first: 'PC-000000', last: 'PC-199999' },
    };
    await isVirtual(visitor, grid(page, 'Changes that wait for approval'), names);
    await page.getByRole('button', { name: 'Approve' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Remove 200,000 members from G00001?' });
    await isVirtual(visitor, dialog.getByRole('grid'), names);
    await visitor.screenshot('approve-200000');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.close();
  });
});
