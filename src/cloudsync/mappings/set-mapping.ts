import type { Store } from '../../store/index.ts';
import { findCollection, mappedGroups } from '../refs.ts';
import { type MappingStatus, mappingStatus } from '../status/status.ts';

/** What can be changed about a mapping; what is left out stays. */
export interface MappingChanges {
  /** Limits of the guard for this mapping; null: the tenant's. */
  maxRemovals?: number | null | undefined;
  maxRemovalPercent?: number | null | undefined;
  /** Leave the group as it is for now. Nothing is lost: what changes meanwhile is carried over later. */
  paused?: boolean | undefined;
}

/**
 * Changes the mappings of a collection, or the one to a certain group.
 * @param group object id or name
 * @throws Problem when the collection does not exist or is not mapped (to that group)
 */
export async function setMapping(
  store: Store,
  { collection: ref, group }: { collection: string; group?: string | undefined },
  { maxRemovals, maxRemovalPercent, paused }: MappingChanges,
): Promise<MappingStatus[]> {
  const collection = await findCollection(store.db, ref);
  const groups = await mappedGroups(store.db, collection, group);
  const changes = {
    ...(maxRemovals === undefined ? {} : { max_removals: maxRemovals }),
    ...(maxRemovalPercent === undefined ? {} : { max_removal_percent: maxRemovalPercent }),
    ...(paused === undefined ? {} : { paused: paused ? (1 as const) : (0 as const) }),
  };
  if (Object.keys(changes).length > 0) {
    await store.db
      .updateTable('mapping')
      .set(changes)
      .where(
        'id',
        'in',
        groups.map(({ mappingId }) => mappingId),
      )
      .execute();
  }
  const changed = new Set(groups.map(({ groupId }) => groupId));
  const all = await mappingStatus(store, { collections: [collection.id] });
  return all.filter(({ groupId }) => changed.has(groupId));
}
