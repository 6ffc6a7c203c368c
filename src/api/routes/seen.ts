import { sql } from 'kysely';
import { type CollectionDetail, getCollection, memberOf } from '../../collections/index.ts';
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
 * Refuses a resource that is named together with a collection of its type and is in no collection that may be seen, in
 * the words for one that does not exist.
 * @returns what names it from here on: others of its name are not asked about
 * @throws Problem `resource-not-found`, `collection-not-found`
 */
export async function requireSeenBeside(
  store: Store,
  visible: readonly number[] | undefined,
  { collection, resource }: { collection: string; resource: string },
): Promise<string> {
  if (!visible) return resource;
  const { type } = await getCollection(store, collection);
  const { id } = await getResource(store, resource, type, memberOf(store, visible));
  return String(id);
}

async function seenIds(store: Store, visible: readonly number[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from collection where num in ${store.dialect.among(visible)}`.execute(store.db);
  return new Set(rows.map(({ id }) => id));
}
