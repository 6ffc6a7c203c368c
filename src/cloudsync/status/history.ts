import { type Selectable, sql } from 'kysely';
import type { ProblemData } from '../../base/index.ts';
import { type SortField, type Store, type SyncRunTable, sortedPage } from '../../store/index.ts';
import { refusalOf } from '../held/held.ts';
import { findCollection, mappedGroups } from '../refs.ts';
import type { RunKind } from '../run/run-record.ts';
import { findUndone } from '../undo/undo-reading.ts';

/** One run of a group, as it is kept. */
export interface SyncRun {
  id: number;
  groupId: string;
  groupName: string;
  kind: RunKind;
  requestedBy: string;
  startedAt: string;
  finishedAt: string | null;
  status: string;
  plannedAdditions: number;
  plannedRemovals: number;
  added: number;
  removed: number;
  failed: number;
  requests: number;
  writes: number;
  problem: ProblemData | null;
  /** Of an undo: the run before which it put the group back. */
  undoesRunId: number | null;
  /** What it did to each member is still known: it can be listed, and undone. */
  changesKept: boolean;
  /** What became of the plan that this run held, where somebody has decided. */
  decision: Decided | null;
}

/** Who approved or refused a held plan. */
export interface Decided {
  decision: 'approved' | 'refused';
  by: string;
  at: string;
  reason: string | null;
}

/** Which runs to list, and in which order. */
export interface RunsQuery {
  /** Object id or name of a group; absent: all that the collection feeds. */
  group?: string | undefined;
  kind?: RunKind | undefined;
  /** How they ended, as the store has it. */
  status?: SyncRunTable['status'] | undefined;
  /** Fields joined by commas, with a minus before for the other way round; newest first when left out. */
  sort?: string | undefined;
  after?: string | undefined;
  limit?: number;
}

const key: SortField<Selectable<SyncRunTable>> = { column: sql`sync_run.id`, value: row => row.id };
const sortable: Readonly<Record<string, SortField<Selectable<SyncRunTable>>>> = {
  // Runs are numbered as they begin.
  startedAt: key,
  kind: { column: sql`sync_run.kind`, value: row => row.kind },
  status: { column: sql`sync_run.status`, value: row => row.status },
  requestedBy: { column: sql`sync_run.requested_by`, value: row => row.requested_by },
  added: { column: sql`sync_run.added`, value: row => row.added },
  removed: { column: sql`sync_run.removed`, value: row => row.removed },
  failed: { column: sql`sync_run.failed`, value: row => row.failed },
  requests: { column: sql`sync_run.requests`, value: row => row.requests },
  writes: { column: sql`sync_run.writes`, value: row => row.writes },
};

/**
 * The runs of the groups that a collection feeds, a page at a time.
 * @throws Problem when the collection does not exist or is not mapped, `sort-unknown`, `bad-page`
 */
export async function syncHistory(
  store: Store,
  collection: string,
  { group, kind, status, sort, after, limit = 100 }: RunsQuery = {},
): Promise<{ runs: SyncRun[]; next: string | null }> {
  const sorted = sortedPage(sortable, key, '-startedAt', { sort, after });
  const groups = await mappedGroups(store.db, await findCollection(store.db, collection), group);
  const rows = await store.db
    .selectFrom('sync_run')
    .innerJoin('target_group', 'target_group.id', 'sync_run.target_group_id')
    .selectAll('sync_run')
    .leftJoin('held_plan', 'held_plan.run_id', 'sync_run.id')
    .select(['target_group.group_id', 'target_group.name', 'approved_at', 'approved_by'])
    .select(['refused_at', 'refused_by', 'refused_reason'])
    .where(
      'sync_run.target_group_id',
      'in',
      groups.map(({ targetId }) => targetId),
    )
    .$if(kind !== undefined, query => query.where('sync_run.kind', '=', kind ?? 'full'))
    .$if(status !== undefined, query => query.where('sync_run.status', '=', status ?? 'success'))
    .$if(sorted.after !== undefined, query => query.where(sql<boolean>`${sorted.after}`))
    .orderBy(sorted.orderBy)
    .limit(limit + 1)
    .execute();
  const { rows: shown, next } = sorted.page(rows, limit);
  const runs = (shown as typeof rows).map(row => ({
    id: row.id,
    groupId: row.group_id,
    groupName: row.name,
    kind: row.kind,
    requestedBy: row.requested_by,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    status: row.status,
    plannedAdditions: row.planned_additions,
    plannedRemovals: row.planned_removals,
    added: row.added,
    removed: row.removed,
    failed: row.failed,
    requests: row.requests,
    writes: row.writes,
    problem: row.problem === null ? null : JSON.parse(row.problem),
    undoesRunId: row.undoes_run_id,
    changesKept: row.changes_kept === 1,
    decision: decided(row),
  }));
  return { runs, next };
}

function decided(row: {
  approved_at: string | null;
  approved_by: string | null;
  refused_at: string | null;
  refused_by: string | null;
  refused_reason: string | null;
}): Decided | null {
  if (row.approved_at !== null) {
    return { decision: 'approved', by: row.approved_by ?? '', at: row.approved_at, reason: null };
  }
  const refusal = refusalOf(row);
  return refusal && { decision: 'refused', ...refusal };
}

/** What a run did to one member. */
export interface RunMember {
  name: string;
  objectId: string;
  resourceId: number | null;
  change: 'add' | 'remove';
  /** A removal of a member that Rollcall never put there. */
  foreign: boolean;
  /** done: Entra has changed it; already: it was so before; null: no answer came. */
  outcome: 'done' | 'already' | 'failed' | null;
  code: string | null;
  reason: string | null;
}

/**
 * The members that a run has changed or tried to change, a page at a time.
 * @param after object id of the last of the page before
 * @throws Problem when the collection has no such run, or it is not known any more what it did
 */
export async function runMembers(
  store: Store,
  collection: string,
  runId: number,
  { after = '', limit }: { after?: string | undefined; limit: number },
): Promise<{ members: RunMember[]; groupId: string; next: string | null }> {
  const { target, run } = await findUndone(store, { collection, run: runId });
  const { rows } = await sql<Omit<RunMember, 'foreign'> & { is_foreign: number }>`
    select coalesce(r.name, eo.display_name, c.object_id) as name, c.object_id as "objectId",
      c.resource_id as "resourceId", c.change, c.is_foreign, c.outcome, c.code, c.reason
    from run_change c
    left join resource r on r.id = c.resource_id
    left join entra_object eo
      on eo.cloud_service_id = ${target.cloudServiceId} and eo.object_id = c.object_id
    where c.run_id = ${run.id} and c.object_id > ${after}
    order by c.object_id limit ${limit + 1}`.execute(store.db);
  const members = rows
    .slice(0, limit)
    .map(({ is_foreign, ...row }) => ({ ...row, foreign: is_foreign === 1 }));
  const next = rows.length > limit ? (members.at(-1)?.objectId ?? null) : null;
  return { members, groupId: target.groupId, next };
}
