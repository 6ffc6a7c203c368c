import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silent, systemClock, type WorkContext } from '../src/base/index.ts';

/** What long work is given in a benchmark: the machine's clock, nobody who watches, nobody who stops it. */
export const work: WorkContext = {
  clock: systemClock,
  report: silent,
  signal: new AbortController().signal,
};

/** The size that this benchmark is to run in: its first argument. @throws RangeError where that is no number */
export function sizeGiven(): number {
  const size = Number(process.argv[2]);
  if (Number.isInteger(size) && size > 0) return size;
  throw new RangeError('The first argument is the size, a whole number. See docs/benchmarks.md.');
}

/** Does something in a folder of its own, which goes with it. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
