// Imports N devices with five inventory rows each from a generated NDJSON file, and prints rate and memory.
// Usage: node bench/import.ts [devices] [folder]
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { silent, systemClock } from '../src/base/index.ts';
import { importResources } from '../src/inventory/index.ts';
import { readResourceFile } from '../src/sources/index.ts';
import { openSqlite } from '../src/store/index.ts';
import { deviceLines } from './devices.ts';

const count = Number(process.argv[2] ?? 100_000);
const folder = mkdtempSync(join(process.argv[3] ?? tmpdir(), 'rollcall-bench-'));
const options = { source: 'bench', complete: false, approve: false };
const work = { clock: systemClock, report: silent, signal: new AbortController().signal };

try {
  const store = await openSqlite(join(folder, 'store.db'));
  const runs = [
    ['first import', 0],
    ['the same again, 1 % changed', 1],
  ] as const;
  for (const [what, changed] of process.env.BENCH_FIRST_ONLY ? runs.slice(0, 1) : runs) {
    const file = join(folder, 'devices.ndjson');
    await pipeline(Readable.from(deviceLines(count, changed)), createWriteStream(file));
    const started = performance.now();
    const cpu = process.cpuUsage();
    const stream = createReadStream(file, { highWaterMark: 1024 * 1024 });
    const result = await importResources(store, readResourceFile(stream, 'ndjson'), options, work);
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const { created, changed: altered, unchanged, rejected } = result;
    console.log(
      `${what}: ${count} devices in ${seconds.toFixed(1)} s = ${Math.round(count / seconds)} devices/s;`,
      `${((user + system) / 1e6).toFixed(1)} s of processor time;`,
      `created ${created}, changed ${altered}, unchanged ${unchanged}, rejected ${rejected};`,
      `peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`,
    );
  }
  await store.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
