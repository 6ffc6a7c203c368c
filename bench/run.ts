import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Benchmark } from './benchmarks.ts';
import { type Row, row } from './report.ts';
import { inFolder } from './surroundings.ts';

/**
 * Runs a benchmark in a process of its own, so that the most memory it took is its own, and collects what it tells.
 * Its progress goes to stderr as it comes; what it leaves in the folder of temporary files goes with it.
 * @throws Error when it fails, or the signal's when it is aborted
 */
export async function run(benchmark: Benchmark, size: number, signal: AbortSignal): Promise<Row[]> {
  return await inFolder(async folder => {
    const { file, inEngine } = benchmark;
    const script = inEngine ? ['as-engine.ts', `./${file}`] : [file];
    const args = [...process.execArgv, ...script, String(size)];
    const child = spawn(process.execPath, args, {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder },
    });
    const stop = () => child.kill();
    signal.addEventListener('abort', stop, { once: true });
    const ended = new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', code => {
        if (code === 0) resolve();
        else reject(new Error(`The benchmark ${benchmark.name} ended with code ${code}.`));
      });
    });
    const rows: Row[] = [];
    const lines = collect(createInterface({ input: child.stdout }), rows);
    try {
      await Promise.all([ended, lines]);
    } finally {
      signal.removeEventListener('abort', stop);
      child.kill();
    }
    return rows;
  });
}

async function collect(lines: AsyncIterable<string>, rows: Row[]): Promise<void> {
  for await (const line of lines) rows.push(row.parse(JSON.parse(line)));
}
