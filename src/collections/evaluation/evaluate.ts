import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { WorkContext } from '../../base/index.ts';
import type { Queries, ResourceType, Store } from '../../store/index.ts';
import { type CollectionGraph, type CollectionNode, dependenciesOf } from '../graph/graph.ts';
import { loadGraph } from '../graph/load.ts';
import type { QueryRules } from '../queries.ts';
import { numsOf } from '../reference.ts';
import type { Ids } from '../sets/idset.ts';
import { BulkLoad, restoreIndex } from './bulk-load.ts';
import { CandidatePool } from './candidates.ts';
import { askedFor, needsWholeLook, runnableQueries } from './choose.ts';
import { Evaluator, type Finding } from './evaluator.ts';
import { type Changes, readChanges, touches } from './feed.ts';
import { keepIndexesFor } from './indexes.ts';
import { type Delta, WholeMemberships } from './memberships.ts';
import { universeOf } from './resource-ids.ts';
import { readCounter, settingKeys, writeCounter } from './settings.ts';
import { OutcomeWriter } from './writer.ts';

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

/** What became of one collection. */
export interface EvaluatedCollection {
  id: string;
  name: string;
  joined: number;
  left: number;
  members: number;
  /** Milliseconds. */
  ms: number;
  full: boolean;
  error: string | null;
}

/** What an evaluation did. */
export interface EvaluationResult {
  mode: 'full' | 'incremental';
  /** Collections that changed, failed or were named; the others that were looked at are only counted. */
  evaluated: EvaluatedCollection[];
  /** How many collections were looked at. */
  lookedAt: number;
  /** How many resources the change feed brought. */
  changedResources: number;
  joined: number;
  left: number;
  failed: number;
  /** Milliseconds. */
  ms: number;
}

/** Sizes at which an evaluation changes its way of working; for tests. */
export interface EvaluationLimits {
  /** From so many candidates on a collection is looked at as a whole; by default a fiftieth of the resources. */
  wholeFrom?: number;
  /** After so many rows a transaction ends. */
  rowsATransaction?: number;
  /** From so many new memberships on the index over resources is built anew at the end. */
  bulkFrom?: number;
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
  const covers = options.mode === 'incremental' || named.size === 0;
  const changes =
    options.mode === 'incremental' ? await readChanges(store.db, from, to) : { groups: [], resources: 0 };
  const run = await prepareRun(store, queries, graph, changes, epoch, work, limits);
  const asked = askedFor(graph, options.mode, named);
  // Only where a query may have to look at everything: with rules that are new, or when asked to.
  if (asked.size > 0 || graph.order.some(node => node.stale > 0)) await keepIndexesFor(store, graph, queries);
  const result: EvaluationResult = {
    mode: options.mode,
    evaluated: [],
    lookedAt: 0,
    changedResources: changes.resources,
    joined: 0,
    left: 0,
    failed: 0,
    ms: 0,
  };
  try {
    for (const [done, node] of graph.order.entries()) {
      work.signal.throwIfAborted();
      const started = work.clock.now();
      const step = chooseStep(run, node, asked.has(node.num));
      if (step.way === 'none') continue;
      // A query that names collections reads their members from the store.
      if (node.queried.some(num => run.writer.unwritten.has(num))) await run.writer.flush();
      const finding = await takeStep(run, node, step);
      keepDelta(run, graph, node, finding, asked);
      const ms = work.clock.now().getTime() - started.getTime();
      await run.writer.add({ node, ...finding, full: step.way === 'whole', ms });
      note(result, node, finding, step.way === 'whole', ms, named.has(node.num));
      work.report({
        phase: 'Evaluating collections',
        done: done + 1,
        total: graph.order.length,
        unit: 'collections',
      });
      // A server on the same thread gets its turn.
      await setImmediate();
    }
    await run.writer.flush(covers ? tx => settleFeed(tx, from, to) : undefined);
    await run.bulk.settle();
  } finally {
    await run.pool.close();
  }
  result.ms = work.clock.now().getTime() - began.getTime();
  return result;
}

interface Run {
  queries: QueryRules;
  changes: Changes;
  evaluator: Evaluator;
  pool: CandidatePool;
  bulk: BulkLoad;
  writer: OutcomeWriter;
  /** Who joined or left, of each collection that changed in this run. */
  deltas: Map<number, Ids>;
  wholeFrom: Record<ResourceType, number>;
  now: Date;
}

type Step = { way: 'none' } | { way: 'whole' } | { way: 'among'; parts: Map<string, Ids> };

