import { fold, Problem } from '../base/index.ts';
import type { Queries } from '../store/index.ts';

/** A collection by its id or name. */
export interface FoundCollection {
  num: number;
  id: string;
  name: string;
  type: 'device' | 'user';
}

/**
 * Finds a collection by id or name; an id goes before a name.
 * @throws Problem when there is none
 */
export async function findCollection(db: Queries, ref: string): Promise<FoundCollection> {
  const found = await db
    .selectFrom('collection')
    .select(['num', 'id', 'name', 'type'])
    .where(({ or, eb }) => or([eb('id', '=', ref.toUpperCase()), eb('name_key', '=', fold(ref))]))
    .execute();
  const collection = found.find(({ id }) => id === ref.toUpperCase()) ?? found[0];
  if (collection) return collection;
  throw new Problem(
    'not-found',
    'collection-not-found',
    `There is no collection "${ref}".`,
    'List them with: rollcall collection list.',
  );
}

/** A mapping, as those need it who change it. */
export interface FoundMapping {
  id: number;
  targetId: number;
  groupId: string;
  collectionNum: number;
  collectionId: string;
}

/**
 * Finds a mapping by its number.
 * @throws Problem `mapping-not-found`
 */
export async function findMapping(db: Queries, id: number): Promise<FoundMapping> {
  const mapping = await db
    .selectFrom('mapping')
    .innerJoin('target_group', 'target_group.id', 'mapping.target_group_id')
    .innerJoin('collection', 'collection.num', 'mapping.collection_num')
    .select(['mapping.id', 'target_group.id as targetId', 'target_group.group_id as groupId'])
    .select(['collection.num as collectionNum', 'collection.id as collectionId'])
    .where('mapping.id', '=', id)
    .executeTakeFirst();
  if (mapping) return mapping;
  throw noSuchMapping(id);
}

/** The problem that there is no mapping of a number, or none that may be seen. */
export function noSuchMapping(id: number): Problem {
  return new Problem(
    'not-found',
    'mapping-not-found',
    `There is no mapping ${id}.`,
    'It may have been removed; see which there are: rollcall cloud-sync status.',
  );
}

/** The ids of the target groups with an object id or a name. */
export async function targetsCalled(db: Queries, group: string): Promise<number[]> {
  const found = await db
    .selectFrom('target_group')
    .select(['id', 'group_id'])
    .where(({ or, eb }) => or([eb('group_id', '=', group.toLowerCase()), eb('name_key', '=', fold(group))]))
    .execute();
  const byId = found.filter(({ group_id }) => group_id === group.toLowerCase());
  return (byId.length > 0 ? byId : found).map(({ id }) => id);
}

/**
 * The groups that a collection feeds, as ids of target groups.
 * @param group only the one with this object id or name
 * @throws Problem when the collection feeds none, or not that one
 */
export async function mappedGroups(
  db: Queries,
  collection: FoundCollection,
  group?: string,
): Promise<{ mappingId: number; targetId: number; groupId: string; name: string }[]> {
  const all = await db
    .selectFrom('mapping')
    .innerJoin('target_group', 'target_group.id', 'mapping.target_group_id')
    .select(['mapping.id as mappingId', 'target_group.id as targetId'])
    .select(['target_group.group_id as groupId', 'target_group.name'])
    .where('mapping.collection_num', '=', collection.num)
    .orderBy('mapping.id')
    .execute();
  if (all.length === 0) {
    throw new Problem(
      'not-found',
      'collection-not-mapped',
      `The collection "${collection.name}" is not mapped to any group.`,
      `Map it: rollcall cloud-sync add ${collection.id} --group GROUP.`,
    );
  }
  if (group === undefined) return all;
  const byId = all.filter(({ groupId }) => groupId === group.toLowerCase());
  const found = byId.length > 0 ? byId : all.filter(({ name }) => fold(name) === fold(group));
  if (found.length > 0) return found;
  throw new Problem(
    'not-found',
    'mapping-not-found',
    `The collection "${collection.name}" is not mapped to the group "${group}".`,
    `It is mapped to: ${all.map(({ name }) => name).join(', ')}.`,
  );
}
