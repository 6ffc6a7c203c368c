import { sql } from 'kysely';
import { fold } from '../base/index.ts';
import type { ResourceType, Store } from '../store/index.ts';
import { beginsWith, contains } from './like.ts';
import { pageOf, positionOf } from './page.ts';
import { selectSummaries, summaryOf } from './summary.ts';
import type { CollectionSummary } from './types.ts';

/** Which collections to list. */
export interface ListOptions {
  type?: ResourceType | undefined;
  /** Part of a name, or the beginning of an id. */
  search?: string | undefined;
  /** The cursor that the page before gave. */
  after?: string | undefined;
  /** 1 to 1,000. */
  limit: number;
  /** Numbers of the collections to choose from; left out: all. */
  among?: readonly number[] | undefined;
}

/** A page of collections in the order of their names. */
export async function listCollections(
  store: Store,
  { type, search, after, limit, among }: ListOptions,
): Promise<{ collections: CollectionSummary[]; next: string | null }> {
  let query = selectSummaries(store.db)
    .orderBy('c.name_key')
    .orderBy('c.num')
    .limit(limit + 1);
  if (type) query = query.where('c.type', '=', type);
  if (among) query = query.where(sql<boolean>`c.num in ${store.dialect.among(among)}`);
  const text = search?.trim();
  if (text) {
    query = query.where(({ or }) =>
      or([contains('c.name_key', fold(text)), beginsWith('c.id', text.toUpperCase())]),
    );
  }
  const from = positionOf(after);
  if (from) {
    query = query.where(({ eb, and, or }) =>
      or([
        eb('c.name_key', '>', from.name),
        and([eb('c.name_key', '=', from.name), eb('c.num', '>', from.num)]),
      ]),
    );
  }
  const page = pageOf(await query.execute(), limit, row => ({ name: row.name_key, num: row.num }));
  return { collections: page.rows.map(summaryOf), next: page.next };
}
