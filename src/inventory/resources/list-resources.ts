import { type RawBuilder, sql } from 'kysely';
import { fold, Problem } from '../../base/index.ts';
import { type ResourceType, type SortField, type Store, sortedPage } from '../../store/index.ts';
import { firstResourceId } from './resource-ids.ts';
import type { StoredResource } from './resource-row.ts';
import { type ResourceSummary, summaryOf } from './resources.ts';

/** A part of a list; `after` is the `next` of the page before. */
export interface ResourceQuery {
  type?: ResourceType | undefined;
  /** The beginning of a name, in any case. */
  search?: string | undefined;
  /** Only those that this source brought last. */
  source?: string | undefined;
  /** Only those that have changed since an instant, ISO 8601 in UTC. */
  changedSince?: string | undefined;
  after?: string | undefined;
  limit: number;
  /**
   * One field (by name when left out), with a minus before it for the other way round; one type after the other all the
   * same, and those last that lack the field.
   */
  sort?: string | undefined;
  /** Whether to count how many there are on all pages. */
  total?: boolean | undefined;
  /** A subquery that gives the ids of those to list. Left out: all are. */
  among?: RawBuilder<unknown> | undefined;
}

interface Sortable extends SortField<StoredResource> {
  /** It may be null: those without it are a part of the list by themselves. */
  lackable?: boolean;
  /** The index for it does not begin with the type. */
  untyped?: boolean;
}

/** Each with an index that gives its order (migrations 0001 and 0008): a page costs what it shows. */
const sortable: Readonly<Record<string, Sortable>> = {
  name: { column: sql`name_key`, value: row => row.name_key },
  id: { column: sql`id`, value: row => row.id, untyped: true },
  source: { column: sql`source`, value: row => row.source },
  updatedAt: { column: sql`updated_at`, value: row => row.updated_at },
  externalId: { ...lackable('external_id', row => row.external_id), untyped: false },
  entraDeviceId: lackable('entra_device_id', row => row.entra_device_id),
  entraUserId: lackable('entra_user_id', row => row.entra_user_id),
  userPrincipalName: lackable('upn_key', row => row.upn_key),
  onPremisesSid: lackable('on_premises_sid', row => row.on_premises_sid),
};
const key: SortField<StoredResource> = { column: sql`id`, value: row => row.id };

function lackable(column: string, value: (row: StoredResource) => string | null): Sortable {
  return { column: sql.ref(column), value: row => value(row) ?? '', lackable: true, untyped: true };
}

/** A stretch of the list that one index gives in its order. */
interface Part {
  type: ResourceType;
  /** Of a field that may be lacking: those that have it, or those that lack it, which are in the order of their ids. */
  having?: 'field' | 'nothing';
}

// Where so many fit, walking in the order that is asked for meets one often enough; fewer are sorted.
const dense = 20_000;

/**
 * Resources a page at a time; `next` is null on the last.
 * @throws Problem `sort-unknown`, or `bad-page` when `after` is not a `next` of before
 */
export async function listResources(
  store: Store,
  query: ResourceQuery,
): Promise<{ resources: ResourceSummary[]; next: string | null; total?: number }> {
  const { sort = 'name', limit } = query;
  const parts = partsOf(query.type, fieldOf(sort));
  const counted = query.total ? { total: await count(store, query) } : {};
  const resources: ResourceSummary[] = [];
  let { at, after } = placeOf(query.after, parts.length);
  for (const part of parts.slice(at)) {
    const { rows, next } = await page(store, query, part, { sort, after, limit: limit - resources.length });
    resources.push(...rows.map(summaryOf));
    if (next !== null) return { resources, next: `${at}.${next}`, ...counted };
    at += 1;
    after = undefined;
    if (resources.length < limit) continue;
    const more = await hasRows(store, query, parts.slice(at));
    return { resources, next: more ? `${at}.` : null, ...counted };
  }
  return { resources, next: null, ...counted };
}

async function page(
  store: Store,
  query: ResourceQuery,
  part: Part,
  { sort, after, limit }: { sort: string; after: string | undefined; limit: number },
): Promise<{ rows: readonly StoredResource[]; next: string | null }> {
  const order = part.having === 'nothing' ? sort.replace(/[^-].*/, 'id') : sort;
  const sorted = sortedPage(sortable, key, order, { after });
  const some = await rowsOf(store, query, part, sort);
  const rows: StoredResource[] = [];
  for (const stretch of sorted.stretches) {
    const found = await some
      .$if(stretch !== undefined, q => q.where(sql<boolean>`${stretch}`))
      .orderBy(sorted.orderBy)
      .limit(limit + 1 - rows.length)
      .execute();
    rows.push(...found);
    if (rows.length > limit) break;
  }
  return sorted.page(rows, limit);
}