async function begin(store: Store): Promise<{ epoch: number; from: number; to: number }> {
  return store.transaction(async tx => {
    const epoch = (await readCounter(tx, settingKeys.epoch)) + 1;
    await writeCounter(tx, settingKeys.epoch, epoch);
    const from = await readCounter(tx, settingKeys.watermark);
    const last = await tx
      .selectFrom('resource_change')
      .select(({ fn }) => fn.max('seq').as('seq'))
      .executeTakeFirst();
    return { epoch, from, to: Math.max(from, Number(last?.seq ?? 0)) };
  });
}

async function prepareRun(
  store: Store,
  queries: QueryRules,
  graph: CollectionGraph,
  changes: Changes,
  epoch: number,
  work: WorkContext,
  limits: EvaluationLimits,
): Promise<Run> {
  const universes = {
    device: await universeOf(store.db, 'device'),
    user: await universeOf(store.db, 'user'),
  };
  const now = work.clock.now();
  const pool = new CandidatePool(store, epoch);
  const before = graph.order.reduce((sum, node) => sum + node.memberCount, 0);
  const bulk = new BulkLoad(store, before, limits.bulkFrom);
  const writer = new OutcomeWriter(store, work.clock, graph, epoch, bulk, limits.rowsATransaction);
  const unwritten = writer.unwritten;
  const whole = new WholeMemberships(store.db, universes, unwritten);
  const wholeFrom = (type: ResourceType) =>
    limits.wholeFrom ?? Math.max(5_000, Math.ceil(universes[type].size / 50));
  const knownLimit = 4 * Math.max(wholeFrom('device'), wholeFrom('user'));
  return {
    queries,
    changes,
    evaluator: new Evaluator({ db: store.db, queries, whole, pool, bulk, unwritten, now, knownLimit }),
    bulk,
    pool,
    writer,
    deltas: new Map(),
    wholeFrom: { device: wholeFrom('device'), user: wholeFrom('user') },
    now,
  };
}

function chooseStep(run: Run, node: CollectionNode, asked: boolean): Step {
  if (asked || needsWholeLook(node, run.changes, run.queries, run.now)) return { way: 'whole' };
  const parts = new Map<string, Ids>();
  for (const num of dependenciesOf(node)) {
    const ids = run.deltas.get(num);
    if (ids) parts.set(`collection ${num}`, ids);
  }
  if (asksAboutOthers(run, node)) return { way: 'whole' };
  for (const [at, group] of run.changes.groups.entries()) {
    if (isTouched(node, group, run)) parts.set(`change ${at}`, group.ids);
  }
  if (parts.size === 0) return { way: 'none' };
  let size = 0;
  for (const ids of parts.values()) size += ids.length;
  return size >= run.wholeFrom[node.type] ? { way: 'whole' } : { way: 'among', parts };
}

/** A rule compares resources with each other by way of a collection that has changed. */
function asksAboutOthers(run: Run, node: CollectionNode): boolean {
  if (!node.queried.some(num => run.deltas.has(num))) return false;
  return runnableQueries(node, run.queries).some(query => !query.local);
}

function isTouched(node: CollectionNode, group: Changes['groups'][number], run: Run): boolean {
  if (node.limiting === null) return group.touched === 'everything' && group.resourceType === node.type;
  if (!node.incremental) return false;
  return runnableQueries(node, run.queries).some(query => touches(group, query.resourceType, query.reads));
}

async function takeStep(
  run: Run,
  node: CollectionNode,
  step: Exclude<Step, { way: 'none' }>,
): Promise<Finding> {
  if (step.way === 'whole') return run.evaluator.everything(node);
  return run.evaluator.among(node, run.pool.union(step.parts));
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

/** Keeps who joined or left for the collections that follow, unless all of these are looked at as a whole anyway. */
function keepDelta(
  run: Run,
  graph: CollectionGraph,
  node: CollectionNode,
  finding: Finding,
  asked: ReadonlySet<number>,
): void {
  if (finding.joined.length + finding.left.length === 0) return;
  if (graph.dependents(node.num).every(dependent => asked.has(dependent.num))) return;
  run.deltas.set(node.num, mergedIds(finding));
}

function mergedIds({ joined, left }: Delta): Ids {
  const all = new Int32Array(joined.length + left.length);
  all.set(joined);
  all.set(left, joined.length);
  return all.sort();
}

function note(
  result: EvaluationResult,
  { id, name }: CollectionNode,
  finding: Finding,
  full: boolean,
  ms: number,
  named: boolean,
): void {
  const joined = finding.joined.length;
  const left = finding.left.length;
  result.lookedAt += 1;
  result.joined += joined;
  result.left += left;
  if (finding.error !== null) result.failed += 1;
  if (joined + left === 0 && finding.error === null && !named) return;
  result.evaluated.push({ id, name, joined, left, members: finding.members, ms, full, error: finding.error });
}
