import { type Clock, fold, Problem } from '../base/index.ts';
import type { Queries, Store } from '../store/index.ts';
import { limitingFor, requireFreeName, requireSchedule } from './checks.ts';
import { summaryByNum } from './summary.ts';
import type { CollectionSummary, NewCollection } from './types.ts';

/** The setting that holds the site code, and what it is while nothing is set. */
const siteCode = { key: 'site.code', initially: 'RCL' };

/**
 * Makes a collection. It has no rules and no members yet.
 * @throws Problem collection-exists, collection-not-found (limitTo), collection-type-differs, schedule-invalid
 */
export async function createCollection(
  store: Store,
  given: NewCollection,
  clock: Clock,
): Promise<CollectionSummary> {
  const schedule = requireSchedule(given.schedule);
  return store.transaction(async tx => {
    const name = await requireFreeName(tx, given.name);
    const limiting = await limitingFor(tx, given.type, given.limitTo);
    const { num } = await tx
      .insertInto('collection')
      .values({
        // Its id is made from its number, which the store hands out in this very statement.
        id: '',
        name,
        name_key: fold(name),
        type: given.type,
        limiting_num: limiting.num,
        built_in: 0,
        incremental: given.incremental === false ? 0 : 1,
        schedule,
        comment: given.comment?.trim() || null,
        member_count: 0,
        stale: 1,
        last_joined: 0,
        last_left: 0,
        created_at: clock.now().toISOString(),
      })
      .returning('num')
      .executeTakeFirstOrThrow();
    const id = collectionId(await readSiteCode(tx), num);
    await tx.updateTable('collection').set({ id }).where('num', '=', num).execute();
    return summaryByNum(tx, num);
  });
}

/**
 * Site code and five hexadecimal digits, as ConfigMgr names collections: RCL00014.
 * @param num 1 to 1,048,575
 * @throws Problem collection-ids-used-up beyond that
 */
function collectionId(site: string, num: number): string {
  if (num <= 0xfffff) return `${site}${num.toString(16).toUpperCase().padStart(5, '0')}`;
  throw new Problem(
    'conflict',
    'collection-ids-used-up',
    'A site can number 1,048,575 collections, and all numbers have been used.',
    'Numbers are never given twice: make the collections that are still needed in a new data folder.',
  );
}

async function readSiteCode(db: Queries): Promise<string> {
  const row = await db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', siteCode.key)
    .executeTakeFirst();
  return row?.value ?? siteCode.initially;
}
