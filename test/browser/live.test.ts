import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Site } from './site.ts';
import { setStage } from './stage.ts';

const size = 3_000;
const stage = setStage({ fill: fillLarge });

/** A collection of 3,000 devices that is mapped to an empty group. */
async function fillLarge({ entra, client, ended }: Site): Promise<void> {
  const { tenant, app } = entra;
  const records = Array.from({ length: size }, (_, index) => {
    const name = `LIVE-${String(index + 1).padStart(4, '0')}`;
    return { type: 'device', name, entraDeviceId: tenant.addDevice({ displayName: name }).deviceId };
  });
  const body = records.map(record => JSON.stringify(record)).join('\n');
  await ended(await client.call('importResources', { query: {}, body }));
  tenant.addGroup({ displayName: 'Live', owners: [app.servicePrincipalId] });
  await client.call('createCollection', { body: { name: 'Live', type: 'device' } });
  const wql = "select ResourceID from SMS_R_System where Name like 'LIVE-%'";
  await client.call('addRule', { params: { ref: 'Live' }, body: { kind: 'query', wql } });
  await client.call('addMapping', { body: { collection: 'Live', group: 'Live' } });
}

/** Notes on the page each text that an element shows, from now on. */
async function watch(page: Page, key: string, selector: string, attribute?: string): Promise<void> {
  await page.evaluate(
    ([name, css, attr]) => {
      const seen: string[] = [];
      (globalThis as unknown as Record<string, string[]>)[name] = seen;
      const look = () => {
        const element = document.querySelector(css);
        const now = (attr === '' ? element?.textContent : element?.getAttribute(attr)) ?? '';
        if (now !== seen.at(-1)) seen.push(now);
      };
      new MutationObserver(look).observe(document.body, {
        ...{ childList: true, subtree: true, characterData: true, attributes: true },
      });
      look();
    },
    [key, selector, attribute ?? ''] as const,
  );
}

/** Lets two batches pass, and has so many after them wait until the promise is resolved. */
function holdBatches(times: number) {
  const gate = Promise.withResolvers<void>();
  const action = { kind: 'run', run: () => gate.promise } as const;
  stage.site.entra.faults.add({ method: 'POST', path: '/$batch', where: 'call', skip: 2, times, action });
  return gate;
}

const watched = (page: Page, key: string): Promise<string[]> =>
  page.evaluate(name => (globalThis as unknown as Record<string, string[]>)[name] ?? [], key);

describe('a running synchronization', { timeout: 120_000 }, () => {
  it('is seen moving: the bar at the bottom, its words, and the counts of the list', async () => {
    const { page, complaints, screenshot } = await stage.open('/monitoring/device-collections');
    const list = page.getByRole('grid', { name: 'Cloud sync of device collections' });
    await list.getByRole('gridcell', { name: 'Live' }).first().click();
    await page.getByRole('contentinfo').getByText('Ready').waitFor();
    await watch(page, 'bar', 'footer [role=progressbar]', 'aria-valuenow');
    await watch(page, 'words', 'footer');
    await watch(page, 'completed', '[role=row][aria-selected=true] > [role=gridcell]:nth-child(7)');
    const completed = async () =>
      (await watched(page, 'completed')).map(text => Number(text.replaceAll(',', ''))).filter(Boolean);
    // Graph keeps two parts of the changes waiting until the page has told of those before.
    const [first, second] = [holdBatches(3), holdBatches(1_000)];
    await page.getByRole('button', { name: 'Synchronize Membership' }).click();
    await page.getByRole('progressbar', { name: 'Synchronize Membership' }).waitFor();
    await page.locator('footer [role=progressbar][aria-valuenow]').waitFor();
    await expect.poll(completed).not.toEqual([]);
    await screenshot('live-progress');
    first.resolve();
    const before = (await completed()).length;
    await expect.poll(async () => (await completed()).length).toBeGreaterThan(before);
    second.resolve();
    await page.getByRole('tab', { name: `Success (${size.toLocaleString('en-US')})` }).waitFor();
    await page.getByRole('contentinfo').getByText('Ready').waitFor();

    const bar = (await watched(page, 'bar')).filter(value => value !== '').map(Number);
    expect(new Set(bar).size).toBeGreaterThan(1);
    expect((await watched(page, 'words')).join('\n')).toMatch(/Synchronize Membership – .*: [\d,]+ of 3,000/);
    expect((await completed()).some(count => count < size)).toBe(true);
    await expect.poll(async () => (await completed()).at(-1)).toBe(size);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
