import { sql } from 'kysely';
import type { WorkContext } from '../base/index.ts';
import type { Queries, Store } from '../store/index.ts';
import type { GroupDirectory, MemberOutcome } from './ports.ts';
import { noteOutcomes } from './run-changes.ts';
import { endRecord, type Tally } from './run-record.ts';
import type { Target } from './targets.ts';
import type { UndoPlan } from './undo-plan.ts';
import { touchedBy } from './undo-reading.ts';

/** The code that the ledger shows of a member that an undo took out although its collection wants it. */
const undone = {
  code: 'undone',
  reason: 'Taken out by an undo.',
  hint: 'The next full run puts it back, as long as the collection wants it.',
} as const;

const changeColumns = ['run_id', 'object_id', 'resource_id', 'change'] as const;

/**
 * Stores an undo that is about to be sent. From here on it is finished by the next run of the group, should it be cut
 * short. Changes of the undone runs that still wait for another try are given up.
 */
export async function storeUndo(
  store: Store,
  targetId: number,
  runs: { undo: number; undone: number },
  { additions, removals }: UndoPlan,
): Promise<void> {
  const rows = [
    ...removals.map(one => [runs.undo, one.objectId, one.resourceId, 'remove']),
    ...additions.map(one => [runs.undo, one.objectId, one.resourceId, 'add']),
  ];
  await store.transaction(async tx => {
    await store.dialect.insertMany(tx, 'run_change', changeColumns, rows);
    await giveUpOpen(tx, targetId, runs);
    await tx.updateTable('target_group').set({ undo_run_id: runs.undo }).where('id', '=', targetId).execute();
  });
}

async function giveUpOpen(tx: Queries, targetId: number, runs: { undo: number; undone: number }) {
  const given = sql`l.target_group_id = ${targetId} and l.state <> 'done'
    and exists (${touchedBy(targetId, runs.undone)})
    and not exists (select 1 from run_change u where u.run_id = ${runs.undo} and u.object_id = l.object_id)`;
  const objects = sql`target_group_id = ${targetId} and object_id in (select l.object_id from ledger l where ${given})`;
  // Who was to be taken out stays, as a member that nobody of us put there.
  await sql`delete from ledger where wanted = 'out' and ${objects}`.execute(tx);
  await sql`update ledger set state = 'done', maybe_in = 0, attempts = 0, next_try = null, confirmed_at = null,
      code = ${undone.code}, reason = ${undone.reason}, hint = ${undone.hint}
    where wanted = 'in' and ${objects}`.execute(tx);
}

/**
 * Sends what of a stored undo has no answer yet, and ends its record.
 * @throws Problem when the directory as a whole fails: the rest is sent by the next run
 */
export async function sendUndo(
  store: Store,
  directory: GroupDirectory,
  target: Target,
  runId: number,
  tally: Tally,
  work: WorkContext,
): Promise<void> {
  const open = await store.db
    .selectFrom('run_change')
    .select(['object_id', 'change'])
    .where('run_id', '=', runId)
    .where('outcome', 'is', null)
    .execute();
  const ids = (change: 'add' | 'remove') =>
    open.filter(row => row.change === change).map(row => row.object_id);
  let answered = 0;
  const told = (change: 'add' | 'remove') => async (outcomes: MemberOutcome[]) => {
    await recordAnswers(store, target.id, runId, change, outcomes);
    const failed = outcomes.filter(({ outcome }) => outcome === 'failed').length;
    tally.failed += failed;
    tally[change === 'add' ? 'added' : 'removed'] += outcomes.length - failed;
    answered += outcomes.length;
    work.report({
      phase: `Putting ${target.name} back`,
      done: answered,
      total: open.length,
      unit: 'members',
    });
  };
  const [removals, additions] = [ids('remove'), ids('add')];
  if (removals.length > 0) {
    await directory.removeMembers(target.groupId, removals, told('remove'), work.signal);
  }
  if (additions.length > 0) {
    await directory.addMembers(target.groupId, additions, told('add'), work.signal);
  }
}

/** Ends the record of an undo of which nothing is open. */
export async function endUndo(
  store: Store,
  target: Target,
  runId: number,
  tally: Tally,
  now: Date,
): Promise<void> {
  await store.transaction(async tx => {
    await endRecord(tx, runId, tally, { how: 'done', held: null }, now);
    await tx.updateTable('target_group').set({ undo_run_id: null }).where('id', '=', target.id).execute();
  });
}

/** Finishes the undo of a group that was cut short, if one was. To be called under the group's lease. */
export async function finishUndo(
  store: Store,
  directory: GroupDirectory,
  target: Target,
  work: WorkContext,
): Promise<void> {
  if (target.undoRunId === null) return;
  const { id, added, removed, failed, requests, writes, planned_additions, planned_removals } = await store.db
    .selectFrom('sync_run')
    .selectAll()
    .where('id', '=', target.undoRunId)
    .executeTakeFirstOrThrow();
  const planned = { plannedAdditions: planned_additions, plannedRemovals: planned_removals };
  const tally = { ...planned, added, removed, failed, requests, writes };
  await sendUndo(store, directory, target, id, tally, work);
  await endUndo(store, target, id, tally, work.clock.now());
}

/**
 * What Entra has answered. In the ledger, who was taken out stays wanted and done with, as if somebody had removed it
 * in Entra; who was put back and is not wanted becomes a member that Rollcall never put there.
 */
async function recordAnswers(
  store: Store,
  targetId: number,
  runId: number,
  change: 'add' | 'remove',
  outcomes: readonly MemberOutcome[],
): Promise<void> {
  const done = outcomes.filter(({ outcome }) => outcome !== 'failed').map(({ objectId }) => objectId);
  const ids = store.dialect.among(done);
  await store.transaction(async tx => {
    await noteOutcomes(tx, store.dialect, runId, outcomes);
    if (done.length === 0) return;
    if (change === 'add') {
      await sql`delete from ledger
        where target_group_id = ${targetId} and wanted = 'out' and object_id in ${ids}`.execute(tx);
    }
    const out = change === 'remove';
    const told = (text: string) => (out ? sql`case wanted when 'in' then ${text} end` : sql`null`);
    await sql`update ledger set state = 'done', maybe_in = 0, attempts = 0, next_try = null, confirmed_at = null,
        code = ${told(undone.code)}, reason = ${told(undone.reason)}, hint = ${told(undone.hint)}
      where target_group_id = ${targetId} and object_id in ${ids}`.execute(tx);
  });
}
