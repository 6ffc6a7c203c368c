// Evaluates the store given as argument over and over, changing it between, until it is killed.
import { evaluateWith } from '../../src/collections/evaluation/evaluate.ts';
import { loadQueryRules } from '../../src/collections/query-rules.ts';
import { bringRound } from './crash-site.ts';
import { openWorld } from './world.ts';

const [file = '', first = '0'] = process.argv.slice(2);
const world = await openWorld(file);
process.stdout.write('ready\n');
for (let round = Number(first); ; round += 1) {
  const options = { mode: round % 3 === 2 ? ('full' as const) : ('incremental' as const) };
  const queries = await loadQueryRules(world.store);
  // A run is cut into many transactions, and drops its index, as a large one does.
  await evaluateWith(world.store, queries, options, world.work, { rowsATransaction: 40, bulkFrom: 200 });
  await bringRound(world, round);
}
