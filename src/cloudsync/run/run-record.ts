import type { ProblemData } from '../../base/index.ts';
import type { Queries, Store } from '../../store/index.ts';
import { countLedger, dropSettledRemovals } from '../ledger/ledger.ts';
import { noteActivity } from '../status/activity.ts';
import { type StatusWord, statusWord } from '../status/status-words.ts';
import type { Target } from '../targets.ts';
import type { Kind } from './prepare.ts';

const hour = 3_600_000;

/** What a run has done so far. */
export interface Tally {
  plannedAdditions: number;
  plannedRemovals: number;
  added: number;
  removed: number;
  failed: number;
  requests: number;
  writes: number;
}

/** How a run ended as a whole. */
export type Ending =
  | { how: 'done'; held: string | null }
  | { how: 'problem'; problem: ProblemData }
  | { how: 'interrupted' };

/** What kinds of runs are on record: beside the runs of a whole group, an undo and that of one member. */
export type RunKind = Kind | 'undo' | 'member';

/**
 * Begins the record of a run; earlier ones of this group that never ended were cut short.
 * @param undoes of an undo, the run before which the group is put back
 */
export async function beginRun(
  store: Store,
  target: Target,
  kind: RunKind,
  requestedBy: string,
  now: Date,
  undoes: number | null = null,
): Promise<number> {
  const at = now.toISOString();
  return store.transaction(async tx => {
    await tx
      .updateTable('sync_run')
      .set({ status: 'interrupted', finished_at: at })
      .where('target_group_id', '=', target.id)
      .where('status', '=', 'running')
      .execute();
    // Only a full run that has come to its end ends the need for one; until then every run is full.
    if (kind === 'full') {
      await tx
        .updateTable('target_group')
        .set({ full_needed: 1 })
        .where('id', '=', target.id)
        .where('full_needed', '=', 0)
        .execute();
    }
    const { id } = await tx
      .insertInto('sync_run')
      .values({
        target_group_id: target.id,
        kind,
        requested_by: requestedBy,
        started_at: at,
        finished_at: null,
        status: 'running',
        planned_additions: 0,
        planned_removals: 0,
        added: 0,
        removed: 0,
        failed: 0,
        requests: 0,
        writes: 0,
        problem: null,
        undoes_run_id: undoes,
        changes_kept: 1,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  });
}

/** Ends the record of a run and says in the group how it stands. */
export async function endRun(
  store: Store,
  target: Target,
  run: { id: number; kind: Kind; tally: Tally; ending: Ending },
  now: Date,
): Promise<StatusWord> {
  const { id, kind, tally, ending } = run;
  return store.transaction(async tx => {
    await endRecord(tx, id, tally, ending, now);
    await noteActivity(tx, target.cloudServiceId, { ...tally, status: runStatus(ending, tally) }, now);
    if (ending.how === 'problem') await dropRepetition(tx, target.id, id);
    return noteStanding(tx, target, kind, ending, now);
  });
}

/**
 * Ends the record of a run that says nothing about how the group stands: an undo, or that of one member.
 * @param counted of an undo that goes on after it was cut short: what the activity has counted of it already
 */
export async function endApart(
  tx: Queries,
  target: Target,
  run: { id: number; tally: Tally; ending: Ending; counted?: Tally },
  now: Date,
): Promise<void> {
  const { id, tally, ending, counted } = run;
  await endRecord(tx, id, tally, ending, now);
  const since = (count: keyof Tally) => tally[count] - (counted?.[count] ?? 0);
  await noteActivity(
    tx,
    target.cloudServiceId,
    {
      ...{ added: since('added'), removed: since('removed'), failed: since('failed') },
      ...{ requests: since('requests'), writes: since('writes') },
      status: runStatus(ending, tally),
    },
    now,
  );
}

/** Ends the record of a run, and nothing else. */
async function endRecord(tx: Queries, id: number, tally: Tally, ending: Ending, now: Date): Promise<void> {
  await tx
    .updateTable('sync_run')
    .set({
      finished_at: now.toISOString(),
      status: runStatus(ending, tally),
      planned_additions: tally.plannedAdditions,
      planned_removals: tally.plannedRemovals,
      added: tally.added,
      removed: tally.removed,
      failed: tally.failed,
      requests: tally.requests,
      writes: tally.writes,
      problem: ending.how === 'problem' ? JSON.stringify(ending.problem) : null,
    })
    .where('id', '=', id)
    .execute();
}

/** A problem that lasts would fill the history, a row every five minutes: of equal ones in a row the last is kept. */
async function dropRepetition(tx: Queries, targetId: number, id: number): Promise<void> {
  const runs = await tx
    .selectFrom('sync_run')
    .select(['id', 'kind', 'requested_by', 'problem', 'writes'])
    .where('target_group_id', '=', targetId)
    .where('id', '<=', id)
    .orderBy('id', 'desc')
    .limit(2)
    .execute();
  const [last, before] = runs;
  if (!last || !before || before.problem !== last.problem || before.writes > 0) return;
  if (before.kind !== last.kind || before.requested_by !== last.requested_by) return;
  await tx.deleteFrom('sync_run').where('id', '=', before.id).execute();
}

/** Notes in the group when and how its last run ended. */
export async function noteStanding(
  tx: Queries,
  target: Target,
  kind: Kind,
  ending: Ending,
  now: Date,
): Promise<StatusWord> {
  await dropSettledRemovals(tx, target.id, new Date(now.getTime() - hour));
  const counts = await countLedger(tx, target.id);
  const word = statusWord({
    off: false,
    problem: ending.how === 'problem',
    held: ending.how === 'done' && ending.held !== null,
    everRun: ending.how !== 'interrupted',
    completed: counts.done,
    inProgress: counts.pending,
    failed: counts.failed,
  });
  const at = now.toISOString();
  if (kind === 'full' && ending.how === 'done') {
    // A mapping that came while this run was under way has counted on and waits for a full run of its own.
    await tx
      .updateTable('target_group')
      .set({ full_needed: 0 })
      .where('id', '=', target.id)
      .where('full_needed', '<=', Math.max(1, target.fullNeeded))
      .execute();
  }
  await tx
    .updateTable('target_group')
    .set({ last_sync_status: word, last_sync_at: at })
    .set({ problem: ending.how === 'problem' ? JSON.stringify(ending.problem) : null })
    .$if(kind === 'full', update => update.set({ last_full_status: word, last_full_at: at }))
    .where('id', '=', target.id)
    .execute();
  await noteMemberCounts(tx, target.id, kind);
  return word;
}

/** Notes in each mapping how many members its collection had: a group may hold the union of several. */
async function noteMemberCounts(tx: Queries, targetId: number, kind: Kind): Promise<void> {
  await tx
    .updateTable('mapping')
    .from('collection')
    .set(({ ref }) => ({
      last_sync_count: ref('collection.member_count'),
      ...(kind === 'full' ? { last_full_count: ref('collection.member_count') } : {}),
    }))
    .whereRef('collection.num', '=', 'mapping.collection_num')
    .where('mapping.target_group_id', '=', targetId)
    .execute();
}

function runStatus(ending: Ending, tally: Tally) {
  if (ending.how === 'interrupted') return 'interrupted';
  if (ending.how === 'problem') return 'failed';
  if (ending.held !== null) return 'held';
  if (tally.failed === 0) return 'success';
  return tally.added + tally.removed > 0 ? 'partial-success' : 'failed';
}
