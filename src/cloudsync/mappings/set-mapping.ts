import type { Store } from '../../store/index.ts';
import { findMapping } from '../refs.ts';
import { getMapping, type MappingStatus } from '../status/status.ts';

/** What can be changed about a mapping; what is left out stays. */
export interface MappingChanges {
  /** Limits of the guard for this mapping; null: the tenant's. */
  maxRemovals?: number | null | undefined;
  maxRemovalPercent?: number | null | undefined;
  /** Leave the group as it is for now. Nothing is lost: what changes meanwhile is carried over later. */
  paused?: boolean | undefined;
}

/**
 * Changes what holds for one mapping.
 * @throws Problem `mapping-not-found`
 */
export async function setMapping(
  store: Store,
  id: number,
  { maxRemovals, maxRemovalPercent, paused }: MappingChanges,
): Promise<MappingStatus> {
  await findMapping(store.db, id);
  const changes = {
    ...(maxRemovals === undefined ? {} : { max_removals: maxRemovals }),
    ...(maxRemovalPercent === undefined ? {} : { max_removal_percent: maxRemovalPercent }),
    ...(paused === undefined ? {} : { paused: paused ? (1 as const) : (0 as const) }),
  };
  if (Object.keys(changes).length > 0) {
    await store.db.updateTable('mapping').set(changes).where('id', '=', id).execute();
  }
  return await getMapping(store, id);
}
