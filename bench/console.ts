// The console in a real browser on many mappings: how soon the first rows of Collection Cloud Sync are drawn, and how
// smoothly the list scrolls. Server and browser share the machine. The console must have been built (npm run console).
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { Page } from 'playwright-core';
import { createLog, startServer } from '../src/api/index.ts';
import { refreshCounts } from '../src/cloudsync/index.ts';
import { openSqlite } from '../src/store/index.ts';
import { launchChromium } from '../test/browser/chromium.ts';
import { visit } from '../test/browser/visitor.ts';
import { measure, tell, under } from './report.ts';
import { fillManyMappings } from './site/many-mappings.ts';
import { sizeGiven } from './surroundings.ts';

const mappings = sizeGiven();
const opened = 10;
const frames = 300;
const list = '/monitoring/device-collections';

const dataDir = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
const store = await openSqlite(join(dataDir, 'rollcall.db'));
await fillManyMappings(store, mappings, new Date().toISOString());
await refreshCounts(store);
await store.close();
const server = await startServer({
  ...{ dataDir, env: {}, host: '127.0.0.1', port: 0, cycle: false },
  log: createLog('silent', new Writable({ write: (_chunk, _encoding, done) => done() })),
});
const browser = await launchChromium();
try {
  const { page, signIn, goTo } = await visit(browser, server);
  await signIn();
  const openings = await measure('opening the list', async () => {
    const times: number[] = [];
    for (let time = 0; time < opened; time += 1) {
      // Loaded anew each time, so that no row is left from before.
      await goTo('/overview');
      await page.reload();
      await page.getByRole('main').getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
      times.push(await firstRows(page));
    }
    return times.sort((a, b) => a - b);
  });
  const median = openings.result[opened / 2] ?? 0;
  tell('first rows', [mappings, 'mappings'], openings, {
    note: `median of ${opened}, longest ${Math.round(openings.result.at(-1) ?? 0)} ms`,
    figures: [under(median, 300, 'ms')],
  });
  const scrolling = await measure('scrolling', () => scroll(page));
  const at = (part: number) => Math.round(scrolling.result[Math.floor(frames * part)] ?? 0);
  tell('scrolling by 120 pixels a frame', [frames, 'frames'], scrolling, {
    note: `a frame every ${at(0.5)} ms, 95 % within ${at(0.95)} ms, the longest ${at(0.999)} ms`,
  });
} finally {
  await browser.close();
  await server.close();
  await rm(dataDir, { recursive: true, force: true });
}

/** Milliseconds from the change of the address to the first rows drawn. */
function firstRows(page: Page): Promise<number> {
  return page.evaluate(async to => {
    const began = performance.now();
    window.location.hash = to;
    while (!document.querySelector('main [role=gridcell]')?.textContent) {
      await new Promise(requestAnimationFrame);
    }
    return performance.now() - began;
  }, list);
}

/** How long each frame took, shortest first. */
function scroll(page: Page): Promise<number[]> {
  return page.evaluate(async many => {
    const boxes = [...document.querySelectorAll('main *')];
    const [longest] = boxes.sort((a, b) => b.scrollHeight - a.scrollHeight);
    const times: number[] = [];
    let last = performance.now();
    for (let frame = 0; frame < many; frame += 1) {
      longest?.scrollBy(0, 120);
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      times.push(now - last);
      last = now;
    }
    return times.sort((a, b) => a - b);
  }, frames);
}
