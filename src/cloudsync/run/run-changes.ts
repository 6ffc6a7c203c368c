import { sql } from 'kysely';
import type { Queries, Store } from '../../store/index.ts';
import type { Change, Plan } from '../plan.ts';
import type { MemberOutcome } from '../ports.ts';
import { reasonOf } from './reasons.ts';

// What each run did to each member: stored before it is sent, completed by the answer. It is what history shows and
// what an undo takes back. What is sent is read from here: it can be more than memory should hold.

/** Objects named in one statement. */
const idsAtOnce = 500;
/** Changes in memory before they are sent. */
const openAtOnce = 2_000;
const runsAtOnce = 100;

/**
 * Stores what a run is about to send: all that stands open in the group's ledger once its intents are stored, so it
 * is one statement however many members it concerns.
 * @param withheld what the run would have done and may not: of these nothing is sent, even where something is open
 */
export async function noteIntents(
  tx: Queries,
  { runId, targetId }: { runId: number; targetId: number },
  plan: Plan,
  withheld: readonly Change[],
): Promise<void> {
  await sql`insert into run_change (run_id, object_id, resource_id, change, is_foreign)
    select ${runId}, object_id, resource_id, case wanted when 'in' then 'add' else 'remove' end,
      case when wanted = 'out' and resource_id is null then 1 else 0 end
    from ledger where target_group_id = ${targetId} and state = 'pending'`.execute(tx);
  // Members that Rollcall took out and somebody else put back: foreign, though their resource is known.
  const returned = plan.removals.filter(({ why, resourceId }) => why === 'foreign' && resourceId !== null);
  for (const ids of someAtOnce(returned)) {
    await tx
      .updateTable('run_change')
      .set({ is_foreign: 1 })
      .where('run_id', '=', runId)
      .where('object_id', 'in', ids)
      .execute();
  }
  for (const ids of someAtOnce(withheld)) {
    await tx.deleteFrom('run_change').where('run_id', '=', runId).where('object_id', 'in', ids).execute();
  }
}

function* someAtOnce(changes: readonly Change[]): Generator<string[]> {
  for (let at = 0; at < changes.length; at += idsAtOnce) {
    yield changes.slice(at, at + idsAtOnce).map(({ objectId }) => objectId);
  }
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

/** How many changes of a run have no answer yet. */
export async function countOpen(db: Queries, runId: number): Promise<{ add: number; remove: number }> {
  const { rows } = await sql<{ change: 'add' | 'remove'; n: number }>`
    select change, count(*) as n from run_change
    where run_id = ${runId} and outcome is null group by change`.execute(db);
  const count = (change: 'add' | 'remove') => Number(rows.find(row => row.change === change)?.n ?? 0);
  return { add: count('add'), remove: count('remove') };
}

/** The objects of a run's changes that have no answer yet, read some at a time. */
export async function* openObjects(
  db: Queries,
  runId: number,
  change: 'add' | 'remove',
): AsyncGenerator<string, undefined> {
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('run_change')
      .select('object_id')
      .where('run_id', '=', runId)
      .where('change', '=', change)
      .where('outcome', 'is', null)
      .where('object_id', '>', after)
      .orderBy('object_id')
      .limit(openAtOnce)
      .execute();
    for (const row of rows) yield row.object_id;
    const last = rows.at(-1);
    if (!last || rows.length < openAtOnce) return;
    after = last.object_id;
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
