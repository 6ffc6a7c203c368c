import type { Selectable } from 'kysely';
import type { Queries, ResourceChangeTable, Store } from '../store/index.ts';

/** One entry of the change feed. `touched`: property ids, ascending, joined by commas; '*': new or deleted. */
export type ResourceChange = Selectable<ResourceChangeTable>;

/** The changes after `seq`, oldest first, a page of at most `limit`. */
export async function changesSince(
  queries: Store | Queries,
  seq: number,
  limit = 10_000,
): Promise<ResourceChange[]> {
  return handle(queries)
    .selectFrom('resource_change')
    .selectAll()
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute();
}

/** The number of the last change; 0 where there was none. It never falls, also when old changes are pruned. */
export async function lastChange(queries: Store | Queries): Promise<number> {
  const row = await handle(queries)
    .selectFrom('resource_change')
    .select('seq')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.seq ?? 0;
}

/** Drops the changes up to and including `seq`, except the very last one, which keeps the count. */
export async function pruneChanges(store: Store, seq: number): Promise<void> {
  const last = await lastChange(store);
  await store.db
    .deleteFrom('resource_change')
    .where('seq', '<=', Math.min(seq, last - 1))
    .execute();
}

function handle(queries: Store | Queries): Queries {
  return 'dialect' in queries ? queries.db : queries;
}
