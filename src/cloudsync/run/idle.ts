import { sql } from 'kysely';
import type { Queries, Store } from '../../store/index.ts';
import { readMarks } from './reading.ts';

/**
 * Finds the groups that a round of the schedule has to run, and notes for all others that they are up to date: cost
 * follows what changed, not how many groups there are. Asks Entra nothing.
 * @returns ids of target groups
 */
export async function settleIdle(store: Store, now: Date): Promise<number[]> {
  // Read before looking for changes: what comes later is left to the next round.
  const marks = await readMarks(store.db);
  const busy = await busyTargets(store.db, now);
  const idle = await idleTargets(store.db, busy);
  for (let at = 0; at < idle.length; at += 500) {
    await store.db
      .updateTable('target_group')
      .set({
        membership_seq: sql`case when membership_seq < ${marks.membership} then ${marks.membership} else membership_seq end`,
        identity_seq: sql`case when identity_seq < ${marks.identity} then ${marks.identity} else identity_seq end`,
        last_sync_at: now.toISOString(),
      })
      .where('id', 'in', idle.slice(at, at + 500))
      .execute();
  }
  return busy;
}

/** Of target_group tg of cloud_service cs: what is switched off or paused stays as it is, feeds unread. */
const isOn = sql`cs.group_sync = 1 and cs.entra_authentication_disabled = 0
  and not exists (select 1 from mapping p where p.target_group_id = tg.id and p.paused = 1)`;

/** Groups with something to do: a first run, a change in a feed, something open and due, a problem, a held plan. */
async function busyTargets(db: Queries, now: Date): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select tg.id
    from target_group tg join cloud_service cs on cs.id = tg.cloud_service_id
    where ${isOn} and (
      tg.full_needed > 0 or tg.problem is not null
      or not exists (select 1 from mapping m where m.target_group_id = tg.id)
      or tg.undo_run_id is not null
      or exists (select 1 from held_plan hp
        where hp.id = tg.held_plan_id and hp.kind = 'incremental' and hp.refused_at is null)
      or exists (select 1 from ledger l where l.target_group_id = tg.id and l.state <> 'done'
        and (l.state = 'pending' or l.next_try is null or l.next_try <= ${now.toISOString()}))
      or exists (
        select 1 from mapping m join membership_change mc on mc.collection_num = m.collection_num
        where m.target_group_id = tg.id and mc.seq > tg.membership_seq))
    union
    select m.target_group_id
    from identity_change ic
    join membership ms on ms.resource_id = ic.resource_id
    join mapping m on m.collection_num = ms.collection_num
    join target_group tg on tg.id = m.target_group_id and tg.cloud_service_id = ic.cloud_service_id
    join cloud_service cs on cs.id = tg.cloud_service_id
    where ic.seq > (select min(identity_seq) from target_group) and ic.seq > tg.identity_seq
      and ${isOn}
    union
    select tg.id
    from identity_change ic
    join target_group tg on tg.cloud_service_id = ic.cloud_service_id
    join ledger l on l.target_group_id = tg.id and l.object_id = ic.old_object_id
    join cloud_service cs on cs.id = tg.cloud_service_id
    where ic.seq > (select min(identity_seq) from target_group) and ic.seq > tg.identity_seq
      and ${isOn}
    order by 1`.execute(db);
  return rows.map(({ id }) => id);
}

async function idleTargets(db: Queries, busy: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select tg.id from target_group tg join cloud_service cs on cs.id = tg.cloud_service_id
    where ${isOn}`.execute(db);
  const skipped = new Set(busy);
  return rows.map(({ id }) => id).filter(id => !skipped.has(id));
}
