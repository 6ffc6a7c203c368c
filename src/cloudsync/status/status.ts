import { type RawBuilder, sql } from 'kysely';
import { fold, type ProblemData, problemFrom } from '../../base/index.ts';
import {
  beginsWith,
  contains,
  type Queries,
  type ResourceType,
  type Store,
  sortedPage,
} from '../../store/index.ts';
import { type HeldSummary, heldSummaries } from '../held/held-plans.ts';
import { findCollection, noSuchMapping, targetsCalled } from '../refs.ts';
import { switchedOff } from '../switches.ts';
import type { Target } from '../targets.ts';
import { isCounted, loadMarks, openRemovals } from './counts.ts';
import { inStatus, type PageQuery, type SortRow, sortable, sortKey, sortRows } from './status-order.ts';
import { type StatusWord, statusWord } from './status-words.ts';

/** A row of Collection Cloud Sync. Member Count = completed + in progress + failed + not in Entra. */
export interface MappingStatus {
  id: number;
  collectionId: string;
  collectionName: string;
  collectionType: 'device' | 'user';
  groupId: string;
  groupName: string;
  cloudServiceId: number;
  status: StatusWord;
  memberCount: number;
  syncCompleted: number;
  syncInProgress: number;
  syncFailed: number;
  notInEntra: number;
  /** Members that collections wanted in the group at its last full run, how that ended, and when. */
  lastFullSyncMemberCount: number | null;
  lastFullSyncStatus: string | null;
  lastFullSyncTime: string | null;
  /** The same of its last run of either kind. */
  lastSyncMemberCount: number | null;
  lastSyncStatus: string | null;
  lastSyncTime: string | null;
  /** What stopped the last run as a whole, or keeps the mapping from being synchronized. */
  problem: ProblemData | null;
  /** The plan that waits for an approval, or whose removals somebody has refused. */
  heldPlan: HeldSummary | null;
  /** Limits of the guard that are set for this mapping; null: the tenant's holds. */
  maxRemovals: number | null;
  maxRemovalPercent: number | null;
  paused: boolean;
}

interface StatusRow {
  mapping_id: number;
  collection_id: string;
  collection_name: string;
  type: 'device' | 'user';
  group_id: string;
  group_name: string;
  cloud_service_id: number;
  service_name: string;
  group_sync: number;
  entra_authentication_disabled: number;
  last_full_count: number | null;
  last_full_status: string | null;
  last_full_at: string | null;
  last_sync_count: number | null;
  last_sync_status: string | null;
  last_sync_at: string | null;
  problem: string | null;
  held_plan_id: number | null;
  max_removals: number | null;
  max_removal_percent: number | null;
  paused: number;
  any_paused: string | null;
  members: number | null;
  completed: number | null;
  failed: number | null;
  absent: number | null;
  removals_pending: number | null;
  removals_failed: number | null;
}

/** Which mappings are asked about. */
export interface StatusQuery {
  /** Ids or names; absent: all. */
  collections?: readonly string[] | undefined;
  /** Object id or name of the group that they feed; absent: any. */
  group?: string | undefined;
  /** Those of device or of user collections; absent: both. */
  type?: ResourceType | undefined;
  /** Numbers of the collections to choose from; absent: all. */
  among?: readonly number[] | undefined;
}

/** Which of them a list shows. */
export interface StatusFilter {
  /** Those in one of these statuses, as counted last; absent: in any. */
  status?: readonly StatusWord[] | undefined;
  /** Part of the collection's or the group's name, or the beginning of the collection's id or the group's. */
  search?: string | undefined;
}

/**
 * How every mapping stands, in the order of the collections' names. Counts anew the
 * members of mappings where something has changed since they were counted last.
 * @throws Problem when a named collection does not exist
 */
export async function mappingStatus(store: Store, query: StatusQuery = {}): Promise<MappingStatus[]> {
  return await statusWhere(store.db, await conditionOf(store, query));
}

/**
 * How one mapping stands.
 * @throws Problem `mapping-not-found`
 */
export async function getMapping(store: Store, id: number): Promise<MappingStatus> {
  const [mapping] = await statusWhere(store.db, oneOf('m.id', [id]));
  if (mapping) return mapping;
  throw noSuchMapping(id);
}

