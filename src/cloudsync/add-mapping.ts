import { type Clock, Problem } from '../base/index.ts';
import type { Queries, Store } from '../store/index.ts';
import { checkGroup } from './checks.ts';
import { findGroup } from './find-group.ts';
import { release } from './held.ts';
import type { GroupDirectory, GroupFacts } from './ports.ts';
import { wantedObjects } from './reading.ts';
import { type FoundCollection, findCollection } from './refs.ts';
import { type MappingStatus, mappingStatus } from './status.ts';
import { switchedOff } from './switches.ts';
import { loadTarget } from './targets.ts';

/** A tenant, as far as mappings need it. */
export interface MappingTenant {
  id: number;
  name: string;
}

/** A new mapping, and what is worth knowing before its first run. */
export interface AddedMapping {
  mapping: MappingStatus;
  warnings: string[];
}

/**
 * Maps a collection to a group. The group's next run is full.
 * @param group object id or whole name of the group
 * @throws Problem when the collection or the group does not exist, the group can't be used, or is mapped already
 */
export async function addMapping(
  store: Store,
  directory: GroupDirectory,
  tenant: MappingTenant,
  { collection: collectionRef, group: groupRef }: { collection: string; group: string },
  clock: Clock,
  signal?: AbortSignal,
): Promise<AddedMapping> {
  const collection = await findCollection(store.db, collectionRef);
  const group = await findGroup(directory, groupRef, signal);
  const service = await store.db
    .selectFrom('cloud_service')
    .select('allow_role_assignable')
    .where('id', '=', tenant.id)
    .executeTakeFirstOrThrow();
  const refusal = checkGroup(group, {
    types: [collection.type],
    allowRoleAssignable: service.allow_role_assignable === 1,
  });
  if (refusal) throw refusal;
  const targetId = await store.transaction(tx => insert(tx, tenant, collection, group, clock.now()));
  const [mapping] = (await mappingStatus(store, { collections: [collection.id] })).filter(
    ({ groupId, cloudServiceId }) => groupId === group.id && cloudServiceId === tenant.id,
  );
  if (!mapping) throw new Error(`the mapping of ${collection.id} to ${group.id} went away at once`);
  return { mapping, warnings: await warningsOf(store, directory, targetId, collection, group, signal) };
}

/** @returns the id of the target group */
async function insert(
  tx: Queries,
  tenant: MappingTenant,
  collection: FoundCollection,
  group: GroupFacts,
  now: Date,
): Promise<number> {
  const { id } = await tx
    .insertInto('target_group')
    .values({
      cloud_service_id: tenant.id,
      group_id: group.id,
      name: group.displayName,
      membership_seq: 0,
      identity_seq: 0,
      full_needed: 1,
    })
    .onConflict(conflict =>
      conflict.columns(['cloud_service_id', 'group_id']).doUpdateSet(eb => ({
        full_needed: eb('target_group.full_needed', '+', 1),
        name: group.displayName,
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
  if (already) {
    throw new Problem(
      'conflict',
      'mapping-exists',
      `The collection "${collection.name}" is mapped to the group "${group.displayName}" already.`,
      `See how it stands: rollcall cloud-sync status ${collection.id}.`,
    );
  }
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
  return id;
}

async function warningsOf(
  store: Store,
  directory: GroupDirectory,
  targetId: number,
  collection: FoundCollection,
  group: GroupFacts,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const target = await loadTarget(store.db, targetId);
  if (!target) return [];
  const warnings: string[] = [];
  const off = switchedOff(target);
  if (off) warnings.push(`${off.message} ${off.hint}`);
  const others = target.feeders.filter(({ num }) => num !== collection.num).map(({ name }) => name);
  if (others.length > 0) {
    warnings.push(
      `The group "${group.displayName}" is fed by ${others.join(', ')} too: it will hold the members of all of them.`,
    );
  }
  const unevaluated = target.feeders.filter(({ evaluated }) => !evaluated).map(({ name }) => name);
  if (unevaluated.length > 0) {
    // Who is foreign can not be told yet: as far as anybody knows, it would be everyone.
    return [
      ...warnings,
      `Not evaluated yet: ${unevaluated.join(', ')}. The first run evaluates it; cloud-sync plan shows beforehand what the run would change.`,
    ];
  }
  const wanted = await wantedObjects(store.db, target);
  let foreign = 0;
  for await (const page of directory.listMembers(group.id, signal)) {
    foreign += page.filter(({ id }) => !wanted.has(id)).length;
  }
  if (foreign > 0) {
    const members = foreign === 1 ? '1 member' : `${foreign} members`;
    warnings.push(
      `The group "${group.displayName}" has ${members} that its collections do not want; the first run is full and takes them out.`,
    );
  }
  return warnings;
}
