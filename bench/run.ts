import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Benchmark } from './benchmarks.ts';
import { type Row, row } from './report.ts';

/**
 * Runs a benchmark in a process of its own, so that the most memory it took is its own, and collects what it tells.
 * Its progress goes to stderr as it comes.
 * @throws Error when it fails
 */
export async function run(benchmark: Benchmark, size: number, signal: AbortSignal): Promise<Row[]> {
  const script = join(import.meta.dirname, benchmark.file);
  const child = spawn(process.execPath, [...process.execArgv, script, String(size)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    signal,
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => {
      if (code === 0) resolve();
      else reject(new Error(`The benchmark ${benchmark.name} ended with code ${code}.`));
    });
  });
  const rows: Row[] = [];
  // A failure to start shows in `ended`; the lines then simply end.
  const [, lines] = await Promise.allSettled([
    ended,
    collect(createInterface({ input: child.stdout }), rows),
  ]);
  await ended;
  if (lines.status === 'rejected') throw lines.reason;
  return rows;
}

async function collect(lines: AsyncIterable<string>, rows: Row[]): Promise<void> {
  for await (const line of lines) rows.push(row.parse(JSON.parse(line)));
}