/**
 * The same by pages: counts the members of what is on the page only.
 * Sorted by counts as they were counted last; what has changed since is counted now where it is shown.
 * @param query.after where to go on, as the page before said in `next`
 * @throws Problem when a named collection does not exist
 */
export async function mappingStatusPage(
  store: Store,
  { after, limit, sort, total, status, search, ...query }: StatusQuery & StatusFilter & PageQuery,
): Promise<{ mappings: MappingStatus[]; next: string | null; total?: number }> {
  const sorted = sortedPage(sortable, sortKey, 'collectionName,groupName', { sort, after });
  const found = sortRows(sql`${await conditionOf(store, query)} ${calledLike(search)}`);
  const filtered = status ? sql`${found} and ${inStatus(status)}` : found;
  const { rows } = await sql<SortRow>`
    ${filtered} ${sorted.after ? sql`and ${sorted.after}` : sql``}
    order by ${sorted.orderBy} limit ${limit + 1}`.execute(store.db);
  const page = sorted.page(rows, limit);
  const ids = page.rows.map(({ id }) => id);
  const standing = await statusWhere(store.db, oneOf('m.id', ids));
  const mappings = ids.flatMap(id => standing.filter(mapping => mapping.id === id));
  return { mappings, next: page.next, ...(total ? { total: await countMappings(store, filtered) } : {}) };
}

async function countMappings(store: Store, rows: RawBuilder<unknown>): Promise<number> {
  const counted = await sql<{ n: number }>`select count(*) as n from (${rows}) f`.execute(store.db);
  return counted.rows[0]?.n ?? 0;
}

/** A condition on mapping `m` of collection `c` and target group `tg`, beginning with `and`; nothing for no search. */
function calledLike(search: string | undefined): RawBuilder<unknown> {
  const text = search?.trim();
  if (!text) return sql``;
  return sql`and (${contains('c.name_key', fold(text))} or ${contains('tg.name_key', fold(text))}
    or ${beginsWith('c.id', text.toUpperCase())} or ${beginsWith('tg.group_id', text.toLowerCase())})`;
}

async function conditionOf(
  store: Store,
  { collections, group, type, among }: StatusQuery,
): Promise<RawBuilder<unknown>> {
  const { db } = store;
  const ofType = sql.join(
    [
      type === undefined
        ? sql``
        : sql`and m.collection_num in (select num from collection where type = ${type})`,
      among === undefined ? sql`` : sql`and m.collection_num in ${store.dialect.among(among)}`,
      group === undefined
        ? sql``
        : sql`and m.target_group_id in ${store.dialect.among(await targetsCalled(db, group))}`,
    ],
    sql` `,
  );
  if (!collections) return sql`where true ${ofType}`;
  const nums: number[] = [];
  for (const ref of collections) nums.push((await findCollection(db, ref)).num);
  return sql`${oneOf('m.collection_num', nums)} ${ofType}`;
}

function oneOf(column: string, values: readonly number[]): RawBuilder<unknown> {
  return sql`where ${sql.ref(column)} in (${values.length > 0 ? sql.join(values) : sql`null`})`;
}

