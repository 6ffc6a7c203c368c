import type { WorkContext } from '../../base/index.ts';
import { synchronize } from '../../cloudsync/index.ts';
import { dueCollections } from '../../collections/index.ts';
import type { Log } from '../engine/log.ts';
import type { Workshop } from '../workshop.ts';
import { discoverDue } from './discover.ts';
import type { DiscoveryState } from './discovery-states.ts';
import { type Evaluated, evaluateNow } from './evaluate.ts';
import { type GroupRun, groupRunOf, type Outcome, worstOf } from './group-run.ts';

/** What a run did: discovery where it was due, evaluation, then each group. */
export interface RunResult {
  outcome: Outcome;
  discoveries: DiscoveryState[];
  evaluation: Evaluated;
  groups: GroupRun[];
}

/** What is asked of a run. */
export interface RunRequest {
  /** Ids or names; absent: all mapped collections. */
  collections?: string[] | undefined;
  full: boolean;
  approve: boolean;
  requestedBy: string;
}

/** Brings groups in step now: with discovery where it is due, and an incremental evaluation before. */
export async function runNow(
  shop: Workshop,
  log: Log,
  request: RunRequest,
  work: WorkContext,
): Promise<RunResult> {
  const discoveries = await discoverDue(shop, log, work);
  const { collections } = request;
  const evaluation = await evaluateNow(shop, { collections, full: false }, work);
  return await synchronizeGroups(shop, request, discoveries, evaluation, work);
}

/** The five minutes' round: the same for all that is mapped, and the evaluations whose schedule has come. */
export async function runCycle(shop: Workshop, log: Log, work: WorkContext): Promise<RunResult> {
  const discoveries = await discoverDue(shop, log, work);
  const scheduled = await dueCollections(shop.store, work.clock.now());
  const inFull =
    scheduled.length > 0
      ? await evaluateNow(shop, { collections: scheduled, full: true }, work)
      : noneEvaluated;
  const changed = await evaluateNow(shop, { full: false }, work);
  const evaluation = {
    evaluated: [...inFull.evaluated, ...changed.evaluated],
    errors: [...inFull.errors, ...changed.errors],
  };
  const request = { full: false, approve: false, requestedBy: 'schedule' };
  return await synchronizeGroups(shop, request, discoveries, evaluation, work);
}

const noneEvaluated: Evaluated = { evaluated: [], errors: [] };

async function synchronizeGroups(
  shop: Workshop,
  { collections, full, approve, requestedBy }: RunRequest,
  discoveries: DiscoveryState[],
  evaluation: Evaluated,
  work: WorkContext,
): Promise<RunResult> {
  const results = await synchronize(
    shop.store,
    id => shop.directories.of(id),
    { ...(collections ? { collections } : {}), full, approve, requestedBy },
    work,
  );
  const groups = results.map(groupRunOf);
  return { outcome: worstOf(groups), discoveries, evaluation, groups };
}
