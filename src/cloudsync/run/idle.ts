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
  const { busy, idle } = await splitTargets(store.db, now);
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

/**
 * The groups that are on: busy are those with something to do (a first run, a change in a feed, something open and
 * due, a problem, a held plan). It is one statement: a group whose pause ends meanwhile is in neither list, or in the
 * right one.
 */
async function splitTargets(db: Queries, now: Date): Promise<{ busy: number[]; idle: number[] }> {
  const { rows } = await sql<{ id: number; busy: number }>`
    with busy(id) as (${busyTargets(now)})
    select tg.id, case when tg.id in (select id from busy) then 1 else 0 end as busy
    from target_group tg join cloud_service cs on cs.id = tg.cloud_service_id
    where ${isOn} order by tg.id`.execute(db);
  const [busy, idle] = [1, 0].map(which => rows.filter(row => row.busy === which).map(({ id }) => id));
  return { busy: busy ?? [], idle: idle ?? [] };
}

function busyTargets(now: Date) {
  return sql`
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
      and ${isOn}`;
}
