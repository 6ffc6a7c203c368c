import { sql } from 'kysely';
import type { Queries, Store } from '../../store/index.ts';
import type { Plan } from '../plan.ts';
import type { MemberOutcome } from '../ports.ts';
import { reasonOf } from './reasons.ts';

// What each run did to each member: stored before it is sent, completed by the answer. It is what history shows and
// what an undo takes back.

/**
 * Stores what a run is about to send: all that stands open in the group's ledger once its intents are stored, so it
 * is one statement however many members it concerns.
 */
export async function noteIntents(tx: Queries, runId: number, targetId: number, plan: Plan): Promise<void> {
  await sql`insert into run_change (run_id, object_id, resource_id, change, is_foreign)
    select ${runId}, object_id, resource_id, case wanted when 'in' then 'add' else 'remove' end,
      case when wanted = 'out' and resource_id is null then 1 else 0 end
    from ledger where target_group_id = ${targetId} and state = 'pending'`.execute(tx);
  // Members that Rollcall took out and somebody else put back: foreign, though their resource is known.
  const returned = plan.removals.filter(({ why, resourceId }) => why === 'foreign' && resourceId !== null);
  await setForeign(
    tx,
    runId,
    returned.map(({ objectId }) => objectId),
  );
}

/** Stores that a run is about to send the change of one object whose intent is in the ledger. */
export async function noteObject(
  tx: Queries,
  runId: number,
  targetId: number,
  objectId: string,
): Promise<void> {
  await sql`insert into run_change (run_id, object_id, resource_id, change)
    select ${runId}, object_id, resource_id, case wanted when 'in' then 'add' else 'remove' end
    from ledger where target_group_id = ${targetId} and object_id = ${objectId}`.execute(tx);
}

const idsAtOnce = 500;
const runsAtOnce = 100;

async function setForeign(tx: Queries, runId: number, objectIds: readonly string[]): Promise<void> {
  for (let at = 0; at < objectIds.length; at += idsAtOnce) {
    await tx
      .updateTable('run_change')
      .set({ is_foreign: 1 })
      .where('run_id', '=', runId)
      .where('object_id', 'in', objectIds.slice(at, at + idsAtOnce))
      .execute();
  }
}

/** Writes down what Entra answered about members of a run. */
export async function noteOutcomes(
  tx: Queries,
  dialect: Store['dialect'],
  runId: number,
  outcomes: readonly MemberOutcome[],
): Promise<void> {
  const alike = Map.groupBy(outcomes, outcome =>
    outcome.outcome === 'failed' ? `${outcome.kind} ${outcome.code} ${outcome.message}` : outcome.outcome,
  );
  for (const group of alike.values()) {
    const [first] = group;
    if (!first) continue;
    const [code, reason] = first.outcome === 'failed' ? [first.code, reasonOf(first).reason] : [null, null];
    const ids = dialect.among(group.map(({ objectId }) => objectId));
    await sql`update run_change set outcome = ${first.outcome}, code = ${code}, reason = ${reason}
      where run_id = ${runId} and object_id in ${ids}`.execute(tx);
  }
}

/**
 * Forgets what runs that ended before an instant did to each member, and held plans that nobody holds any more. The
 * runs stay in the history with their counts; they can not be undone any more.
 */
export async function pruneRunChanges(store: Store, before: Date, signal?: AbortSignal): Promise<void> {
  const at = before.toISOString();
  for (;;) {
    signal?.throwIfAborted();
    const runs = await store.db
      .selectFrom('sync_run')
      .select('id')
      .where('changes_kept', '=', 1)
      .where('finished_at', '<', at)
      .orderBy('id')
      .limit(runsAtOnce)
      .execute();
    if (runs.length === 0) break;
    const ids = runs.map(({ id }) => id);
    await store.transaction(async tx => {
      await tx.deleteFrom('run_change').where('run_id', 'in', ids).execute();
      await tx.updateTable('sync_run').set({ changes_kept: 0 }).where('id', 'in', ids).execute();
    });
  }
  await store.db
    .deleteFrom('held_plan')
    .where('created_at', '<', at)
    .where('id', 'not in', eb =>
      eb
        .selectFrom('held_plan as later')
        .innerJoin('target_group', 'target_group.held_plan_id', 'later.id')
        .select('later.refused_plan_id')
        .where('later.refused_plan_id', 'is not', null)
        .$castTo<{ refused_plan_id: number }>(),
    )
    .where('id', 'not in', eb =>
      eb
        .selectFrom('target_group')
        .select('held_plan_id')
        .where('held_plan_id', 'is not', null)
        .$castTo<{ held_plan_id: number }>(),
    )
    .execute();
}
