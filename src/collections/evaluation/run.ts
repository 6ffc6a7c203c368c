import type { WorkContext } from '../../base/index.ts';
import type { ResourceType, Store } from '../../store/index.ts';
import type { CollectionGraph, CollectionNode } from '../graph/graph.ts';
import type { QueryRules } from '../queries.ts';
import type { Ids } from '../sets/idset.ts';
import { BulkLoad } from './bulk-load.ts';
import { CandidatePool } from './candidates.ts';
import { Evaluator, type Finding } from './evaluator.ts';
import { WholeMemberships } from './memberships.ts';
import { universeOf } from './resource-ids.ts';
import type { TouchedResources } from './touched.ts';
import { OutcomeWriter } from './writer.ts';

/** Sizes at which an evaluation changes its way of working; for tests. */
export interface EvaluationLimits {
  /** From so many candidates on a collection is looked at as a whole; by default a fiftieth of the resources. */
  wholeFrom?: number;
  /** After so many rows a transaction ends. */
  rowsATransaction?: number;
  /** From so many new memberships on the index over resources is built anew at the end. */
  bulkFrom?: number;
}

/** What a run is made from. */
export interface RunParts {
  store: Store;
  queries: QueryRules;
  graph: CollectionGraph;
  /** Numbers of the collections that are evaluated in full because somebody asked for it. */
  asked: ReadonlySet<number>;
  touched: TouchedResources;
  /** Number of this evaluation. */
  epoch: number;
  work: WorkContext;
  limits: EvaluationLimits;
}

/** What one evaluation works with from beginning to end. */
export interface Run extends RunParts {
  evaluator: Evaluator;
  pool: CandidatePool;
  bulk: BulkLoad;
  writer: OutcomeWriter;
  /** Who joined or left, of each collection that changed in this run and that others are still to follow. */
  deltas: Map<number, Ids>;
  /** From so many candidates on a collection is looked at as a whole. */
  wholeFrom: Record<ResourceType, number>;
  /** What GetDate() is throughout. */
  now: Date;
}

/** Makes a run ready. */
export async function prepareRun(parts: RunParts): Promise<Run> {
  const { store, queries, graph, epoch, work, limits } = parts;
  const { db } = store;
  const now = work.clock.now();
  const universes = { device: await universeOf(db, 'device'), user: await universeOf(db, 'user') };
  const pool = new CandidatePool(store, epoch);
  const before = graph.order.reduce((sum, node) => sum + node.memberCount, 0);
  const bulk = new BulkLoad(store, before, limits.bulkFrom);
  const writer = new OutcomeWriter(store, work.clock, graph, epoch, bulk, limits.rowsATransaction);
  const { unwritten } = writer;
  const whole = new WholeMemberships(db, universes, unwritten);
  const wholeFrom = {
    device: limits.wholeFrom ?? wholeFromFor(universes.device.size),
    user: limits.wholeFrom ?? wholeFromFor(universes.user.size),
  };
  const knownLimit = 4 * Math.max(wholeFrom.device, wholeFrom.user);
  const evaluator = new Evaluator({ db, queries, whole, pool, bulk, unwritten, now, knownLimit });
  return { ...parts, evaluator, pool, bulk, writer, deltas: new Map(), wholeFrom, now };
}

/** Below so many candidates no collection is looked at as a whole because of them. */
export const leastWholeFrom = 5_000;

/** Where asking about candidates one by one begins to cost more than asking about all resources. */
function wholeFromFor(resources: number): number {
  return Math.max(leastWholeFrom, Math.ceil(resources / 50));
}

/** Keeps who joined or left for the collections that follow, unless all of these are looked at as a whole anyway. */
export function keepDelta(run: Run, node: CollectionNode, { joined, left }: Finding): void {
  if (joined.length + left.length === 0) return;
  if (run.graph.dependents(node.num).every(dependent => run.asked.has(dependent.num))) return;
  const all = new Int32Array(joined.length + left.length);
  all.set(joined);
  all.set(left, joined.length);
  run.deltas.set(node.num, all.sort());
}
