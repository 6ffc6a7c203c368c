import type { Queries } from '../store/index.ts';
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

const idsAtOnce = 500;

/** Puts names to changes. `listed`: names that Entra gave along with the members. */
export async function nameChanges(
  db: Queries,
  cloudServiceId: number,
  changes: readonly Change[],
  listed: ReadonlyMap<string, string>,
): Promise<NamedChange[]> {
  const resources = await resourceNames(db, new Set(changes.flatMap(({ resourceId }) => resourceId ?? [])));
  const nameOf = ({ objectId, resourceId }: Change) =>
    (resourceId === null ? undefined : resources.get(resourceId)) ?? listed.get(objectId);
  const nameless = changes.filter(change => nameOf(change) === undefined);
  const objects = await objectNames(
    db,
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

async function resourceNames(db: Queries, ids: ReadonlySet<number>): Promise<Map<number, string>> {
  const names = new Map<number, string>();
  const all = [...ids];
  for (let at = 0; at < all.length; at += idsAtOnce) {
    const some = all.slice(at, at + idsAtOnce);
    const rows = await db.selectFrom('resource').select(['id', 'name']).where('id', 'in', some).execute();
    for (const { id, name } of rows) names.set(id, name);
  }
  return names;
}

async function objectNames(
  db: Queries,
  cloudServiceId: number,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (let at = 0; at < ids.length; at += idsAtOnce) {
    const rows = await db
      .selectFrom('entra_object')
      .select(['object_id', 'display_name'])
      .where('cloud_service_id', '=', cloudServiceId)
      .where('object_id', 'in', ids.slice(at, at + idsAtOnce))
      .execute();
    for (const { object_id, display_name } of rows) if (display_name) names.set(object_id, display_name);
  }
  return names;
}
