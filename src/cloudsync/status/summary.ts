import { type RawBuilder, sql } from 'kysely';
import type { ProblemData } from '../../base/index.ts';
import type { ResourceType, Store } from '../../store/index.ts';
import { countedMappings, openRemovals } from './counts.ts';
import { type StatusWord, statusWord } from './status-words.ts';

type ByStatus = Partial<Record<StatusWord, number>>;

/** How all mappings stand together. */
export interface MappingsSummary {
  mappings: { total: number; byStatus: ByStatus; byType: Record<ResourceType, ByStatus> };
  /** Members of all mappings, as counted last. */
  members: { total: number; completed: number; inProgress: number; failed: number; notInEntra: number };
}

/** A plan that waits for somebody's approval. */
export interface WaitingApproval {
  collectionId: string;
  collectionName: string;
  collectionType: 'device' | 'user';
  groupId: string;
  groupName: string;
  cloudServiceId: number;
  kind: 'full' | 'incremental';
  reason: string;
  since: string;
  /** Number of the held plan. */
  planId: number;
  additions: number;
  removals: number;
}

/** Members or whole groups that failed for the same reason. */
export interface FailureSummary {
  of: 'member' | 'group';
  code: string;
  reason: string;
  hint: string;
  count: number;
  /** How many groups it befell. */
  groups: number;
  /** Whose groups they are: of collections of devices, of users, or of both. */
  types: ResourceType[];
}

/** The collections that may be seen, by number; undefined: all. */
export type Visible = readonly number[] | undefined;

interface StandingRow {
  type: ResourceType;
  off: number;
  stopped: number;
  held: number;
  ever_run: number;
  some_completed: number;
  some_open: number;
  some_failed: number;
  mappings: number;
  members: number;
  completed: number;
  failed: number;
  absent: number;
}

/** How the mappings of the visible collections stand together: one query, on stored counts. */
export async function summarizeMappings(store: Store, visible?: Visible): Promise<MappingsSummary> {
  const { rows } = await sql<StandingRow>`
    with leaving as (${openRemovals}), standing as (
      select c.type, cs.group_sync = 0 or cs.entra_authentication_disabled = 1
          or exists (select 1 from mapping p where p.target_group_id = tg.id and p.paused = 1) as off, tg.problem is not null as stopped,
        hp.id is not null as held, tg.last_sync_at is not null as ever_run,
        coalesce(n.completed, 0) > 0 as some_completed,
        coalesce(n.members - n.completed - n.failed - n.absent, c.member_count) + coalesce(o.pending, 0) > 0 as some_open,
        coalesce(n.failed, 0) + coalesce(o.failed, 0) > 0 as some_failed,
        coalesce(n.members, c.member_count) as members, coalesce(n.completed, 0) as completed,
        coalesce(n.failed, 0) as failed, coalesce(n.absent, 0) as absent
      ${countedMappings}
      where ${seen(store, visible)}
    )
    select type, off, stopped, held, ever_run, some_completed, some_open, some_failed, count(*) as mappings,
      sum(members) as members, sum(completed) as completed, sum(failed) as failed, sum(absent) as absent
    from standing group by 1, 2, 3, 4, 5, 6, 7, 8`.execute(store.db);
  const summary: MappingsSummary = {
    mappings: { total: 0, byStatus: {}, byType: { device: {}, user: {} } },
    members: { total: 0, completed: 0, inProgress: 0, failed: 0, notInEntra: 0 },
  };
  for (const row of rows) add(summary, row);
  return summary;
}

function add({ mappings, members }: MappingsSummary, row: StandingRow): void {
  const word = statusWord({
    off: row.off === 1,
    problem: row.stopped === 1,
    held: row.held === 1,
    everRun: row.ever_run === 1,
    completed: row.some_completed,
    inProgress: row.some_open,
    failed: row.some_failed,
  });
  mappings.total += row.mappings;
  for (const counts of [mappings.byStatus, mappings.byType[row.type]]) {
    counts[word] = (counts[word] ?? 0) + row.mappings;
  }
  members.total += row.members;
  members.completed += row.completed;
  members.failed += row.failed;
  members.notInEntra += row.absent;
  members.inProgress += row.members - row.completed - row.failed - row.absent;
}

