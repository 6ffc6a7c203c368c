import { sql } from 'kysely';
import type { Store } from '../../store/index.ts';
import { entryOf, type LedgerRow } from '../ledger/ledger-row.ts';
import type { SeenObject } from '../plan.ts';
import type { Target } from '../targets.ts';

/** An object about which a full run may have something to do. */
export interface Difference extends SeenObject {
  /** As Entra listed it. */
  name: string | null;
}

/**
 * The objects in which what is wanted, what a reading of the group holds and what the ledger confirms are not the same:
 * set differences, worked out in the store and given one by one: memory follows what differs, not what there is.
 * It is one statement, so that all of it is of one instant; what changes after that is in the feeds behind the marks
 * read before.
 * @param recentSince entries tried after it count as recent
 */
export async function eachDifference(
  { db, dialect }: Pick<Store, 'db' | 'dialect'>,
  target: Pick<Target, 'id' | 'cloudServiceId' | 'feeders'>,
  readingId: number,
  recentSince: Date,
  take: (difference: Difference) => void,
): Promise<void> {
  const { id, cloudServiceId: service } = target;
  const collections = sql`(${target.feeders.length > 0 ? sql.join(target.feeders.map(({ num }) => num)) : sql`null`})`;
  const recent = sql`case when l.last_tried > ${recentSince.toISOString()} then 1 else 0 end`;
  const known = sql`l.wanted, l.state, l.maybe_in, l.attempts, ${recent} as recent`;
  const isWanted = (object: 'l' | 'r') => sql`exists (
    select 1 from entra_identity ei join membership ms on ms.resource_id = ei.resource_id
    where ei.cloud_service_id = ${service} and ei.object_id = ${sql.ref(`${object}.object_id`)}
      and ms.collection_num in ${collections})`;
  // Asked last, of the few rows that differ: it is the dearest.
  // Several resources may be one object, and several collections may want it: the first of them stands for all.
  const isFirst = sql`not exists (
    select 1 from entra_identity e2 join membership m2 on m2.resource_id = e2.resource_id
    where e2.cloud_service_id = ${service} and e2.object_id = ei.object_id
      and m2.collection_num in ${collections}
      and (e2.resource_id < ms.resource_id
        or (e2.resource_id = ms.resource_id and m2.collection_num < ms.collection_num)))`;
  const query = sql<DifferenceRow>`
        select ei.object_id, ms.resource_id, 1 as wanted_now, ${known},
          case when r.object_id is null then 0 else 1 end as listed, r.name
        from membership ms
        join entra_identity ei on ei.cloud_service_id = ${service} and ei.resource_id = ms.resource_id
        left join ledger l on l.target_group_id = ${id} and l.object_id = ei.object_id
        left join group_reading_member r on r.reading_id = ${readingId} and r.object_id = ei.object_id
        where ms.collection_num in ${collections}
          and case when r.object_id is null or l.object_id is null or l.wanted <> 'in' or l.state <> 'done'
            then ${isFirst} else false end
        union all
        select l.object_id, l.resource_id, 0, ${known},
          case when r.object_id is null then 0 else 1 end, r.name
        from ledger l
        left join group_reading_member r on r.reading_id = ${readingId} and r.object_id = l.object_id
        where l.target_group_id = ${id} and (r.object_id is not null or l.wanted = 'in' or l.state <> 'done')
          and not ${isWanted('l')}
        union all
        select r.object_id, null, 0, null, null, 0, 0, 0, 1, r.name
        from group_reading_member r
        where r.reading_id = ${readingId}
          and not exists (select 1 from ledger l where l.target_group_id = ${id} and l.object_id = r.object_id)
          and not ${isWanted('r')}`;
  await dialect.forEach(db, query, row =>
    take({
      objectId: row.object_id,
      resourceId: row.resource_id,
      wantedNow: row.wanted_now === 1,
      listed: row.listed === 1,
      entry: row.wanted && row.state ? entryOf({ ...row, wanted: row.wanted, state: row.state }) : undefined,
      name: row.name,
    }),
  );
}

interface DifferenceRow extends Omit<LedgerRow, 'wanted' | 'state'> {
  object_id: string;
  resource_id: number | null;
  wanted_now: number;
  listed: number;
  name: string | null;
  wanted: LedgerRow['wanted'] | null;
  state: LedgerRow['state'] | null;
}
