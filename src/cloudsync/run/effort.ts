import { sql } from 'kysely';
import type { Store } from '../../store/index.ts';
import { settleIdle } from './idle.ts';

// How much a run of a group will have to do, told from the feeds and the ledger alone: what is small goes first.

/** A group that is to be run. */
export interface DueGroup {
  /** Id of the target group. */
  id: number;
  /** The writes that it takes, roughly: removals are one each, twenty additions are one. Reading counts a little. */
  effort: number;
  /** Somebody is to lose access, as far as the feeds and the ledger tell. */
  removes: boolean;
}

/** What even a group with a single change takes of time: it is looked at first. */
const least = 3;
const membersPerWrite = 20;

/**
 * The groups that a round of the schedule has to run, those with the least to do first; all others are noted to be up
 * to date. Asks Entra nothing.
 */
export async function dueGroups(store: Store, now: Date): Promise<DueGroup[]> {
  return inOrder(store, await settleIdle(store, now), now);
}

/** Groups with the effort that their next run takes, the least first. */
export async function inOrder(
  { db, dialect }: Pick<Store, 'db' | 'dialect'>,
  targets: readonly number[],
  now: Date,
): Promise<DueGroup[]> {
  const addition = sql.lit(1 / membersPerWrite);
  const changed = sql`from mapping m join membership_change mc on mc.collection_num = m.collection_num
    where m.target_group_id = tg.id and mc.seq > tg.membership_seq`;
  const open = sql`from ledger l where l.target_group_id = tg.id and l.state <> 'done'
    and (l.state = 'pending' or l.next_try is null or l.next_try <= ${now.toISOString()})`;
  const { rows } = await sql<{ id: number; effort: number; removes: number }>`
    select tg.id, ${sql.lit(least)}
      + case when tg.full_needed > 0 or exists (
          select 1 from held_plan hp where hp.id = tg.held_plan_id and hp.kind = 'full' and hp.refused_at is null)
        then (
          select coalesce(sum(c.member_count), 0) * ${addition}
          from mapping m join collection c on c.num = m.collection_num where m.target_group_id = tg.id)
        else (
          select coalesce(sum(case when mc.change = 1 then ${addition} else 1 end), 0) ${changed}) end
      + (select coalesce(sum(case when l.wanted = 'in' then ${addition} else 1 end), 0) ${open}) as effort,
      case when exists (select 1 ${changed} and mc.change <> 1) or exists (select 1 ${open} and l.wanted = 'out')
        then 1 else 0 end as removes
    from target_group tg where tg.id in ${dialect.among(targets)}
    order by effort, tg.id`.execute(db);
  return rows.map(row => ({ ...row, removes: row.removes === 1 }));
}