/** The plans that wait for approval, the oldest first: a row for each collection that feeds the group. */
export async function waitingApprovals(
  store: Store,
  limit: number,
  visible?: Visible,
): Promise<{ total: number; plans: WaitingApproval[] }> {
  const from = sql`
    from target_group tg
    join held_plan hp on hp.id = tg.held_plan_id
    join mapping m on m.target_group_id = tg.id
    join collection c on c.num = m.collection_num
    where hp.refused_at is null and ${seen(store, visible)}`;
  const { rows } = await sql<WaitingApproval>`
    select c.id as "collectionId", c.name as "collectionName", c.type as "collectionType", tg.group_id as "groupId",
      tg.name as "groupName", tg.cloud_service_id as "cloudServiceId", hp.kind, hp.reason, hp.created_at as since,
      hp.id as "planId", hp.addition_count as additions, hp.removal_count as removals
    ${from} order by hp.id, m.id limit ${limit}`.execute(store.db);
  if (rows.length < limit) return { total: rows.length, plans: rows };
  const total = await sql<{ n: number }>`select count(*) as n ${from}`.execute(store.db);
  return { total: total.rows[0]?.n ?? 0, plans: rows };
}

/** What failed, grouped by code, the most frequent first: members and removals that failed, and groups that were stopped. */
export async function failuresByCode(store: Store, visible?: Visible): Promise<FailureSummary[]> {
  const among = visible ? sql`and m.collection_num in ${store.dialect.among(visible)}` : sql``;
  const fed = visible
    ? sql`and exists (select 1 from mapping m where m.target_group_id = tg.id ${among})`
    : sql``;
  const feeds = (type: ResourceType) => sql`max(exists (select 1 from mapping m
    join collection c on c.num = m.collection_num and c.type = ${type} where m.target_group_id = tg.id ${among}))`;
  const { rows: members } = await sql<Omit<FailureSummary, 'of' | 'types'> & Fed>`
    select coalesce(l.code, 'unknown') as code, min(coalesce(l.reason, '')) as reason,
      min(coalesce(l.hint, '')) as hint, count(*) as count, count(distinct l.target_group_id) as groups,
      ${feeds('device')} as devices, ${feeds('user')} as users
    from ledger l join target_group tg on tg.id = l.target_group_id
    where l.state <> 'done' and l.state = 'failed' ${fed}
    group by 1 order by count(*) desc limit 100`.execute(store.db);
  const { rows: stopped } = await sql<{ problem: string; count: number } & Fed>`
    select tg.problem, count(*) as count, ${feeds('device')} as devices, ${feeds('user')} as users
    from target_group tg
    where tg.problem is not null ${fed} group by 1 order by 2 desc limit 1000`.execute(store.db);
  return [
    ...groupsByCode(stopped),
    ...members.map(({ devices, users, ...row }) => ({
      of: 'member' as const,
      ...row,
      // Of the many requests that met with it, the one of the reason that came first says nothing.
      reason: row.reason.replace(/ \(request [^)]*\)/, ''),
      types: typesOf({ devices, users }),
    })),
  ];
}

/** Whether collections of devices, and of users, feed the groups of a row. */
interface Fed {
  devices: number;
  users: number;
}

function typesOf({ devices, users }: Fed): ResourceType[] {
  return [...(devices === 1 ? (['device'] as const) : []), ...(users === 1 ? (['user'] as const) : [])];
}

function groupsByCode(stopped: readonly ({ problem: string; count: number } & Fed)[]): FailureSummary[] {
  const byCode = new Map<string, FailureSummary>();
  for (const { problem, count, ...fed } of stopped) {
    const { code, message, hint }: ProblemData = JSON.parse(problem);
    const known = byCode.get(code);
    const total = (known?.count ?? 0) + count;
    byCode.set(code, {
      of: 'group',
      code,
      reason: known?.reason ?? message,
      hint: known?.hint ?? hint,
      count: total,
      groups: total,
      types: [...new Set([...(known?.types ?? []), ...typesOf(fed)])].sort(),
    });
  }
  return [...byCode.values()].sort((a, b) => b.count - a.count);
}

function seen(store: Store, visible: Visible): RawBuilder<unknown> {
  return visible ? sql`m.collection_num in ${store.dialect.among(visible)}` : sql`true`;
}
