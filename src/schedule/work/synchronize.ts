import type { WorkContext } from '../../base/index.ts';
import {
  type Directories,
  dueGroups,
  type SynchronizeOptions,
  type SyncResult,
  synchronize,
} from '../../cloudsync/index.ts';
import { dueCollections } from '../../collections/index.ts';
import type { Log } from '../engine/log.ts';
import type { EngineContext } from '../engine-context.ts';
import { discoverDue } from './discover.ts';
import type { DiscoveryState } from './discovery-states.ts';
import { type Evaluated, evaluateNow } from './evaluate.ts';
import { keepHouse } from './housekeeping.ts';
import { type Outcome, worstOf } from './outcome.ts';
import { requireDiscovered } from './ready.ts';
import { splitRound } from './round.ts';

/** What a run did: discovery where it was due, evaluation, then each group. */
export interface RunResult {
  outcome: Outcome;
  discoveries: DiscoveryState[];
  evaluation: Evaluated;
  groups: SyncResult[];
}

/** What is asked of a run. */
export interface RunRequest {
  /** Ids or names; absent: all mapped collections. */
  collections?: string[] | undefined;
  /** With collections: only those of their groups with this object id or name. */
  group?: string | undefined;
  full: boolean;
  approve: boolean;
  /** The number of the held plan that is approved. */
  plan?: number | undefined;
  requestedBy: string;
}

/** Brings groups in step now: with discovery where it is due, and an incremental evaluation before. */
export async function runNow(
  context: EngineContext,
  log: Log,
  request: RunRequest,
  work: WorkContext,
): Promise<RunResult> {
  const discoveries = await discoverDue(context, log, work);
  const { collections } = request;
  const evaluation = await evaluateNow(context, { collections, full: false }, work);
  return await synchronizeGroups(context, request, discoveries, evaluation, work);
}

/** Where a round puts the groups that have too much to do for it. */
export interface Backlog {
  /** Ids of the target groups that are in it. */
  groups(): Promise<ReadonlySet<number>>;
  add(targets: number[]): Promise<void>;
}

/**
 * The five minutes' round: what has changed in all that is mapped, and the evaluations whose schedule has come. Groups
 * with very much to do are left to the backlog: the next round must not wait for them.
 */
export async function runCycle(
  context: EngineContext,
  log: Log,
  backlog: Backlog,
  work: WorkContext,
): Promise<RunResult> {
  const discoveries = await discoverDue(context, log, work);
  const scheduled = await dueCollections(context.store, work.clock.now());
  const inFull =
    scheduled.length > 0
      ? await evaluateNow(context, { collections: scheduled, full: true }, work)
      : noneEvaluated;
  const changed = await evaluateNow(context, { full: false }, work);
  const evaluation = {
    evaluated: [...inFull.evaluated, ...changed.evaluated],
    errors: [...inFull.errors, ...changed.errors],
  };
  const due = await dueGroups(context.store, work.clock.now());
  const { now, apart } = splitRound(due, await backlog.groups());
  if (apart.length > 0) await backlog.add(apart);
  const groups = await synchronize(context.store, discovered(context), { ...bySchedule, targets: now }, work);
  await keepHouse(context, work);
  return { outcome: worstOf(groups), discoveries, evaluation, groups };
}

/** Brings the groups of the backlog in step, however long it takes. */
export async function runBacklog(
  context: EngineContext,
  targets: number[],
  work: WorkContext,
): Promise<RunResult> {
  const groups = await synchronize(context.store, discovered(context), { ...bySchedule, targets }, work);
  return { outcome: worstOf(groups), discoveries: [], evaluation: noneEvaluated, groups };
}

/** What the schedule asks for. */
const bySchedule: SynchronizeOptions = { full: false, approve: false, requestedBy: 'schedule' };

const noneEvaluated: Evaluated = { evaluated: [], errors: [] };

async function synchronizeGroups(
  context: EngineContext,
  { collections, group, full, approve, plan, requestedBy }: RunRequest,
  discoveries: DiscoveryState[],
  evaluation: Evaluated,
  work: WorkContext,
): Promise<RunResult> {
  const directories = discovered(context);
  const one = group === undefined ? {} : { group };
  const options = { full, approve, requestedBy, ...one, ...(plan === undefined ? {} : { plan }) };
  const named = collections ? { collections } : {};
  const groups = await synchronize(context.store, directories, { ...named, ...options }, work);
  // Whoever asked by hand wants it done, not to hear that the schedule was quicker.
  for (let busy = busyAmong(groups); busy.length > 0; busy = busyAmong(groups)) {
    work.report({ phase: 'Waiting for another run of the same groups', done: 0 });
    await work.clock.sleep(lookAgainMs, work.signal);
    const again = await synchronize(context.store, directories, { collections: busy, ...options }, work);
    for (const result of again) replace(groups, result);
  }
  return { outcome: worstOf(groups), discoveries, evaluation, groups };
}

const lookAgainMs = 500;

/** The directories of tenants, for runs: refused while the kind of member was never discovered. */
function discovered(context: EngineContext): Directories {
  return async (id, members = []) => {
    await requireDiscovered(context.store, id, members);
    return await context.directories.of(id);
  };
}

/** The collections of the groups that another run was at. */
function busyAmong(groups: readonly SyncResult[]): string[] {
  const busy = groups.filter(group => group.problem?.code === 'already-running');
  return [...new Set(busy.flatMap(group => group.collections.map(collection => collection.id)))];
}

function replace(groups: SyncResult[], result: SyncResult): void {
  const at = groups.findIndex(
    group => group.groupId === result.groupId && group.cloudServiceId === result.cloudServiceId,
  );
  if (at >= 0) groups[at] = result;
}
