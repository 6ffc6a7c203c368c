import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Queries, Store } from '../../store/index.ts';

const key = 'cloudsync.counted_to';

/** How far the feeds had come when the mappings were counted last. */
const marks = z.object({ run: z.number(), membership: z.number(), identity: z.number() });
type Marks = z.output<typeof marks>;

/**
 * Counts the members of mappings by status anew where something has changed since the last time: a run has ended,
 * members joined or left, an identity came or went. Cost follows what changed.
 * @returns how many mappings were counted
 */
export async function refreshCounts(store: Store): Promise<number> {
  return store.transaction(async tx => {
    const before = await loadMarks(tx);
    const now = await presentMarks(tx);
    const { rows } = await sql<{ id: number }>`
      select m.id from mapping m where not exists (select 1 from mapping_count n where n.mapping_id = m.id)
      union
      select m.id from sync_run r join mapping m on m.target_group_id = r.target_group_id where r.id > ${before.run}
      union
      select m.id from membership_change mc join mapping m on m.collection_num = mc.collection_num
      where mc.seq > ${before.membership}
      union
      select m.id from identity_change ic
      join membership ms on ms.resource_id = ic.resource_id
      join mapping m on m.collection_num = ms.collection_num
      where ic.seq > ${before.identity}`.execute(tx);
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0) await count(store, tx, ids);
    await saveMarks(tx, now);
    return ids.length;
  });
}

async function count(store: Store, tx: Queries, ids: readonly number[]): Promise<void> {
  await sql`
    insert into mapping_count (mapping_id, members, completed, failed, absent)
    select m.id, count(ms.resource_id),
      coalesce(sum(case when l.wanted = 'in' and l.state = 'done' then 1 else 0 end), 0),
      coalesce(sum(case when l.wanted = 'in' and l.state = 'failed' then 1 else 0 end), 0),
      coalesce(sum(case when ms.resource_id is not null and ei.object_id is null then 1 else 0 end), 0)
    from mapping m
    join target_group tg on tg.id = m.target_group_id
    left join membership ms on ms.collection_num = m.collection_num
    left join entra_identity ei on ei.cloud_service_id = tg.cloud_service_id and ei.resource_id = ms.resource_id
    left join ledger l on l.target_group_id = tg.id and l.object_id = ei.object_id
    where m.id in ${store.dialect.among(ids)}
    group by m.id
    on conflict (mapping_id) do update set members = excluded.members, completed = excluded.completed,
      failed = excluded.failed, absent = excluded.absent`.execute(tx);
}

/** A run that is under way counts as one to come: it will change things yet. */
async function presentMarks(tx: Queries): Promise<Marks> {
  const { rows } = await sql<Marks>`
    select coalesce((select min(id) - 1 from sync_run where status = 'running'), (select max(id) from sync_run), 0) as run,
      coalesce((select max(seq) from membership_change), 0) as membership,
      coalesce((select max(seq) from identity_change), 0) as identity`.execute(tx);
  return rows[0] ?? { run: 0, membership: 0, identity: 0 };
}

/** How far the feeds had come when the mappings were counted last. */
export async function loadMarks(tx: Queries): Promise<Marks> {
  const row = await tx.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst();
  return row ? marks.parse(JSON.parse(row.value)) : { run: 0, membership: 0, identity: 0 };
}

/**
 * A condition on mapping `m` of target group `tg` that holds while what was counted last is still so: nothing has run
 * nor runs, nobody has joined or left, no identity has come or gone since.
 */
export function isCounted({ run, membership, identity }: Marks): RawBuilder<unknown> {
  return sql`exists (select 1 from mapping_count k where k.mapping_id = m.id)
    and not exists (select 1 from sync_run r where r.target_group_id = tg.id and r.id > ${run})
    and not exists (select 1 from membership_change mc where mc.collection_num = m.collection_num and mc.seq > ${membership})
    and not exists (select 1 from identity_change ic where ic.cloud_service_id = tg.cloud_service_id and ic.seq > ${identity})`;
}

async function saveMarks(tx: Queries, to: Marks): Promise<void> {
  const value = JSON.stringify(to);
  await tx
    .insertInto('setting')
    .values({ key, value })
    .onConflict(conflict => conflict.column('key').doUpdateSet({ value }))
    .execute();
}

/** A select: of each group, how many removals wait and how many have failed. */
export const openRemovals = sql`select target_group_id,
    sum(case when state = 'pending' then 1 else 0 end) as pending,
    sum(case when state = 'failed' then 1 else 0 end) as failed
  from ledger where state <> 'done' and wanted = 'out' group by target_group_id`;

/** From: mappings `m` with all that their status follows from, as counted last; `leaving` must be `openRemovals`. */
export const countedMappings = sql`from mapping m
  join collection c on c.num = m.collection_num
  join target_group tg on tg.id = m.target_group_id
  join cloud_service cs on cs.id = tg.cloud_service_id
  left join held_plan hp on hp.id = tg.held_plan_id and hp.refused_at is null
  left join mapping_count n on n.mapping_id = m.id
  left join leaving o on o.target_group_id = tg.id`;
