import type { Client, Mapping } from '../../../api/index.ts';
import { Problem } from '../../../base/index.ts';

/**
 * The mappings of a collection, or those of them to a group.
 * @param group object id or name
 * @throws Problem `collection-not-found`, `mapping-not-found`, `collection-not-mapped`
 */
export async function mappingsOf(client: Client, collection: string, group?: string): Promise<Mapping[]> {
  const { items } = await client.call('listMappings', {
    query: { collection: [collection], group, limit: 1_000 },
  });
  if (items.length > 0) return items;
  if (group === undefined) {
    throw new Problem(
      'not-found',
      'collection-not-mapped',
      `The collection "${collection}" is not mapped to any group.`,
      `Map it: rollcall cloud-sync add ${collection} --group GROUP.`,
    );
  }
  throw new Problem(
    'not-found',
    'mapping-not-found',
    `The collection "${collection}" is not mapped to the group "${group}".`,
    'See which mappings there are: rollcall cloud-sync status.',
  );
}

/**
 * The one mapping of a collection to a group.
 * @throws Problem as `mappingsOf`, or `group-ambiguous`
 */
export async function oneMapping(client: Client, collection: string, group: string): Promise<Mapping> {
  const [mapping, ...others] = await mappingsOf(client, collection, group);
  if (mapping && others.length === 0) return mapping;
  throw new Problem(
    'conflict',
    'group-ambiguous',
    `The collection "${collection}" is mapped to several groups named "${group}".`,
    'Give the object id of the one you mean.',
  );
}
