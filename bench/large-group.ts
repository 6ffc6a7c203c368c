// Runs of a large group on an emulated tenant in another process: time of each step, and the most memory that Rollcall
// took. They are made as by a server: in a thread beside the main one, with the engine's limits and cache.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { engineLimits } from '../src/schedule/index.ts';

const runs = new Worker(new URL('site/large-group-runs.ts', import.meta.url), {
  argv: process.argv.slice(2),
  resourceLimits: engineLimits,
});
const [code] = await once(runs, 'exit');
process.exitCode = Number(code);
