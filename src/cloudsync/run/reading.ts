import { sql } from 'kysely';
import type { Queries, Store } from '../../store/index.ts';
import { entryOf, type LedgerRow } from '../ledger/ledger-row.ts';
import type { LedgerEntry, TouchedObject } from '../plan.ts';
import type { Target } from '../targets.ts';

/** How far the feeds reach: what a run has seen once it has stored its intent. */
export interface Marks {
  membership: number;
  identity: number;
}

/** The ends of the feeds, read before anything else of a run: what comes later is the next run's. */
export async function readMarks(db: Queries): Promise<Marks> {
  const end = async (table: 'membership_change' | 'identity_change') => {
    const { rows } = await sql<{
      seq: number | null;
    }>`select max(seq) as seq from ${sql.table(table)}`.execute(db);
    return rows[0]?.seq ?? 0;
  };
  return { membership: await end('membership_change'), identity: await end('identity_change') };
}

/** Rows read at once: a large group takes several reads, and others get their turn between. */
const pageSize = 10_000;

/**
 * Object id → resource of all that the collections of a group want in it: their union, without who is Not in Entra.
 * What changes while it reads is in the feeds behind the marks read before.
 */
export async function wantedObjects(
  db: Queries,
  target: { cloudServiceId: number; feeders: readonly { num: number }[] },
): Promise<Map<string, number>> {
  const wanted = new Map<string, number>();
  for (const { num } of target.feeders) {
    let after: number | undefined = 0;
    while (after !== undefined) {
      const { rows } = await sql<{ object_id: string | null; resource_id: number }>`
        select ei.object_id, ms.resource_id
        from membership ms
        left join entra_identity ei
          on ei.cloud_service_id = ${target.cloudServiceId} and ei.resource_id = ms.resource_id
        where ms.collection_num = ${num} and ms.resource_id > ${after}
        order by ms.resource_id limit ${pageSize}`.execute(db);
      for (const { object_id, resource_id } of rows) {
        if (object_id === null) continue;
        const other = wanted.get(object_id);
        if (other === undefined || resource_id < other) wanted.set(object_id, resource_id);
      }
      after = rows.length < pageSize ? undefined : rows.at(-1)?.resource_id;
    }
  }
  return wanted;
}

/** How many objects the collections of a group want in it: 0 is what the guard asks about. */
export async function wantsAny(db: Queries, target: Target): Promise<boolean> {
  const { rows } = await sql`
    select 1 from mapping m
    join membership ms on ms.collection_num = m.collection_num
    join entra_identity ei on ei.cloud_service_id = ${target.cloudServiceId} and ei.resource_id = ms.resource_id
    where m.target_group_id = ${target.id} limit 1`.execute(db);
  return rows.length > 0;
}

/** What the ledger remembers of an object in a group. */
export interface KnownObject {
  objectId: string;
  resourceId: number | null;
  entry: LedgerEntry;
}

/** All that the ledger remembers of a group. `recentSince`: entries tried after it count as recent. */
export async function* ledgerEntries(
  db: Queries,
  targetId: number,
  recentSince: Date,
): AsyncGenerator<KnownObject> {
  let after: string | undefined = '';
  while (after !== undefined) {
    const { rows } = await sql<LedgerRow & { object_id: string; resource_id: number | null }>`
      select object_id, resource_id, wanted, state, maybe_in, attempts,
        case when last_tried > ${recentSince.toISOString()} then 1 else 0 end as recent
      from ledger where target_group_id = ${targetId} and object_id > ${after}
      order by object_id limit ${pageSize}`.execute(db);
    for (const row of rows) {
      yield { objectId: row.object_id, resourceId: row.resource_id, entry: entryOf(row) };
    }
    after = rows.length < pageSize ? undefined : rows.at(-1)?.object_id;
  }
}

