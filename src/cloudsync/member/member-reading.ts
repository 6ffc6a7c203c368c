import { sql } from 'kysely';
import type { Queries } from '../../store/index.ts';
import type { LedgerEntry } from '../plan.ts';
import type { Target } from '../targets.ts';

/** An Entra object that has to do with one resource in one group. */
export interface MemberObject {
  objectId: string;
  /** The resource is this object now; else it was, when Rollcall put it there. */
  current: boolean;
  /** A collection of the group wants the object in it, through this resource or another. */
  wanted: boolean;
  entry: LedgerEntry | undefined;
  /** The removal of it waits for an approval, or was refused. */
  held: boolean;
  /** An undo has taken it out, which the ledger has as a change by others. */
  undone: boolean;
}

/**
 * The object that a resource is, and those that the group's ledger knows it by from before.
 * @param recentSince entries tried after it count as recent
 */
export async function memberObjects(
  db: Queries,
  { id, cloudServiceId: service, heldPlanId }: Target,
  resourceId: number,
  recentSince: Date,
): Promise<MemberObject[]> {
  const { rows } = await sql<{
    object_id: string;
    current: number;
    wanted_by: number | null;
    wanted: 'in' | 'out' | null;
    state: 'pending' | 'done' | 'failed' | null;
    maybe_in: number | null;
    attempts: number | null;
    recent: number;
    held: number | null;
    undone: number;
  }>`
    with objects(object_id, current) as (
      select object_id, 1 from entra_identity where cloud_service_id = ${service} and resource_id = ${resourceId}
      union all
      select object_id, 0 from ledger where target_group_id = ${id} and resource_id = ${resourceId}
    ), named(object_id, current) as (select object_id, max(current) from objects group by object_id)
    select n.object_id, n.current, l.wanted, l.state, l.maybe_in, l.attempts,
      case when l.last_tried > ${recentSince.toISOString()} then 1 else 0 end as recent,
      case when l.code = 'undone' then 1 else 0 end as undone,
      (select min(ei.resource_id) from entra_identity ei
       join membership ms on ms.resource_id = ei.resource_id
       join mapping m on m.collection_num = ms.collection_num and m.target_group_id = ${id}
       where ei.cloud_service_id = ${service} and ei.object_id = n.object_id) as wanted_by,
      (select 1 from held_change hc where hc.held_plan_id = ${heldPlanId} and hc.object_id = n.object_id
       and hc.change = 'remove') as held
    from named n left join ledger l on l.target_group_id = ${id} and l.object_id = n.object_id
    order by n.current desc, n.object_id`.execute(db);
  return rows.map(row => ({
    objectId: row.object_id,
    current: row.current === 1,
    wanted: row.wanted_by !== null,
    held: row.held !== null,
    undone: row.undone === 1,
    entry:
      row.wanted && row.state
        ? {
            wanted: row.wanted,
            state: row.state,
            maybeIn: row.maybe_in === 1,
            recent: row.recent === 1,
            attempts: row.attempts ?? 0,
          }
        : undefined,
  }));
}
