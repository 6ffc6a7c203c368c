import { findMapping, noSuchMapping } from '../../cloudsync/index.ts';
import type { Store } from '../../store/index.ts';
import type { Identity } from '../auth/identity.ts';
import { requireBuiltIn, requireSeen, visibleTo, wholeSite } from '../auth/scopes.ts';
import { byNumber, type Route } from '../contract/index.ts';

/** The checked parts of a request. */
export interface Parts {
  params: unknown;
  query: unknown;
  body: unknown;
}

/**
 * Before the body is read: refuses what concerns the whole site to who is limited.
 * @throws Problem `outside-scope`
 */
export function refuseWholeSite({ limits }: Identity, route: Route): void {
  if (route.scope === 'site' && limits.length > 0) throw wholeSite();
}

/**
 * What somebody may see of what a request is about: together with
 * `refuseWholeSite` the one place where limits to collections are enforced.
 * @returns the numbers of the collections that may be seen; undefined: all
 * @throws Problem `outside-scope` where no collection is named, `collection-not-found`, `mapping-not-found` or
 *   `built-in-not-seen`
 */
export async function enforceScope(
  store: Store,
  identity: Identity | undefined,
  route: Route,
  parts: Parts,
): Promise<readonly number[] | undefined> {
  const visible = identity && (await visibleTo(store, identity));
  if (!visible) return undefined;
  const named = await collectionsOf(store, visible, route, parts);
  if (route.needsBuiltIn) await requireBuiltIn(store, visible, named);
  return visible;
}

/** The collections that a request is about, all of which may be seen. */
async function collectionsOf(
  store: Store,
  visible: readonly number[],
  { scope }: Route,
  parts: Parts,
): Promise<string[]> {
  if (scope === 'mapping') return [await mappedCollection(store, visible, parts.params)];
  if (typeof scope === 'string') return [];
  const named = scope.flatMap(path => refsAt(path, parts));
  await requireSeen(store, visible, named);
  return named;
}

/** The collection of a mapping. One that may not be seen is told in the words for one that does not exist. */
async function mappedCollection(store: Store, visible: readonly number[], params: unknown): Promise<string> {
  const { id } = byNumber.parse(params);
  const { collectionNum, collectionId } = await findMapping(store.db, id);
  if (!visible.includes(collectionNum)) throw noSuchMapping(id);
  return collectionId;
}

/** @throws Problem `outside-scope` where a path that must name a collection names none */
function refsAt(path: string, parts: Parts): string[] {
  const [part = '', name = ''] = path.replace(/!$/, '').split('.');
  const of: unknown = parts[part as keyof Parts];
  const value: unknown = of !== null && typeof of === 'object' ? Reflect.get(of, name) : undefined;
  const refs = (Array.isArray(value) ? value : [value]).filter(ref => typeof ref === 'string');
  if (path.endsWith('!') && refs.length === 0) throw wholeSite();
  return refs;
}