/** Members that Rollcall keeps in a group, as far as the ledger knows. */
export async function keptMembers(db: Queries, targetId: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ledger
    where target_group_id = ${targetId} and wanted = 'in' and state <> 'failed'`.execute(db);
  return Number(rows[0]?.n ?? 0);
}

const sources = { 1: 'membership', 2: 'identity', 3: 'ledger' } as const;

/**
 * Gives the objects that may have to change since the group's watermarks, one by one: of resources that joined or left its
 * collections, of identities that came, went or changed, and of the ledger what is open and due.
 * @param held look also at all members that Rollcall keeps there: removals held earlier are behind the watermarks
 */
export async function eachTouched(
  { db, dialect }: Pick<Store, 'db' | 'dialect'>,
  target: Target,
  now: Date,
  held: boolean,
  take: (object: TouchedObject) => void,
): Promise<void> {
  const { id, cloudServiceId: service } = target;
  const keptOnes = held
    ? sql`union all select object_id, 1 from ledger
          where target_group_id = ${id} and wanted = 'in' and state = 'done'`
    : sql``;
  const query = sql<TouchedRow>`
    with changed(resource_id) as (
      select distinct mc.resource_id
      from mapping m join membership_change mc on mc.collection_num = m.collection_num
      where m.target_group_id = ${id} and mc.seq > ${target.membershipSeq}
    ), touched(object_id, source) as (
      select ei.object_id, 1
      from changed c
      join entra_identity ei on ei.cloud_service_id = ${service} and ei.resource_id = c.resource_id
      union all
      select l.object_id, 1
      from changed c join ledger l on l.target_group_id = ${id} and l.resource_id = c.resource_id
      union all
      select l.object_id, 2
      from identity_change ic join ledger l on l.target_group_id = ${id} and l.object_id = ic.old_object_id
      where ic.cloud_service_id = ${service} and ic.seq > ${target.identitySeq}
      union all
      select ic.new_object_id, 2
      from identity_change ic
      where ic.cloud_service_id = ${service} and ic.seq > ${target.identitySeq} and ic.new_object_id is not null
        and exists (
          select 1 from membership ms join mapping m on m.collection_num = ms.collection_num
          where ms.resource_id = ic.resource_id and m.target_group_id = ${id})
      union all
      select object_id, 3 from ledger
      where target_group_id = ${id} and state <> 'done'
        and (state = 'pending' or next_try is null or next_try <= ${now.toISOString()})
      ${keptOnes}
    ), named(object_id, source) as (
      select object_id, min(source) from touched group by object_id
    )
    select n.object_id, n.source, l.resource_id as known_by, l.wanted, l.state, l.maybe_in, l.attempts,
      0 as recent,
      (select min(ei.resource_id)
       from entra_identity ei
       join membership ms on ms.resource_id = ei.resource_id
       join mapping m on m.collection_num = ms.collection_num
       where ei.cloud_service_id = ${service} and ei.object_id = n.object_id
         and m.target_group_id = ${id}) as wanted_by,
      case when exists (
        select 1 from entra_object eo where eo.cloud_service_id = ${service} and eo.object_id = n.object_id
      ) then 1 else 0 end as known
    from named n left join ledger l on l.target_group_id = ${id} and l.object_id = n.object_id
    order by n.object_id`;
  await dialect.forEach(db, query, row =>
    take({
      objectId: row.object_id,
      resourceId: row.wanted_by ?? row.known_by,
      wantedNow: row.wanted_by !== null,
      by: sources[row.source],
      exists: row.known === 1,
      entry: row.wanted && row.state ? entryOf({ ...row, wanted: row.wanted, state: row.state }) : undefined,
    }),
  );
}

interface TouchedRow extends Omit<LedgerRow, 'wanted' | 'state'> {
  object_id: string;
  source: 1 | 2 | 3;
  known_by: number | null;
  wanted_by: number | null;
  known: number;
  wanted: LedgerRow['wanted'] | null;
  state: LedgerRow['state'] | null;
}
