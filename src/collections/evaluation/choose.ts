import type { CollectionGraph, CollectionNode } from '../graph/graph.ts';
import type { PreparedQuery, QueryRules } from '../queries.ts';
import type { TouchedResources } from './touched.ts';

/**
 * Rules whose answer depends on the date are asked again once this has passed, in milliseconds. They are to be at
 * least hourly, and evaluations come every five minutes: one that is due only after an hour comes five minutes late.
 */
const dateRulesAfter = 55 * 60 * 1000;

// A node lives as long as its run, and is asked about several times in it.
const runnable = new WeakMap<CollectionNode, PreparedQuery[]>();

/** The prepared query rules of a collection, without those that can not run. */
export function runnableQueries(node: CollectionNode, queries: QueryRules): PreparedQuery[] {
  const known = runnable.get(node);
  if (known) return known;
  const found = node.queries.flatMap(rule => {
    const prepared = queries.prepare(rule.wql, node.type);
    return 'failure' in prepared ? [] : [prepared];
  });
  runnable.set(node, found);
  return found;
}

/** Whether an incremental evaluation has to look at the whole collection, not only at what changed. */
export function needsWholeLook(
  node: CollectionNode,
  touched: TouchedResources,
  queries: QueryRules,
  now: Date,
): boolean {
  if (node.stale > 0) return true;
  if (!node.incremental) return false;
  return dateHasMovedOn(node, queries, now) || touchedAcrossResources(node, touched, queries);
}

function dateHasMovedOn(node: CollectionNode, queries: QueryRules, now: Date): boolean {
  // A function of the date has it in its name; most rules need no compiling to see that they have none.
  if (!node.queries.some(rule => /date|time/i.test(rule.wql))) return false;
  const last = node.fullyEvaluatedAt === null ? 0 : Date.parse(node.fullyEvaluatedAt);
  if (now.getTime() - last < dateRulesAfter) return false;
  return runnableQueries(node, queries).some(query => query.dependsOnDate);
}

/** A rule that compares resources with each other can answer differently for one when another has changed. */
function touchedAcrossResources(
  node: CollectionNode,
  touched: TouchedResources,
  queries: QueryRules,
): boolean {
  if (touched.changes.resources === 0 || node.queries.length === 0) return false;
  return runnableQueries(node, queries).some(query => !query.local && touched.by(query).ids.length > 0);
}

/**
 * Whatever of the named collections, or of all, is evaluated in full because somebody asked for it.
 * @param nums numbers of the named collections; none named means all
 */
export function askedFor(
  graph: CollectionGraph,
  mode: 'full' | 'incremental',
  nums: ReadonlySet<number>,
): ReadonlySet<number> {
  if (mode === 'full') return nums.size > 0 ? nums : new Set(graph.nodes.keys());
  // An incremental run brings incremental collections up to date; one that is not incremental is evaluated only
  // on its schedule or, as here, when it is asked for by name.
  return new Set([...nums].filter(num => graph.nodes.get(num)?.incremental === false));
}
