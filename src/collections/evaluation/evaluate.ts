import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { WorkContext } from '../../base/index.ts';
import { lastChange, pruneChanges } from '../../inventory/index.ts';
import type { Queries, Store } from '../../store/index.ts';
import { loadGraph } from '../graph/load.ts';
import type { QueryRules } from '../queries.ts';
import { numsOf } from '../reference.ts';
import { restoreIndex } from './bulk-load.ts';
import { askedFor } from './choose.ts';
import { noChanges, readChanges } from './feed.ts';
import { keepIndexesFor } from './indexes.ts';
import { addOutcome, type EvaluationResult, emptyResult } from './result.ts';
import { type EvaluationLimits, keepDelta, leastWholeFrom, prepareRun, type Run } from './run.ts';
import { readCounter, settingKeys, writeCounter } from './settings.ts';
import { chooseStep, takeStep } from './step.ts';
import { TouchedResources } from './touched.ts';

/** What to evaluate. */
export interface EvaluationOptions {
  /**
   * 'full': every resource of the named collections, or of all, is looked at. 'incremental': what the change feed
   * of the resources touches since the last time, and named collections that are not incremental.
   * Either way what depends on a collection that changed follows.
   */
  mode: 'full' | 'incremental';
  /** Ids or names; none: all. */
  collections?: readonly string[];
}

/** The evaluation behind `evaluate`, with the maker of query rules as an argument. */
export async function evaluateWith(
  store: Store,
  queries: QueryRules,
  options: EvaluationOptions,
  work: WorkContext,
  limits: EvaluationLimits = {},
): Promise<EvaluationResult> {
  const began = work.clock.now();
  await restoreIndex(store);
  const { epoch, from, to } = await begin(store);
  const graph = await loadGraph(store.db, queries);
  const named = await numsOf(store.db, options.collections ?? []);
  const asked = askedFor(graph, options.mode, named);
  const changes = options.mode === 'incremental' ? await readChanges(store.db, from, to) : noChanges;
  const touched = new TouchedResources(changes);
  // Only where many a query may have to look at everything: with rules that are new, after a large import, when asked.
  const looksAtAll = asked.size > 0 || changes.resources >= leastWholeFrom;
  if (looksAtAll || graph.order.some(node => node.stale > 0)) await keepIndexesFor(store, graph, queries);
  const run = await prepareRun({ store, queries, graph, asked, touched, epoch, work, limits });
  const result = emptyResult(options.mode, changes.resources);
  try {
    await walk(run, named, result, work);
    // Named collections alone leave the rest of the feed for the next incremental evaluation.
    const covers = options.mode === 'incremental' || named.size === 0;
    await run.writer.flush(covers ? tx => settleFeed(tx, from, to) : undefined);
    await run.bulk.settle();
    if (covers) await pruneChanges(store, to);
  } finally {
    await run.pool.close();
  }
  result.ms = work.clock.now().getTime() - began.getTime();
  return result;
}

/** Looks at each collection that needs it, after all that it depends on. */
async function walk(
  run: Run,
  named: ReadonlySet<number>,
  result: EvaluationResult,
  work: WorkContext,
): Promise<void> {
  const { order } = run.graph;
  for (const [at, node] of order.entries()) {
    work.signal.throwIfAborted();
    const started = work.clock.now().getTime();
    const step = chooseStep(run, node);
    if (step.way === 'none') continue;
    // A query that names collections reads their members from the store.
    if (node.queried.some(num => run.writer.unwritten.has(num))) await run.writer.flush();
    const finding = await takeStep(run, node, step);
    keepDelta(run, node, finding);
    const ms = work.clock.now().getTime() - started;
    const outcome = { node, ...finding, full: step.way === 'whole', ms };
    await run.writer.add(outcome);
    addOutcome(result, outcome, named.has(node.num));
    work.report({ phase: 'Evaluating collections', done: at + 1, total: order.length, unit: 'collections' });
    // A server on the same thread gets its turn.
    await setImmediate();
  }
}

/** Takes the turn: from now on no evaluation that began before may write. */
async function begin(store: Store): Promise<{ epoch: number; from: number; to: number }> {
  return store.transaction(async tx => {
    const epoch = (await readCounter(tx, settingKeys.epoch)) + 1;
    await writeCounter(tx, settingKeys.epoch, epoch);
    const from = await readCounter(tx, settingKeys.watermark);
    return { epoch, from, to: Math.max(from, await lastChange(tx)) };
  });
}

/** What belongs with the last outcomes: the feed has been read to here, and deleted resources leave no rule behind. */
async function settleFeed(tx: Queries, from: number, to: number): Promise<void> {
  await writeCounter(tx, settingKeys.watermark, to);
  await sql`
    delete from collection_rule
    where kind = 'direct'
      and resource_id in (
        select resource_id from resource_change where seq > ${from} and seq <= ${to} and touched = '*')
      and not exists (select 1 from resource where resource.id = collection_rule.resource_id)`.execute(tx);
}
