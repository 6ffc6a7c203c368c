// Evaluates N/100 collections over N devices with five inventory rows each: at first, again in full, and after 1,000
// devices have changed. Usage: node bench/evaluation.ts [devices] [folder]
// A folder keeps the imported site for the next time.
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silent, systemClock } from '../src/base/index.ts';
import { type EvaluationOptions, evaluate } from '../src/collections/index.ts';
import { type ImportLine, importResources } from '../src/inventory/index.ts';
import { openSqlite, type Store } from '../src/store/index.ts';
import { makeCollections } from './collections.ts';
import { randomFrom, siteDevice, siteLines } from './site.ts';

const devices = Number(process.argv[2] ?? 100_000);
const kept = process.argv[3];
const work = { clock: systemClock, report: silent, signal: new AbortController().signal };
const source = { source: 'bench', complete: false, approve: true };

const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'));
try {
  const file = join(folder, 'store.db');
  copyFileSync(await siteFile(), file);
  const store = await openSqlite(file);
  await makeCollections(store, devices / 100, devices);
  await measure(store, 'first evaluation', { mode: 'incremental' });
  await measure(store, 'full evaluation', { mode: 'full' });
  await measure(store, 'incremental, nothing changed', { mode: 'incremental' });
  await importResources(store, changedLines(1_000), source, work);
  await measure(store, 'incremental, 1,000 devices changed', { mode: 'incremental' });
  await importResources(store, changedLines(1_000, 7), source, work);
  await measure(store, 'incremental, another 1,000 changed', { mode: 'incremental' });
  await store.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function siteFile(): Promise<string> {
  const place = kept ?? folder;
  mkdirSync(place, { recursive: true });
  const file = join(place, `site-${devices}.db`);
  if (existsSync(file)) return file;
  const store = await openSqlite(file);
  await importResources(store, siteLines(devices), source, work);
  await store.close();
  return file;
}

/** Devices of the site with other values: every one of them changes in most of what rules look at. */
async function* changedLines(count: number, seed = 5): AsyncGenerator<ImportLine> {
  const random = randomFrom(seed);
  for (let line = 1; line <= count; line += 1) {
    yield { line, record: siteDevice(Math.floor(random() * devices), random) };
  }
}

async function measure(store: Store, what: string, options: EvaluationOptions): Promise<void> {
  const started = performance.now();
  const cpu = process.cpuUsage();
  const result = await evaluate(store, options, work);
  const seconds = (performance.now() - started) / 1000;
  const used = process.cpuUsage(cpu);
  const cpuSeconds = (used.user + used.system) / 1e6;
  const { total } = await store.db
    .selectFrom('collection')
    .select(({ fn }) => fn.sum<number>('member_count').as('total'))
    .executeTakeFirstOrThrow();
  console.log(
    `${what}: ${seconds.toFixed(2)} s (${cpuSeconds.toFixed(2)} s of processor); ${result.lookedAt} collections looked at, ${result.joined} joined,`,
    `${result.left} left, ${result.failed} failed; ${total} memberships;`,
    `memory ${Math.round(process.memoryUsage.rss() / 2 ** 20)} MiB, peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`,
  );
}
