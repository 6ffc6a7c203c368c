import { sql } from 'kysely';
import { Problem } from '../../base/index.ts';
import type { Queries, Store } from '../../store/index.ts';
import { findCollection, mappedGroups } from '../refs.ts';
import type { RunKind } from '../run/run-record.ts';
import { loadTarget, type Target } from '../targets.ts';
import type { Recorded } from './undo-plan.ts';

/** Which run of which group is to be undone. */
export interface UndoRequest {
  collection: string;
  /** Object id or name; needed where the collection has several groups and no run is named. */
  group?: string | undefined;
  /** The run; absent: the last that has changed something. */
  run?: number | undefined;
}

/** The run to be undone, with its group. */
export interface Undone {
  target: Target;
  run: { id: number; kind: RunKind; requestedBy: string; startedAt: string };
  /** How many runs of the group have changed something since, itself included. */
  runs: number;
}

/**
 * Finds the run that an undo is about.
 * @throws Problem when there is none, it is of another group, or what it did is not known any more
 */
export async function findUndone(store: Store, request: UndoRequest): Promise<Undone> {
  const { db } = store;
  const collection = await findCollection(db, request.collection);
  const groups = await mappedGroups(db, collection, request.group);
  const [first, ...others] = groups;
  if (request.run === undefined && others.length > 0) {
    throw new Problem(
      'conflict',
      'group-ambiguous',
      `The collection "${collection.name}" is mapped to several groups.`,
      `Say which with --group: ${groups.map(({ name, groupId }) => `${name} (${groupId})`).join(', ')}.`,
    );
  }
  const id = request.run ?? (await lastChanging(db, first?.targetId ?? 0, collection.id));
  const run = await db.selectFrom('sync_run').selectAll().where('id', '=', id).executeTakeFirst();
  const group = groups.find(({ targetId }) => targetId === run?.target_group_id);
  const target = group && (await loadTarget(db, group.targetId));
  if (!run || !target) {
    throw new Problem(
      'not-found',
      'run-not-found',
      `The groups of the collection "${collection.name}" have no run ${id}.`,
      `List them: rollcall cloud-sync history ${collection.id}.`,
    );
  }
  if (run.changes_kept === 0) {
    throw new Problem(
      'conflict',
      'run-too-old',
      `It is not known any more what the run ${id} did to each member.`,
      'It is kept for as long as the history: rollcall settings show. Set the group right by hand, or by a full run.',
    );
  }
  return {
    target,
    run: { id, kind: run.kind, requestedBy: run.requested_by, startedAt: run.started_at },
    runs: await runsSince(db, target.id, id),
  };
}

async function lastChanging(db: Queries, targetId: number, collectionId: string): Promise<number> {
  const { rows } = await sql<{ id: number | null }>`
    select max(r.id) as id from sync_run r
    where r.target_group_id = ${targetId} and exists (
      select 1 from run_change c where c.run_id = r.id and (c.outcome = 'done' or c.outcome is null))`.execute(
    db,
  );
  const id = rows[0]?.id ?? null;
  if (id !== null) return id;
  throw new Problem(
    'not-found',
    'nothing-to-undo',
    'No run of this group that is still known in detail has changed anything.',
    `See what ran: rollcall cloud-sync history ${collectionId}.`,
  );
}

async function runsSince(db: Queries, targetId: number, runId: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from sync_run r where r.target_group_id = ${targetId} and r.id >= ${runId}
      and exists (select 1 from run_change c where c.run_id = r.id)`.execute(db);
  return Number(rows[0]?.n ?? 0);
}

/**
 * What the records of a group's runs from one on tell of each object that they touched, and whether a reading of the
 * group holds it. Rows come one by one.
 */
export async function eachRecorded(
  { db, dialect }: Pick<Store, 'db' | 'dialect'>,
  { targetId, runId, readingId }: { targetId: number; runId: number; readingId: number },
  take: (recorded: Recorded) => void,
): Promise<void> {
  // "Already" takes no hold in the first change, which says how it was before, but may in a later one.
  const query = sql<RecordedRow>`
    with touched as (
      select c.object_id, min(c.run_id) as first_id, max(c.resource_id) as resource_id,
        max(case when c.outcome is null or c.outcome = 'done' then 1 else 0 end) as made,
        max(case when c.outcome = 'already' then c.run_id end) as already_id
      from sync_run r join run_change c on c.run_id = r.id
      where r.target_group_id = ${targetId} and r.id >= ${runId}
      group by c.object_id
    )
    select t.object_id, t.resource_id, f.change, f.outcome,
      case when t.made = 1 or t.already_id > t.first_id then 1 else 0 end as effective,
      case when m.object_id is null then 0 else 1 end as listed, m.name
    from touched t
    join run_change f on f.run_id = t.first_id and f.object_id = t.object_id
    left join group_reading_member m on m.reading_id = ${readingId} and m.object_id = t.object_id
    order by t.object_id`;
  await dialect.forEach(db, query, row =>
    take({
      objectId: row.object_id,
      resourceId: row.resource_id,
      change: row.change,
      outcome: row.outcome,
      effective: row.effective === 1,
      listed: row.listed === 1,
      name: row.name,
    }),
  );
}

interface RecordedRow {
  object_id: string;
  resource_id: number | null;
  change: 'add' | 'remove';
  outcome: Recorded['outcome'];
  effective: number;
  listed: number;
  name: string | null;
}

/** The objects of these runs whose change still waits for another try: an undo gives that up. */
export async function openSince(db: Queries, targetId: number, runId: number): Promise<string[]> {
  const { rows } = await sql<{ object_id: string }>`
    select l.object_id from ledger l where l.target_group_id = ${targetId} and l.state <> 'done'
      and exists (${touchedBy(targetId, runId)})`.execute(db);
  return rows.map(row => row.object_id);
}

/** A condition on ledger `l`: a run of the group from one on has touched the object. */
export function touchedBy(targetId: number, runId: number) {
  return sql`select 1 from sync_run r join run_change c on c.run_id = r.id
    where r.target_group_id = ${targetId} and r.id >= ${runId} and c.object_id = l.object_id`;
}