/** @param some a condition on mapping `m`, or nothing */
async function statusWhere(db: Queries, some: RawBuilder<unknown>): Promise<MappingStatus[]> {
  const counted = sql`(${isCounted(await loadMarks(db))})`;
  const { rows } = await sql<StatusRow>`
    with counted as (
      select m.id,
        count(*) as members,
        sum(case when l.wanted = 'in' and l.state = 'done' then 1 else 0 end) as completed,
        sum(case when l.wanted = 'in' and l.state = 'failed' then 1 else 0 end) as failed,
        sum(case when ei.object_id is null then 1 else 0 end) as absent
      from mapping m
      join target_group tg on tg.id = m.target_group_id
      join membership ms on ms.collection_num = m.collection_num
      left join entra_identity ei
        on ei.cloud_service_id = tg.cloud_service_id and ei.resource_id = ms.resource_id
      left join ledger l on l.target_group_id = tg.id and l.object_id = ei.object_id
      ${some} and not ${counted}
      group by m.id
    ), leaving as (${openRemovals})
    select m.id as mapping_id, c.id as collection_id, c.name as collection_name, c.type, tg.group_id, tg.name as group_name,
      tg.cloud_service_id, cs.name as service_name, cs.group_sync, cs.entra_authentication_disabled,
      m.last_full_count, tg.last_full_status, tg.last_full_at, m.last_sync_count, tg.last_sync_status,
      tg.last_sync_at, tg.problem, tg.held_plan_id, m.max_removals, m.max_removal_percent, m.paused,
      (select min(pc.id || ' ' || pc.name) from mapping p join collection pc on pc.num = p.collection_num
       where p.target_group_id = tg.id and p.paused = 1) as any_paused,
      coalesce(n.members, k.members) as members, coalesce(n.completed, k.completed) as completed,
      coalesce(n.failed, k.failed) as failed, coalesce(n.absent, k.absent) as absent,
      o.pending as removals_pending, o.failed as removals_failed
    from mapping m
    join collection c on c.num = m.collection_num
    join target_group tg on tg.id = m.target_group_id
    join cloud_service cs on cs.id = tg.cloud_service_id
    left join counted n on n.id = m.id
    left join mapping_count k on k.mapping_id = m.id and ${counted}
    left join leaving o on o.target_group_id = tg.id
    ${some}
    order by c.name_key, tg.name, m.id`.execute(db);
  const held = await heldSummaries(
    db,
    rows.flatMap(row => row.held_plan_id ?? []),
  );
  return rows.map(row => statusOf(row, row.held_plan_id === null ? undefined : held.get(row.held_plan_id)));
}

function statusOf(row: StatusRow, heldPlan: HeldSummary | undefined): MappingStatus {
  const count = (value: number | null) => Number(value ?? 0);
  const off = offBecause(row);
  const stopped: ProblemData | null = row.problem === null ? null : JSON.parse(row.problem);
  const problem =
    switchedOff({
      off,
      name: row.group_name,
      cloudServiceName: row.service_name,
      feeders: pausedFeeder(row),
    }) ??
    (stopped && problemFrom(stopped));
  const [memberCount, syncCompleted] = [count(row.members), count(row.completed)];
  const [syncFailed, notInEntra] = [count(row.failed), count(row.absent)];
  const syncInProgress = memberCount - syncCompleted - syncFailed - notInEntra;
  return {
    id: row.mapping_id,
    collectionId: row.collection_id,
    collectionName: row.collection_name,
    collectionType: row.type,
    groupId: row.group_id,
    groupName: row.group_name,
    cloudServiceId: row.cloud_service_id,
    status: statusWord({
      off: off !== null,
      problem: stopped !== null,
      held: heldPlan !== undefined && heldPlan.refusal === null,
      everRun: row.last_sync_at !== null,
      completed: syncCompleted,
      inProgress: syncInProgress + count(row.removals_pending),
      failed: syncFailed + count(row.removals_failed),
    }),
    memberCount,
    syncCompleted,
    syncInProgress,
    syncFailed,
    notInEntra,
    lastFullSyncMemberCount: row.last_full_count,
    lastFullSyncStatus: row.last_full_status,
    lastFullSyncTime: row.last_full_at,
    lastSyncMemberCount: row.last_sync_count,
    lastSyncStatus: row.last_sync_status,
    lastSyncTime: row.last_sync_at,
    problem: problem
      ? { kind: problem.kind, code: problem.code, message: problem.message, hint: problem.hint }
      : null,
    heldPlan: heldPlan ?? null,
    maxRemovals: row.max_removals,
    maxRemovalPercent: row.max_removal_percent,
    paused: row.paused === 1,
  };
}

function offBecause(row: StatusRow): Target['off'] {
  if (row.entra_authentication_disabled === 1) return 'entra-authentication';
  if (row.group_sync === 0) return 'group-sync';
  return row.any_paused === null ? null : 'paused';
}

/** The collection that keeps the group paused: this one, or another that feeds it. */
function pausedFeeder(row: StatusRow): { id: string; name: string; paused: boolean }[] {
  if (row.any_paused === null) return [];
  if (row.paused === 1) return [{ id: row.collection_id, name: row.collection_name, paused: true }];
  const [id = '', ...name] = row.any_paused.split(' ');
  return [{ id, name: name.join(' '), paused: true }];
}
