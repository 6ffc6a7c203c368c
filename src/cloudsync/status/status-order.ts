import { type RawBuilder, sql } from 'kysely';
import type { SortField } from '../../store/index.ts';
import { countedMappings, openRemovals } from './counts.ts';
import type { StatusWord } from './status-words.ts';

/** A part of the list of mappings, and its order. */
export interface PageQuery {
  /** Fields joined by commas, each with a minus before it for the other way round. */
  sort?: string | undefined;
  after?: string | undefined;
  limit: number;
  /** Whether to count how many there are on all pages. */
  total?: boolean | undefined;
}

/** What mappings are sorted by. */
export type SortRow = { id: number } & Record<string, string | number>;

/**
 * The mappings with what they can be sorted by, as a select whose `where` is open for more.
 * @param some the condition on mapping `m`, beginning with `where`
 */
export function sortRows(some: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    with leaving as materialized (${openRemovals}), rows as (
      select m.id, ${sql.join(Object.entries(columns).map(([name, value]) => sql`${value} as ${sql.ref(name)}`))}
      ${countedMappings}
      ${some}
    )
    select * from rows where true`;
}

/** The statuses in the order of the list: what needs somebody comes first. */
const ranks: readonly StatusWord[] = [
  'Failed',
  'Awaiting Approval',
  'Partial Success',
  'In Progress',
  'Success',
  'Disabled',
];

/** A condition on what `sortRows` gives: in one of these statuses, as counted last. */
export function inStatus(words: readonly StatusWord[]): RawBuilder<unknown> {
  return sql`status in (${sql.join(words.map(word => ranks.indexOf(word)))})`;
}

/** The rule of status-words.ts as a number: the place in `ranks`. */
const statusRank = sql`case
  when cs.group_sync = 0 or cs.entra_authentication_disabled = 1
    or exists (select 1 from mapping p where p.target_group_id = tg.id and p.paused = 1) then 5
  when tg.problem is not null then 0
  when hp.id is not null then 1
  when coalesce(n.members - n.completed - n.failed - n.absent, c.member_count) + coalesce(o.pending, 0) > 0
    or tg.last_sync_at is null then 3
  when coalesce(n.failed, 0) + coalesce(o.failed, 0) = 0 then 4
  when coalesce(n.completed, 0) > 0 then 2
  else 0 end`;

/** The fields that the list can be sorted by, each as SQL that is never null. */
const columns: Readonly<Record<string, RawBuilder<unknown>>> = {
  collectionName: sql`c.name_key`,
  collectionId: sql`c.id`,
  groupName: sql`tg.name_key`,
  status: statusRank,
  memberCount: sql`coalesce(n.members, c.member_count)`,
  syncCompleted: sql`coalesce(n.completed, 0)`,
  syncInProgress: sql`coalesce(n.members - n.completed - n.failed - n.absent, c.member_count)`,
  syncFailed: sql`coalesce(n.failed, 0)`,
  notInEntra: sql`coalesce(n.absent, 0)`,
  lastFullSyncMemberCount: sql`coalesce(m.last_full_count, -1)`,
  lastFullSyncStatus: sql`coalesce(tg.last_full_status, '')`,
  lastFullSyncTime: sql`coalesce(tg.last_full_at, '')`,
  lastSyncMemberCount: sql`coalesce(m.last_sync_count, -1)`,
  lastSyncStatus: sql`coalesce(tg.last_sync_status, '')`,
  lastSyncTime: sql`coalesce(tg.last_sync_at, '')`,
};

/** What the list of mappings can be sorted by. */
export const sortable: Readonly<Record<string, SortField<SortRow>>> = Object.fromEntries(
  Object.keys(columns).map(name => [
    name,
    { column: sql.ref(name), value: (row: SortRow) => row[name] ?? '' },
  ]),
);

export const sortKey: SortField<SortRow> = { column: sql.ref('id'), value: row => row.id };
