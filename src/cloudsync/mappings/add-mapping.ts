import { type Clock, fold } from '../../base/index.ts';
import type { Queries, Store } from '../../store/index.ts';
import { release } from '../held/held.ts';
import type { GroupFacts } from '../ports.ts';
import type { FoundCollection } from '../refs.ts';
import { type MappingStatus, mappingStatus } from '../status/status.ts';
import {
  type AskedMapping,
  type CheckingDirectory,
  lookAtMapping,
  type MappingTenant,
  mappingExists,
} from './check-mapping.ts';
import { mappedElsewhere } from './mapped-elsewhere.ts';

/** A new mapping, and what is worth knowing before its first run. */
export interface AddedMapping {
  mapping: MappingStatus;
  warnings: string[];
}

/**
 * Maps a collection to a group. The group's next run is full.
 * @param asked.group object id or whole name of the group
 * @param asked.visible numbers of the collections whose names warnings may tell; undefined: all
 * @throws Problem when the collection or the group does not exist, the group can't be used, or is mapped already
 */
export async function addMapping(
  store: Store,
  directory: CheckingDirectory,
  tenant: MappingTenant,
  asked: AskedMapping,
  clock: Clock,
  signal?: AbortSignal,
): Promise<AddedMapping> {
  const { collection, group, refusal, warnings } = await lookAtMapping(
    store,
    directory,
    tenant,
    asked,
    signal,
  );
  if (refusal) throw refusal;
  await store.transaction(tx => insert(tx, tenant, collection, group, clock.now()));
  const [mapping] = (await mappingStatus(store, { collections: [collection.id] })).filter(
    ({ groupId, cloudServiceId }) => groupId === group.id && cloudServiceId === tenant.id,
  );
  if (!mapping) throw new Error(`the mapping of ${collection.id} to ${group.id} went away at once`);
  return { mapping, warnings };
}

async function insert(
  tx: Queries,
  tenant: MappingTenant,
  collection: FoundCollection,
  group: GroupFacts,
  now: Date,
): Promise<void> {
  const { id } = await tx
    .insertInto('target_group')
    .values({
      cloud_service_id: tenant.id,
      group_id: group.id,
      name: group.displayName,
      name_key: fold(group.displayName),
      membership_seq: 0,
      identity_seq: 0,
      full_needed: 1,
    })
    .onConflict(conflict =>
      conflict.columns(['cloud_service_id', 'group_id']).doUpdateSet(eb => ({
        full_needed: eb('target_group.full_needed', '+', 1),
        name: group.displayName,
        name_key: fold(group.displayName),
      })),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  const already = await tx
    .selectFrom('mapping')
    .select('id')
    .where('collection_num', '=', collection.num)
    .where('target_group_id', '=', id)
    .executeTakeFirst();
  if (already) throw mappingExists(collection, group);
  const elsewhere = await mappedElsewhere(tx, tenant, group);
  if (elsewhere) throw elsewhere;
  // What a run would remove has changed with the collections that feed the group.
  await release(tx, id);
  await tx
    .insertInto('mapping')
    .values({
      collection_num: collection.num,
      target_group_id: id,
      created_at: now.toISOString(),
      max_removals: null,
      max_removal_percent: null,
    })
    .execute();
}
