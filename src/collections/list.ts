import { sql } from 'kysely';
import { fold } from '../base/index.ts';
import {
  beginsWith,
  contains,
  type ResourceType,
  type SortField,
  type Store,
  sortedPage,
} from '../store/index.ts';
import { type SummaryRow, selectSummaries, summaryOf } from './summary.ts';
import type { CollectionSummary } from './types.ts';

/** Which collections to list, and in which order. */
export interface ListOptions {
  type?: ResourceType | undefined;
  /** Part of a name, or the beginning of an id. */
  search?: string | undefined;
  /** Only those that this resource is a member of. */
  member?: number | undefined;
  /** Those whose last evaluation failed, or whose rules have changed since it. */
  state?: 'failed' | 'pending' | undefined;
  /** Fields joined by commas, each with a minus before it for the other way round; by name when left out. */
  sort?: string | undefined;
  /** The cursor that the page before gave. */
  after?: string | undefined;
  /** 1 to 10,000. */
  limit: number;
  /** Numbers of the collections to choose from; left out: all. */
  among?: readonly number[] | undefined;
  /** Whether to count how many there are on all pages. */
  total?: boolean | undefined;
}

const key: SortField<SummaryRow> = { column: sql`c.num`, value: row => row.num };
const sortable: Readonly<Record<string, SortField<SummaryRow>>> = {
  name: { column: sql`c.name_key`, value: row => row.name_key },
  id: { column: sql`c.id`, value: row => row.id },
  type: { column: sql`c.type`, value: row => row.type },
  memberCount: { column: sql`c.member_count`, value: row => row.member_count },
  lastEvaluationTime: {
    column: sql`coalesce(c.evaluated_at, '')`,
    value: row => row.evaluated_at ?? '',
  },
  incremental: { column: sql`c.incremental`, value: row => row.incremental },
  limitingCollectionName: {
    column: sql`coalesce(limiting.name_key, '')`,
    value: row => row.limiting_name_key ?? '',
  },
  // What needs somebody comes first: failed, never evaluated, outdated, up to date.
  state: {
    column: sql`case when c.error is not null then 0 when c.evaluated_at is null then 1 when c.stale > 0 then 2 else 3 end`,
    value: ({ error, evaluated_at, stale }) =>
      error !== null ? 0 : evaluated_at === null ? 1 : stale > 0 ? 2 : 3,
  },
  schedule: { column: sql`coalesce(c.schedule, '')`, value: row => row.schedule ?? '' },
  error: { column: sql`coalesce(substr(c.error, 1, 100), '')`, value: row => beginningOf(row.error) },
  comment: { column: sql`coalesce(substr(c.comment, 1, 100), '')`, value: row => beginningOf(row.comment) },
};

/** So much of a long text says where it comes in order: a cursor holds it, and has to go into an address. */
function beginningOf(text: string | null): string {
  return [...(text ?? '')].slice(0, 100).join('');
}

/** What a list can be sorted by. Its order must not tell the names of limiting collections that are not to be seen. */
function sortableAmong(store: Store, among: readonly number[] | undefined): typeof sortable {
  if (!among) return sortable;
  const seen = new Set<number | null>(among);
  return {
    ...sortable,
    limitingCollectionName: {
      column: sql`case when c.limiting_num in ${store.dialect.among(among)} then limiting.name_key else '' end`,
      value: row => (seen.has(row.limiting_num) ? (row.limiting_name_key ?? '') : ''),
    },
  };
}

/**
 * A page of collections.
 * @throws Problem `sort-unknown`, `bad-page`
 */
export async function listCollections(
  store: Store,
  options: ListOptions,
): Promise<{ collections: CollectionSummary[]; next: string | null; total?: number }> {
  const { limit, total } = options;
  const sorted = sortedPage(sortableAmong(store, options.among), key, 'name', options);
  let query = matching(store, options)
    .orderBy(sorted.orderBy)
    .limit(limit + 1);
  if (sorted.after) query = query.where(sql<boolean>`${sorted.after}`);
  const page = sorted.page(await query.execute(), limit);
  return {
    collections: page.rows.map(summaryOf),
    next: page.next,
    ...(total ? { total: await count(store, options) } : {}),
  };
}

async function count(store: Store, options: ListOptions): Promise<number> {
  const { count: found } = await matching(store, options)
    .clearSelect()
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(found);
}

function matching(store: Store, { type, search, member, state, among }: ListOptions) {
  let query = selectSummaries(store.db);
  if (type) query = query.where('c.type', '=', type);
  if (state === 'failed') query = query.where('c.error', 'is not', null);
  if (state === 'pending') query = query.where('c.stale', '>', 0);
  if (among) query = query.where(sql<boolean>`c.num in ${store.dialect.among(among)}`);
  if (member !== undefined) {
    query = query.where(
      sql<boolean>`exists (select 1 from membership m where m.collection_num = c.num and m.resource_id = ${member})`,
    );
  }
  const text = search?.trim();
  if (!text) return query;
  return query.where(({ or }) =>
    or([contains('c.name_key', fold(text)), beginsWith('c.id', text.toUpperCase())]),
  );
}
