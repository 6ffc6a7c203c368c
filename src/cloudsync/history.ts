import type { ProblemData } from '../base/index.ts';
import type { Store } from '../store/index.ts';
import { findCollection, mappedGroups } from './refs.ts';

/** One run of a group, as it is kept. */
export interface SyncRun {
  id: number;
  groupId: string;
  groupName: string;
  kind: 'full' | 'incremental';
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
}

/**
 * The runs of the groups that a collection feeds, newest first.
 * @throws Problem when the collection does not exist or is not mapped
 */
export async function syncHistory(
  store: Store,
  collection: string,
  { before, limit = 100 }: { before?: number; limit?: number } = {},
): Promise<SyncRun[]> {
  const groups = await mappedGroups(store.db, await findCollection(store.db, collection));
  const rows = await store.db
    .selectFrom('sync_run')
    .innerJoin('target_group', 'target_group.id', 'sync_run.target_group_id')
    .selectAll('sync_run')
    .select(['target_group.group_id', 'target_group.name'])
    .where(
      'sync_run.target_group_id',
      'in',
      groups.map(({ targetId }) => targetId),
    )
    .$if(before !== undefined, query => query.where('sync_run.id', '<', before ?? 0))
    .orderBy('sync_run.id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(row => ({
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
  }));
}
