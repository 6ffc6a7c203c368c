import { type RawBuilder, sql } from 'kysely';
import { fold } from '../base/index.ts';
import { contains, type SortField, type Store, sortedPage } from '../store/index.ts';
import { requireCollection } from './reference.ts';

/** A member of a collection. */
export interface CollectionMember {
  resourceId: number;
  name: string;
}

/** Which members to list. */
export interface MembersOptions {
  /** The cursor that the page before gave. */
  after?: string | undefined;
  /** 1 to 10,000. */
  limit: number;
  /** Part of a name. */
  search?: string | undefined;
  /** `name`, or `-name` for the other way round. */
  sort?: string | undefined;
}

type MemberRow = { id: number; name: string; name_key: string };

const key: SortField<MemberRow> = { column: sql`r.id`, value: row => row.id };
const sortable = { name: { column: sql`r.name_key`, value: (row: MemberRow) => row.name_key } };

/** A subquery that gives the ids of the members of collections, as last evaluated. */
export function memberIds(store: Store, nums: readonly number[]): RawBuilder<unknown> {
  return sql`select resource_id from membership where collection_num in ${store.dialect.among(nums)}`;
}

/** A condition on `resource`: it is a member of one of these collections, as last evaluated. */
export function memberOf(store: Store, nums: readonly number[]): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from membership as m where m.resource_id = resource.id
    and m.collection_num in ${store.dialect.among(nums)})`;
}

// From so many members on, walking the resources by name meets a member often enough.
const dense = 20_000;

/** A page of a collection's members as last evaluated, in the order of their names. */
export async function collectionMembers(
  store: Store,
  ref: string,
  { after, limit, search, sort }: MembersOptions,
): Promise<{ members: CollectionMember[]; next: string | null; total: number }> {
  const row = await requireCollection(store.db, ref);
  const sorted = sortedPage(sortable, key, 'name', { sort, after });
  const text = search?.trim();
  const filters = [
    sql`r.type = ${row.type}`,
    ...(sorted.after ? [sorted.after] : []),
    ...(text ? [contains('r.name_key', fold(text))] : []),
  ];
  // Two ways to the same page: by the names of all resources, or by sorting the few members. SQLite joins what is
  // written as a cross join in the order in which it is written.
  const source =
    row.member_count >= dense
      ? sql`resource as r where exists (
          select 1 from membership as m where m.collection_num = ${row.num} and m.resource_id = r.id)`
      : sql`membership as m cross join resource as r where m.collection_num = ${row.num} and r.id = m.resource_id`;
  const found = await sql<MemberRow>`
    select r.id, r.name, r.name_key from ${source} and ${sql.join(filters, sql` and `)}
    order by ${sorted.orderBy} limit ${limit + 1}`.execute(store.db);
  const page = sorted.page(found.rows, limit);
  return {
    members: page.rows.map(({ id, name }) => ({ resourceId: id, name })),
    next: page.next,
    total: row.member_count,
  };
}
