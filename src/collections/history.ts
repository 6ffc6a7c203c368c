import { sql } from 'kysely';
import { type Clock, fold, Problem } from '../base/index.ts';
import { contains, type Queries, type Store } from '../store/index.ts';
import { requireCollection } from './reference.ts';

/** Somebody joined or left a collection. */
export interface MembershipEvent {
  /** Its place in the feed; the cursor of the next page. */
  seq: number;
  at: string;
  change: 'joined' | 'left';
  resourceId: number;
  /** Null when the resource has been deleted since. */
  name: string | null;
}

/** The setting for how many days the history is kept, and what it is while nothing is set. */
const historyDays = { key: 'collections.history_days', initially: 90 };

/** Who joined and left a collection, the latest first, a page at a time. */
export async function membershipHistory(
  store: Store,
  ref: string,
  {
    before,
    change,
    search,
    limit,
  }: {
    /** seq of the last event of the page before */
    before?: number;
    /** Only who joined, or only who left; absent: both. */
    change?: 'joined' | 'left' | undefined;
    /** Part of a name; who has been deleted since has none. */
    search?: string | undefined;
    limit: number;
  },
): Promise<{ events: MembershipEvent[]; next: number | null }> {
  const { num } = await requireCollection(store.db, ref);
  let query = store.db
    .selectFrom('membership_change as m')
    .leftJoin('resource', 'resource.id', 'm.resource_id')
    .select(['m.seq', 'm.at', 'm.change', 'm.resource_id as resourceId', 'resource.name'])
    .where('m.collection_num', '=', num)
    .orderBy('m.seq', 'desc')
    .limit(limit + 1);
  if (change) query = query.where('m.change', '=', change === 'joined' ? 1 : -1);
  const text = search?.trim();
  if (text) query = query.where(contains('resource.name_key', fold(text)));
  if (before !== undefined) query = query.where('m.seq', '<', before);
  const rows = await query.execute();
  const events = rows.slice(0, limit).map(row => ({
    ...row,
    change: row.change === 1 ? ('joined' as const) : ('left' as const),
  }));
  return { events, next: rows.length > limit ? (events.at(-1)?.seq ?? null) : null };
}

/** For how many days the history is kept. */
export function getHistoryDays(store: Store): Promise<number> {
  return keptDays(store.db);
}

/** Sets how many days the history is kept: 1 to 3,650. */
export async function setHistoryDays(store: Store, days: number): Promise<void> {
  if (!Number.isInteger(days) || days < 1 || days > 3650) {
    throw new Problem(
      'invalid',
      'history-days-invalid',
      `The history can not be kept for ${days} days.`,
      'Give a whole number from 1 to 3650.',
    );
  }
  await store.db
    .insertInto('setting')
    .values({ key: historyDays.key, value: String(days) })
    .onConflict(conflict => conflict.column('key').doUpdateSet({ value: String(days) }))
    .execute();
}

const rowsATime = 10_000;

/**
 * Drops the history that is older than it is to be kept, except what a synchronized group has not taken up yet:
 * the history is also the feed of cloud sync.
 * @returns how many events went
 */
export async function pruneHistory(store: Store, clock: Clock, signal?: AbortSignal): Promise<number> {
  const days = await keptDays(store.db);
  const before = new Date(clock.now().getTime() - days * 24 * 60 * 60 * 1000).toISOString();
  let pruned = 0;
  for (;;) {
    signal?.throwIfAborted();
    const dropped = await store.transaction(async tx => {
      const carried = await carriedTo(tx);
      const result = await sql`
        delete from membership_change where seq in (
          select seq from membership_change where seq <= ${carried} and at < ${before}
          order by seq limit ${rowsATime})`.execute(tx);
      return Number(result.numAffectedRows ?? 0n);
    });
    pruned += dropped;
    if (dropped < rowsATime) return pruned;
  }
}

async function keptDays(db: Queries): Promise<number> {
  const row = await db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', historyDays.key)
    .executeTakeFirst();
  return row ? Number(row.value) : historyDays.initially;
}

/** How far every mapped group has read the feed; everything where no group reads it. */
async function carriedTo(db: Queries): Promise<number> {
  const row = await db
    .selectFrom('target_group')
    .innerJoin('mapping', 'mapping.target_group_id', 'target_group.id')
    .select(({ fn }) => fn.min('target_group.membership_seq').as('seq'))
    .executeTakeFirst();
  return row?.seq ?? Number.MAX_SAFE_INTEGER;
}
