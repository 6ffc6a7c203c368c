import { sql } from 'kysely';
import type { Store } from '../store/index.ts';
import type { Change, Why } from './plan.ts';

/** A change as it is shown. */
export interface NamedChange {
  /** Of the resource, else of the Entra object, else its id. */
  name: string;
  objectId: string;
  why: Why;
  /** A member that Rollcall never put there. */
  foreign: boolean;
}

type Source = Pick<Store, 'db' | 'dialect'>;

/** Puts names to changes. `listed`: names that Entra gave along with the members. */
export async function nameChanges(
  store: Source,
  cloudServiceId: number,
  changes: readonly Change[],
  listed: ReadonlyMap<string, string>,
): Promise<NamedChange[]> {
  const resources = await resourceNames(
    store,
    changes.flatMap(({ resourceId }) => resourceId ?? []),
  );
  const nameOf = ({ objectId, resourceId }: Change) =>
    (resourceId === null ? undefined : resources.get(resourceId)) ?? listed.get(objectId);
  const nameless = changes.filter(change => nameOf(change) === undefined);
  const objects = await objectNames(
    store,
    cloudServiceId,
    nameless.map(({ objectId }) => objectId),
  );
  return changes.map(change => ({
    name: nameOf(change) ?? objects.get(change.objectId) ?? change.objectId,
    objectId: change.objectId,
    why: change.why,
    foreign: change.why === 'foreign',
  }));
}

async function resourceNames({ db, dialect }: Source, ids: number[]): Promise<Map<number, string>> {
  const names = new Map<number, string>();
  if (ids.length === 0) return names;
  // In the order in which they lie.
  const query = sql<{ id: number; name: string }>`
    select id, name from resource where id in ${dialect.among(ids.sort((a, b) => a - b))}`;
  await dialect.forEach(db, query, ({ id, name }) => names.set(id, name));
  return names;
}

async function objectNames(
  { db, dialect }: Source,
  cloudServiceId: number,
  ids: string[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  if (ids.length === 0) return names;
  const query = sql<{ object_id: string; display_name: string | null }>`
    select object_id, display_name from entra_object
    where cloud_service_id = ${cloudServiceId} and object_id in ${dialect.among(ids)}`;
  await dialect.forEach(db, query, ({ object_id, display_name }) => {
    if (display_name) names.set(object_id, display_name);
  });
  return names;
}
