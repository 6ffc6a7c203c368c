import { Problem, type ProblemData, problemData, type WorkContext } from '../../base/index.ts';
import { type Store, withLease } from '../../store/index.ts';
import { withReading } from '../group/actual.ts';
import { groupLimits, guard } from '../guard.ts';
import { nameChanges } from '../names.ts';
import type { Change } from '../plan.ts';
import type { Directories, GroupDirectory } from '../ports.ts';
import { checkTarget } from '../run/prepare.ts';
import { noTally } from '../run/result.ts';
import { alreadyRunning, groupLease } from '../run/run.ts';
import { beginRun, endApart, type RunKind } from '../run/run-record.ts';
import { switchedOff } from '../switches.ts';
import type { Target } from '../targets.ts';
import { planBack, type UndoChange, type UndoPlan, undoDigest } from './undo-plan.ts';
import { eachRecorded, findUndone, openSince, type Undone, type UndoRequest } from './undo-reading.ts';
import { endUndo, finishUndo, sendUndo, storeUndo } from './undo-send.ts';

/** What putting a group back would do, to be looked at before it is approved. */
export interface ShownUndo {
  groupId: string;
  groupName: string;
  /** The run before which the group is put back. */
  run: { id: number; kind: RunKind; requestedBy: string; startedAt: string };
  /** How many runs it takes back: that one and those after it. */
  runs: number;
  add: { name: string; objectId: string }[];
  remove: { name: string; objectId: string }[];
  /** Changes of these runs that failed and would be tried again: given up. */
  givenUp: number;
  /** What the guard has to say about so many removals. */
  guard: string | null;
  /** The kind of the next run by itself: a full one would make the undone changes again. */
  nextRun: 'full' | 'incremental';
  /** What an approval has to name. */
  digest: string;
}

/** How an undo ended. */
export interface UndoResult {
  groupId: string;
  groupName: string;
  /** The undo's own number in the history. */
  runId: number;
  undoesRunId: number;
  added: number;
  removed: number;
  failed: number;
  requests: number;
  writes: number;
  /** What stopped it; the next run of the group finishes it. */
  problem: ProblemData | null;
}

/**
 * Shows what it takes to put a group back as it was before a run. Reads the group, writes nothing.
 * @throws Problem when there is no such run, its details are gone, or the group can't be read or written
 */
export async function showUndo(
  store: Store,
  directories: Directories,
  request: UndoRequest,
  work: WorkContext,
): Promise<ShownUndo> {
  const undone = await findUndone(store, request);
  const { target, run } = undone;
  const directory = await open(directories, target, work);
  const { plan, names, size } = await prepare(store, directory, undone, work);
  const changed = new Set([...plan.additions, ...plan.removals].map(({ objectId }) => objectId));
  const waiting = await openSince(store.db, target.id, run.id);
  const shown = async (changes: UndoChange[]) => {
    const named = await nameChanges(store, target.cloudServiceId, changes.map(asChange), names);
    const byName = named.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return byName.map(({ name, objectId }) => ({ name, objectId }));
  };
  const removals = plan.removals.length;
  const left = size - removals + plan.additions.length;
  const verdict = guard(
    { groupSize: size, removals, wanted: left },
    groupLimits(target.limits, target.feeders),
  );
  return {
    groupId: target.groupId,
    groupName: target.name,
    run,
    runs: undone.runs,
    add: await shown(plan.additions),
    remove: await shown(plan.removals),
    givenUp: waiting.filter(objectId => !changed.has(objectId)).length,
    guard: verdict.held ? verdict.reason : null,
    nextRun: await nextRun(store, target),
    digest: undoDigest(run.id, plan),
  };
}

/**
 * Puts a group back as it was before a run, if that still takes the very changes that were shown.
 * @param digest of the undo that was shown
 * @throws Problem undo-changed when it would do something else by now, already-running while the group is being
 *   synchronized, and those of `showUndo`
 */
