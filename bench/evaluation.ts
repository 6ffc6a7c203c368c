// Evaluates one collection to a hundred devices: at first, in full, and after one device in a thousand has changed.
import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { type EvaluationOptions, evaluate } from '../src/collections/index.ts';
import { type ImportLine, importResources } from '../src/inventory/index.ts';
import { openSqlite, type Store } from '../src/store/index.ts';
import { count, type Figure, measure, progress, tell, under } from './report.ts';
import { makeCollections } from './site/collections.ts';
import { siteDevice, siteLines } from './site/devices.ts';
import { randomFrom } from './site/random.ts';
import { inFolder, sizeGiven, work } from './surroundings.ts';

const devices = sizeGiven();
const collections = Math.ceil(devices / 100);
const changed = Math.ceil(devices / 1_000);
/** Where the imported site is kept for the next time, which saves most of the time of the whole. */
const kept = process.env.ROLLCALL_BENCH_FOLDER;
const source = { source: 'bench', complete: false, approve: true };

// Design: in 300 s for 10,000 collections over 1,000,000 devices, and 10 s after 1,000 changes. A smaller site has as
// much less time, but not less than a tenth: what does not grow with the site would be all there is to it.
const part = Math.max(0.1, devices / 1_000_000);
const inFull = (seconds: number) => [under(seconds, 300, 's', part)];
const incremental = (seconds: number) => [under(seconds, 10, 's', part)];

await inFolder(async folder => {
  const file = join(folder, 'store.db');
  copyFileSync(await siteStore(kept ?? folder), file);
  const store = await openSqlite(file);
  await makeCollections(store, collections, devices);
  await run(store, 'first evaluation', { mode: 'incremental' }, inFull);
  await run(store, 'full evaluation', { mode: 'full' }, inFull);
  await run(store, 'incremental, nothing changed', { mode: 'incremental' }, incremental);
  for (const seed of [5, 7]) {
    await importResources(store, changedLines(seed), source, work);
    const what = `incremental, ${count(changed)} devices changed`;
    await run(store, what, { mode: 'incremental' }, incremental);
  }
  await store.close();
});

async function siteStore(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `site-${devices}.db`);
  if (existsSync(file)) return file;
  progress(`importing ${count(devices)} devices`);
  const unfinished = `${file}.new`;
  const store = await openSqlite(unfinished);
  await importResources(store, siteLines(devices), source, work);
  await store.close();
  renameSync(unfinished, file);
  return file;
}

/** Devices of the site with other values: every one of them changes in most of what rules look at. */
async function* changedLines(seed: number): AsyncGenerator<ImportLine> {
  const random = randomFrom(seed);
  for (let line = 1; line <= changed; line += 1) {
    yield { line, record: siteDevice(Math.floor(random() * devices), random) };
  }
}

async function run(
  store: Store,
  what: string,
  options: EvaluationOptions,
  figures: (seconds: number) => Figure[],
): Promise<void> {
  const measured = await measure(what, () => evaluate(store, options, work));
  const { lookedAt, joined, left, failed } = measured.result;
  if (failed > 0) throw new Error(`${failed} collections could not be evaluated.`);
  tell(what, [collections, 'collections'], measured, {
    note: `${count(lookedAt)} looked at, ${count(joined)} joined, ${count(left)} left`,
    figures: figures(measured.seconds),
  });
}
