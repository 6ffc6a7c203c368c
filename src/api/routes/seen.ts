import { sql } from 'kysely';
import { Problem } from '../../base/index.ts';
import { getCollection, memberOf } from '../../collections/index.ts';
import { getResource } from '../../inventory/index.ts';
import type { Store } from '../../store/index.ts';
import { wholeSite } from '../auth/scopes.ts';

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

/**
 * Refuses what could bring new members into a collection that somebody is limited to: all of its members may be seen
 * by whoever is, so that would be a way to see what lies beyond. What is limited to it in turn holds no others.
 * @throws Problem `limit-of-yours`
 */
export async function requireBounded(
  store: Store,
  visible: readonly number[] | undefined,
  ref: string,
): Promise<void> {
  if (!visible) return;
  const { name, limitingCollectionId } = await getCollection(store, ref);
  const ids = await seenIds(store, visible);
  if (limitingCollectionId !== null && ids.has(limitingCollectionId)) return;
  throw new Problem(
    'forbidden',
    'limit-of-yours',
    `You are limited to "${name}": whom it holds is for others to decide.`,
    'Make a collection inside it, or ask somebody who is not limited to it.',
  );
}
