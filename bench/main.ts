// npm run bench [-- [--full] [--size N] [NAME …]]: runs the benchmarks and shows a table each. See docs/benchmarks.md.
import { cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { type Benchmark, benchmarks } from './benchmarks.ts';
import { count, type Row } from './report.ts';
import { run } from './run.ts';
import { tableOf } from './table.ts';

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { full: { type: 'boolean', default: false }, size: { type: 'string' } },
  });
  const chosen = choose(positionals);
  const sizeOf = sizes(values.full, values.size);
  console.log(machine());
  const missed: string[] = [];
  for (const benchmark of chosen) {
    const size = sizeOf(benchmark);
    process.stderr.write(`\n${benchmark.name}: ${count(size)} ${benchmark.unit}\n`);
    const rows = await run(benchmark, size, stopping.signal);
    console.log(`\n${benchmark.title}; size: ${count(size)} ${benchmark.unit}\n${tableOf(rows)}`);
    missed.push(...missedIn(benchmark, rows));
  }
  console.log(`\nLoad at the end ${load()}.`);
  console.log(missed.length === 0 ? 'All figures are met.' : `Not met:\n${missed.join('\n')}`);
} catch (error) {
  console.error(stopping.signal.aborted ? 'Stopped.' : error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** The benchmarks of these names; all without a name. @throws RangeError for a name that is none */
function choose(names: readonly string[]): readonly Benchmark[] {
  const known = benchmarks.map(({ name }) => name);
  const unknown = names.find(name => !known.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(`There is no benchmark "${unknown}". There are: ${known.join(', ')}.`);
  }
  return names.length === 0 ? benchmarks : benchmarks.filter(({ name }) => names.includes(name));
}

/** What size each benchmark runs in. @throws RangeError for a size that is none */
function sizes(isFull: boolean, given: string | undefined): (benchmark: Benchmark) => number {
  if (given === undefined) return ({ full, usual }) => (isFull ? full : usual);
  const size = Number(given);
  if (!Number.isInteger(size) || size < 1) throw new RangeError('--size takes a whole number above 0.');
  return () => size;
}

function missedIn({ name }: Benchmark, rows: readonly Row[]): string[] {
  return rows.flatMap(({ what, figures }) =>
    figures.filter(({ met }) => !met).map(({ text }) => `- ${name}, ${what}: ${text}`),
  );
}

/** What the figures were measured on; other work on the machine shows in its load. */
function machine(): string {
  const all = cpus();
  const gib = (totalmem() / 2 ** 30).toFixed(0);
  const model = all[0]?.model.trim() || 'unknown';
  return `Node ${process.versions.node}; ${all.length} processors (${model}), ${gib} GiB; load at the start ${load()}.`;
}

function load(): string {
  return (loadavg()[0] ?? 0).toFixed(1);
}
