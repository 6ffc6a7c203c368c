import { sql } from 'kysely';
import type { WorkContext } from '../../base/index.ts';
import type { Queries, Store } from '../../store/index.ts';
import type { GroupDirectory, MemberOutcome } from '../ports.ts';
import { sendOpen } from '../run/apply.ts';
import { noteOutcomes } from '../run/run-changes.ts';
import { endApart, type Tally } from '../run/run-record.ts';
import type { Target } from '../targets.ts';
import type { UndoPlan } from './undo-plan.ts';
import { touchedBy } from './undo-reading.ts';

/** What the ledger shows of a member that an undo took out although a collection wants it. */
function undoneBy(runId: number) {
  return {
    code: 'undone',
    reason: `Taken out by an undo (run ${runId}).`,
    hint: 'The next full run puts it back, as long as the collection wants it.',
  } as const;
}

/** Of an entry of the ledger: nothing is open. */
const settled = sql`state = 'done', maybe_in = 0, attempts = 0, next_try = null`;

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
  const undone = undoneBy(runs.undo);
  // Who was to be taken out stays, as a member that nobody of us put there.
  await sql`delete from ledger where wanted = 'out' and ${objects}`.execute(tx);
  await sql`update ledger set ${settled}, confirmed_at = null,
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
  const record = (change: 'add' | 'remove', outcomes: MemberOutcome[]) =>
    recordAnswers(store, target, { runId, change, outcomes, at: work.clock.now().toISOString() });
  const phase = `Putting ${target.name} back`;
  await sendOpen(store, directory, target, { runId, phase, record }, tally, work);
}

/** Ends the record of an undo of which nothing is open. `counted`: what the activity has of it already. */
export async function endUndo(
  store: Store,
  target: Target,
  runId: number,
  tally: Tally,
  now: Date,
  counted?: Tally,
): Promise<void> {
  await store.transaction(async tx => {
    const ending = { how: 'done', held: null } as const;
    await endApart(tx, target, { id: runId, tally, ending, ...(counted && { counted }) }, now);
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
  const counted = { ...planned, added, removed, failed, requests, writes };
  const tally = { ...counted };
  await sendUndo(store, directory, target, id, tally, work);
  await endUndo(store, target, id, tally, work.clock.now(), counted);
}

/**
 * What Entra has answered. In the ledger, who was taken out and is wanted counts as done with, as if somebody had
 * removed it in Entra; who was put back and is not wanted becomes a member that Rollcall never put there.
 */
async function recordAnswers(
  store: Store,
  { id: targetId, cloudServiceId }: Target,
  answers: { runId: number; change: 'add' | 'remove'; outcomes: readonly MemberOutcome[]; at: string },
): Promise<void> {
  const { runId, change, outcomes, at } = answers;
  const done = outcomes.filter(({ outcome }) => outcome !== 'failed').map(({ objectId }) => objectId);
  await store.transaction(async tx => {
    await noteOutcomes(tx, store.dialect, runId, outcomes);
    if (done.length === 0) return;
    const objects = sql`target_group_id = ${targetId} and object_id in ${store.dialect.among(done)}`;
    if (change === 'add') {
      await sql`delete from ledger where wanted = 'out' and ${objects}`.execute(tx);
      await sql`update ledger set ${settled}, confirmed_at = ${at}, code = null, reason = null, hint = null
        where ${objects}`.execute(tx);
      return;
    }
    const { code, reason, hint } = undoneBy(runId);
    const isWanted = sql`exists (
      select 1 from entra_identity ei
      join membership ms on ms.resource_id = ei.resource_id
      join mapping m on m.collection_num = ms.collection_num and m.target_group_id = ${targetId}
      where ei.cloud_service_id = ${cloudServiceId} and ei.object_id = ledger.object_id)`;
    await sql`update ledger set ${settled}, wanted = 'out', confirmed_at = ${at},
        code = null, reason = null, hint = null
      where ${objects} and not ${isWanted}`.execute(tx);
    // Nothing was confirmed of what is wanted: Entra has agreed to the contrary.
    await sql`update ledger set ${settled}, wanted = 'in', confirmed_at = null,
        code = ${code}, reason = ${reason}, hint = ${hint}
      where ${objects} and ${isWanted}`.execute(tx);
  });
}
