import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { CloudServiceTable, Queries, TargetGroupTable } from '../store/index.ts';
import type { Limits, MappingLimits } from './guard.ts';

/** A collection that feeds a group. */
export interface Feeder extends MappingLimits {
  num: number;
  id: string;
  name: string;
  type: 'device' | 'user';
  /** Its rules have run at least once. */
  evaluated: boolean;
  /** Why its last evaluation failed, if it did. */
  error: string | null;
  paused: boolean;
}

/** A group that mappings feed, with all that a run of it has to know beforehand. */
export interface Target {
  id: number;
  groupId: string;
  name: string;
  cloudServiceId: number;
  cloudServiceName: string;
  membershipSeq: number;
  identitySeq: number;
  /** Above 0: the next run is full. It counts the reasons, so that one which comes during a run is not lost. */
  fullNeeded: number;
  /** JSON of what stopped the last run as a whole. */
  problem: string | null;
  heldPlanId: number | null;
  /** The undo that was cut short and is to be finished first. */
  undoRunId: number | null;
  limits: Limits;
  allowRoleAssignable: boolean;
  /** Days after which a followed group is read whole again; 0: it is never followed. */
  wholeReadDays: number;
  /** Why the group is not synchronized; null when it is. */
  off: 'group-sync' | 'entra-authentication' | 'paused' | null;
  feeders: Feeder[];
}

/** The kinds of members that a group is fed with. */
export function memberTypes({ feeders }: Pick<Target, 'feeders'>): Feeder['type'][] {
  return feeders.map(({ type }) => type);
}

type TargetRow = Pick<
  TargetGroupTable,
  | 'group_id'
  | 'name'
  | 'cloud_service_id'
  | 'membership_seq'
  | 'identity_seq'
  | 'full_needed'
  | 'problem'
  | 'held_plan_id'
  | 'undo_run_id'
> & { id: number; service_name: string } & Pick<
    Selectable<CloudServiceTable>,
    | 'group_sync'
    | 'entra_authentication_disabled'
    | 'max_removals'
    | 'max_removal_percent'
    | 'allow_role_assignable'
    | 'whole_read_days'
  >;

/**
 * The groups of the cloud services, with the collections that feed them.
 * @param only ids of target groups; without it, all
 */
export async function loadTargets(db: Queries, only?: readonly number[]): Promise<Target[]> {
  const some = (column: string): RawBuilder<unknown> =>
    only ? sql`where ${sql.ref(column)} in (${only.length > 0 ? sql.join(only) : sql`null`})` : sql``;
  const { rows } = await sql<TargetRow>`
    select tg.id, tg.group_id, tg.name, tg.cloud_service_id, cs.name as service_name, tg.membership_seq,
      tg.identity_seq, tg.full_needed, tg.problem, tg.held_plan_id, tg.undo_run_id, cs.group_sync,
      cs.entra_authentication_disabled, cs.max_removals, cs.max_removal_percent, cs.allow_role_assignable,
      cs.whole_read_days
    from target_group tg join cloud_service cs on cs.id = tg.cloud_service_id
    ${some('tg.id')} order by tg.id`.execute(db);
  const feeders = await sql<{
    target_group_id: number;
    num: number;
    id: string;
    name: string;
    type: 'device' | 'user';
    evaluated_at: string | null;
    error: string | null;
    max_removals: number | null;
    max_removal_percent: number | null;
    paused: number;
  }>`
    select m.target_group_id, c.num, c.id, c.name, c.type, c.evaluated_at, c.error, m.max_removals, m.max_removal_percent,
      m.paused
    from mapping m join collection c on c.num = m.collection_num
    ${some('m.target_group_id')} order by c.num`.execute(db);
  const byTarget = Map.groupBy(feeders.rows, row => row.target_group_id);
  return rows.map(row => ({
    id: row.id,
    groupId: row.group_id,
    name: row.name,
    cloudServiceId: row.cloud_service_id,
    cloudServiceName: row.service_name,
    membershipSeq: row.membership_seq,
    identitySeq: row.identity_seq,
    fullNeeded: row.full_needed,
    problem: row.problem,
    heldPlanId: row.held_plan_id,
    undoRunId: row.undo_run_id,
    limits: { maxRemovals: row.max_removals, maxRemovalPercent: row.max_removal_percent },
    allowRoleAssignable: row.allow_role_assignable === 1,
    wholeReadDays: row.whole_read_days,
    off: offBecause(row, byTarget.get(row.id) ?? []),
    feeders: (byTarget.get(row.id) ?? []).map(feeder => ({
      num: feeder.num,
      id: feeder.id,
      name: feeder.name,
      type: feeder.type,
      evaluated: feeder.evaluated_at !== null,
      error: feeder.error,
      maxRemovals: feeder.max_removals,
      maxRemovalPercent: feeder.max_removal_percent,
      paused: feeder.paused === 1,
    })),
  }));
}

/** One group as it stands now. */
export async function loadTarget(db: Queries, id: number): Promise<Target | undefined> {
  return (await loadTargets(db, [id]))[0];
}

function offBecause(
  row: Pick<TargetRow, 'group_sync' | 'entra_authentication_disabled'>,
  feeders: readonly { paused: number }[],
): Target['off'] {
  if (row.entra_authentication_disabled === 1) return 'entra-authentication';
  if (row.group_sync === 0) return 'group-sync';
  // Without one of its collections nobody knows who belongs into the group.
  return feeders.some(({ paused }) => paused === 1) ? 'paused' : null;
}
