import { type CollectionNode, dependenciesOf } from '../graph/graph.ts';
import type { Ids } from '../sets/idset.ts';
import { needsWholeLook, runnableQueries } from './choose.ts';
import type { Finding } from './evaluator.ts';
import type { Run } from './run.ts';
import type { NamedIds } from './touched.ts';

/** How a collection is looked at: not at all, as a whole, or among lists of candidates, each with a name. */
export type Step = { way: 'none' } | { way: 'whole' } | { way: 'among'; parts: Map<string, Ids> };

/** What an evaluation has to do for a collection, given what has changed before it. */
export function chooseStep(run: Run, node: CollectionNode): Step {
  if (run.asked.has(node.num) || needsWholeLook(node, run.touched, run.queries, run.now))
    return { way: 'whole' };
  if (asksAboutOthers(run, node)) return { way: 'whole' };
  const parts = new Map<string, Ids>();
  for (const num of dependenciesOf(node)) {
    const ids = run.deltas.get(num);
    if (ids) parts.set(`collection ${num}`, ids);
  }
  for (const { name, ids } of touchedIn(run, node)) if (ids.length > 0) parts.set(name, ids);
  if (parts.size === 0) return { way: 'none' };
  let size = 0;
  for (const ids of parts.values()) size += ids.length;
  return size >= run.wholeFrom[node.type] ? { way: 'whole' } : { way: 'among', parts };
}

/** The changed resources that a collection's own rules have to be asked about. */
function touchedIn(run: Run, node: CollectionNode): NamedIds[] {
  if (run.touched.changes.resources === 0) return [];
  if (node.limiting === null) return [run.touched.cameOrWent(node.type)];
  if (!node.incremental || node.queries.length === 0) return [];
  return runnableQueries(node, run.queries).map(query => run.touched.by(query));
}

/** A rule compares resources with each other by way of a collection that has changed. */
function asksAboutOthers(run: Run, node: CollectionNode): boolean {
  if (!node.queried.some(num => run.deltas.has(num))) return false;
  return runnableQueries(node, run.queries).some(query => !query.local);
}

/** Does it. */
export async function takeStep(
  run: Run,
  node: CollectionNode,
  step: Exclude<Step, { way: 'none' }>,
): Promise<Finding> {
  if (step.way === 'whole') return run.evaluator.everything(node);
  return run.evaluator.among(node, run.pool.union(step.parts));
}