/** The rows of a part, so that the order can be walked where many fit, and few are sorted. */
async function rowsOf(store: Store, query: ResourceQuery, part: Part, sort: string) {
  const ownFilter = filterOf[sort.replace('-', '')];
  const filters = filtersOf(query).filter(name => name !== ownFilter);
  const some = () => matching(store, part, query, sort).selectAll();
  if (filters.length === 0) return some();
  const found = await store.db
    .selectFrom(some().select('id').limit(dense).as('found'))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (Number(found.count) >= dense) return matching(store, part, query, sort, { aside: filters }).selectAll();
  // What is cut at a number of rows is found first and sorted then.
  return store.db.selectFrom(some().limit(dense).as('resource')).selectAll();
}

type Filter = 'search' | 'source' | 'changedSince' | 'among';

/** The filter that goes by the column of a sort: the index for the order serves it too. */
const filterOf: Readonly<Record<string, Filter>> = {
  name: 'search',
  source: 'source',
  updatedAt: 'changedSince',
};

function filtersOf(query: ResourceQuery): Filter[] {
  const all = ['search', 'source', 'changedSince', 'among'] as const;
  return all.filter(name => query[name] !== undefined && query[name] !== '');
}

/** @param aside filters for which no index is to be used: a column in an expression has none */
function matching(
  store: Store,
  { type, having }: Part,
  query: ResourceQuery,
  sort: string,
  { aside = [] as readonly Filter[] } = {},
) {
  const column = (name: string, filter: Filter) =>
    aside.includes(filter) ? sql`coalesce(${sql.ref(name)}, '')` : sql.ref(name);
  const { search = '', source, changedSince, among } = query;
  const start = fold(search);
  const name = column('name_key', 'search');
  // Ids in Entra have indexes without the type, for they tell it.
  const typed = fieldOf(sort).untyped && having !== 'nothing' ? sql`coalesce(type, '')` : sql`type`;
  const lacks = having === 'nothing' ? sql`is null` : sql`is not null`;
  return (
    store.db
      .selectFrom('resource')
      .where(sql<boolean>`${typed} = ${sql.lit(type)}`)
      // Each type has ids of its own: the walk by ids begins at the first of them.
      .$if(fieldOf(sort) === sortable.id, q => q.where('id', '>=', firstResourceId[type]))
      .$if(having !== undefined, q => q.where(sql<boolean>`${fieldOf(sort).column} ${lacks}`))
      .$if(start !== '', q =>
        q.where(sql<boolean>`${name} >= ${start} and ${name} < ${`${start}\u{10ffff}`}`),
      )
      .$if(source !== undefined, q => q.where(sql<boolean>`${column('source', 'source')} = ${source}`))
      .$if(changedSince !== undefined, q =>
        q.where(sql<boolean>`${column('updated_at', 'changedSince')} >= ${changedSince}`),
      )
      .$if(among !== undefined, q => q.where(sql<boolean>`${column('id', 'among')} in (${among})`))
  );
}

async function count(store: Store, query: ResourceQuery): Promise<number> {
  let total = 0;
  for (const type of typesOf(query.type)) {
    const row = await matching(store, { type }, query, 'name')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    total += Number(row.count);
  }
  return total;
}

async function hasRows(store: Store, query: ResourceQuery, parts: readonly Part[]): Promise<boolean> {
  for (const part of parts) {
    const { rows } = await page(store, query, part, {
      sort: query.sort ?? 'name',
      after: undefined,
      limit: 1,
    });
    if (rows.length > 0) return true;
  }
  return false;
}

function typesOf(type: ResourceType | undefined): readonly ResourceType[] {
  return type ? [type] : ['device', 'user'];
}

function partsOf(type: ResourceType | undefined, { lackable }: Sortable): Part[] {
  return typesOf(type).flatMap(one =>
    lackable
      ? [
          { type: one, having: 'field' },
          { type: one, having: 'nothing' },
        ]
      : [{ type: one }],
  );
}

function fieldOf(sort: string): Sortable {
  const name = sort.replace(/^-/, '');
  const field = Object.hasOwn(sortable, name) ? sortable[name] : undefined;
  if (field) return field;
  throw new Problem(
    'invalid',
    'sort-unknown',
    `Resources can not be sorted by "${sort}".`,
    `Sort them by one of: ${Object.keys(sortable).join(', ')}; with a minus before for the other way round.`,
  );
}

/** A cursor is the number of the part with the place in it; none: its beginning. */
function placeOf(cursor: string | undefined, parts: number): { at: number; after: string | undefined } {
  if (cursor === undefined) return { at: 0, after: undefined };
  const [, at, after] = /^(\d)\.(.*)$/.exec(cursor) ?? [];
  if (at !== undefined && Number(at) < parts) return { at: Number(at), after: after || undefined };
  throw new Problem(
    'invalid',
    'bad-page',
    'The page asked for does not exist, or is one of the list in another order.',
    'Start from the first page.',
  );
}
