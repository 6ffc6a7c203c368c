// Runs a benchmark as a server's engine works: in a thread beside the main one, with the engine's limits.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { engineLimits } from '../src/schedule/index.ts';

const [file = '', ...argv] = process.argv.slice(2);
const thread = new Worker(new URL(file, import.meta.url), { argv, resourceLimits: engineLimits });
const [code] = await once(thread, 'exit');
process.exitCode = Number(code);
