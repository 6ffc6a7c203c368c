import { fold } from '../base/index.ts';
import type { Queries, Store } from '../store/index.ts';
import { limitingFor, requireFreeName, requireSchedule } from './checks.ts';
import { refuseCycle } from './graph/cycle.ts';
import type { QueryRules } from './queries.ts';
import { type CollectionRow, requireCollection, requireOwn } from './reference.ts';
import { summaryByNum } from './summary.ts';
import type { CollectionChange, CollectionSummary } from './types.ts';

/** `updateCollection` with the maker of query rules as an argument. */
export async function updateCollectionWith(
  store: Store,
  queries: QueryRules,
  ref: string,
  change: CollectionChange,
): Promise<CollectionSummary> {
  return store.transaction(async tx => {
    const row = await requireCollection(tx, ref);
    requireOwn(row);
    if (change.name !== undefined) await rename(tx, row, change.name);
    if (change.limitTo !== undefined) await limit(tx, row, change.limitTo, queries);
    const set = {
      ...(change.incremental === undefined
        ? {}
        : { incremental: change.incremental ? (1 as const) : (0 as const) }),
      ...(change.schedule === undefined ? {} : { schedule: requireSchedule(change.schedule) }),
      ...(change.comment === undefined ? {} : { comment: change.comment?.trim() || null }),
      // While it was not incremental it may have missed changes of resources.
      ...(change.incremental === true && row.incremental === 0 ? { stale: row.stale + 1 } : {}),
    };
    if (Object.keys(set).length > 0) {
      await tx.updateTable('collection').set(set).where('num', '=', row.num).execute();
    }
    return summaryByNum(tx, row.num);
  });
}

async function rename(tx: Queries, row: CollectionRow, given: string): Promise<void> {
  const name = await requireFreeName(tx, given, row.num);
  await tx
    .updateTable('collection')
    .set({ name, name_key: fold(name) })
    .where('num', '=', row.num)
    .execute();
  // Rules refer to it by number and stay right; those that bear its name are to go on bearing it.
  await tx
    .updateTable('collection_rule')
    .set({ name, name_key: fold(name) })
    .where('other_num', '=', row.num)
    .where('name_key', '=', row.name_key)
    .execute();
}

async function limit(tx: Queries, row: CollectionRow, ref: string, queries: QueryRules): Promise<void> {
  const limiting = await limitingFor(tx, row.type, ref);
  if (limiting.num === row.limiting_num) return;
  await refuseCycle(tx, row, [limiting], queries);
  await tx
    .updateTable('collection')
    .set({ limiting_num: limiting.num, stale: row.stale + 1 })
    .where('num', '=', row.num)
    .execute();
  row.stale += 1;
}