export async function undo(
  store: Store,
  directories: Directories,
  { digest, requestedBy, ...request }: UndoRequest & { digest: string; requestedBy: string },
  work: WorkContext,
): Promise<UndoResult> {
  const { target } = await findUndone(store, request);
  const leased = await withLease(store, groupLease(target.id), work, async signal => {
    const inTurn = { ...work, signal };
    const undone = await findUndone(store, request);
    const directory = (await open(directories, undone.target, inTurn)).countedApart();
    await finishUndo(store, directory, undone.target, inTurn);
    const { plan } = await prepare(store, directory, undone, inTurn);
    if (undoDigest(undone.run.id, plan) !== digest) throw hasChanged(request.collection, undone);
    return await carryOut(store, directory, undone, plan, requestedBy, inTurn);
  });
  if (leased.busy) throw alreadyRunning(target);
  return leased.result;
}

async function carryOut(
  store: Store,
  directory: GroupDirectory,
  { target, run }: Undone,
  plan: UndoPlan,
  requestedBy: string,
  work: WorkContext,
): Promise<UndoResult> {
  const tally = {
    ...noTally(),
    plannedAdditions: plan.additions.length,
    plannedRemovals: plan.removals.length,
  };
  const result = { groupId: target.groupId, groupName: target.name, undoesRunId: run.id };
  const before = { ...directory.counters };
  const counted = () => {
    tally.requests = directory.counters.requests - before.requests;
    tally.writes = directory.counters.writes - before.writes;
    const { added, removed, failed, requests, writes } = tally;
    return { added, removed, failed, requests, writes };
  };
  const runId = await beginRun(store, target, 'undo', requestedBy, work.clock.now(), run.id);
  try {
    await storeUndo(store, target.id, { undo: runId, undone: run.id }, plan);
    await sendUndo(store, directory, target, runId, tally, work);
    const counts = counted();
    await endUndo(store, target, runId, tally, work.clock.now());
    return { ...result, runId, ...counts, problem: null };
  } catch (error) {
    const counts = counted();
    const ending = work.signal.aborted
      ? ({ how: 'interrupted' } as const)
      : ({ how: 'problem', problem: problemData(error) } as const);
    await store.transaction(tx => endApart(tx, target, { id: runId, tally, ending }, work.clock.now()));
    work.signal.throwIfAborted();
    return { ...result, runId, ...counts, problem: problemData(error) };
  }
}

async function open(directories: Directories, target: Target, work: WorkContext): Promise<GroupDirectory> {
  // Whoever has paused a group wants it left alone by the schedule, not to be kept from putting it right.
  const off = target.off === 'paused' ? undefined : switchedOff(target);
  if (off) throw off;
  const directory = await directories(target.cloudServiceId);
  await checkTarget(directory, target, work.signal);
  return directory;
}

async function prepare(store: Store, directory: GroupDirectory, { target, run }: Undone, work: WorkContext) {
  return withReading(store, directory, target, 'look', work, async ({ id, size }) => {
    const plan: UndoPlan = { additions: [], removals: [] };
    const names = new Map<string, string>();
    await eachRecorded(store, { targetId: target.id, runId: run.id, readingId: id }, one => {
      planBack(plan, one);
      if (one.name !== null) names.set(one.objectId, one.name);
    });
    return { plan, names, size };
  });
}

async function nextRun(store: Store, { id, fullNeeded }: Target): Promise<'full' | 'incremental'> {
  if (fullNeeded > 0) return 'full';
  const held = await store.db
    .selectFrom('held_plan')
    .innerJoin('target_group', 'target_group.held_plan_id', 'held_plan.id')
    .select('held_plan.kind')
    .where('target_group.id', '=', id)
    .where('refused_at', 'is', null)
    .executeTakeFirst();
  return held?.kind ?? 'incremental';
}

function asChange({ objectId, resourceId }: UndoChange): Change {
  return { objectId, resourceId, why: 'left', attempts: 0, maybeIn: false, decided: false };
}

function hasChanged(collection: string, { run, target }: Undone): Problem {
  return new Problem(
    'held',
    'undo-changed',
    `Putting "${target.name}" back to before run ${run.id} would take other changes by now than those approved. Nothing was sent.`,
    `Look at it again: rollcall cloud-sync undo ${JSON.stringify(collection)} --run ${run.id}.`,
  );
}
