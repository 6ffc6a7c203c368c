import { sql } from 'kysely';
import { Problem } from '../../base/index.ts';
import { type CollectionDetail, getCollection } from '../../collections/index.ts';
import { getResource } from '../../inventory/index.ts';
import type { Store } from '../../store/index.ts';
import { wholeSite } from '../auth/scopes.ts';

/** A collection without the names of those that use it and may not be seen. */
export async function seenOf(
  store: Store,
  collection: CollectionDetail,
  visible: readonly number[] | undefined,
): Promise<CollectionDetail> {
  if (!visible) return collection;
  const ids = await seenIds(store, visible);
  return { ...collection, dependents: collection.dependents.filter(({ id }) => ids.has(id)) };
}

/**
 * Refuses to delete a collection together with its uses when one of them is in a collection that may not be seen.
 * @throws Problem `outside-scope`
 */
export async function requireOnlySeenUses(
  store: Store,
  ref: string,
  visible: readonly number[],
): Promise<void> {
  const { dependents } = await getCollection(store, ref);
  const ids = await seenIds(store, visible);
  if (dependents.some(({ id }) => !ids.has(id))) throw wholeSite();
}

/**
 * Refuses a resource that is in no collection that may be seen, in the words for one that does not exist.
 * @throws Problem `resource-not-found`
 */
export async function requireSeenResource(
  store: Store,
  visible: readonly number[],
  { id, ref, type }: { id: number; ref: string; type?: 'device' | 'user' | undefined },
): Promise<void> {
  const { rows } = await sql`
    select 1 from membership as m where m.resource_id = ${id}
      and m.collection_num in ${store.dialect.among(visible)} limit 1`.execute(store.db);
  if (rows.length > 0) return;
  throw new Problem(
    'not-found',
    'resource-not-found',
    `There is no ${type ?? 'resource'} "${ref}".`,
    'Look for it with: rollcall resource list.',
  );
}

/**
 * As `requireSeenResource`, for a resource that is named together with a collection of its type.
 * @throws Problem `resource-not-found`, `collection-not-found`
 */
export async function requireSeenBeside(
  store: Store,
  visible: readonly number[] | undefined,
  { collection, resource }: { collection: string; resource: string },
): Promise<void> {
  if (!visible) return;
  const { type } = await getCollection(store, collection);
  const { id } = await getResource(store, resource, type);
  await requireSeenResource(store, visible, { id, ref: resource, type });
}

async function seenIds(store: Store, visible: readonly number[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from collection where num in ${store.dialect.among(visible)}`.execute(store.db);
  return new Set(rows.map(({ id }) => id));
}
