import { deviceProperties, entryShape, userProperties } from './delta.ts';
import { pages } from './paging.ts';
import type { Transport } from './transport.ts';
import type { EntraObject } from './types.ts';

/** What an object can be known by beforehand; the first key that finds something is taken. */
export type ObjectKeys =
  | { kind: 'device'; deviceId: string | null }
  | {
      kind: 'user';
      objectId: string | null;
      onPremisesSid: string | null;
      userPrincipalName: string | null;
    };

/**
 * Looks up one device or user in Entra, by a read for each key until one finds something. Several devices may bear one
 * deviceId: all of them are given.
 * @throws Problem when the app may not read devices or users
 */
export async function findObjects(
  transport: Transport,
  keys: ObjectKeys,
  signal?: AbortSignal,
): Promise<EntraObject[]> {
  for (const [property, value] of lookups(keys)) {
    if (value === null) continue;
    const query = new URLSearchParams({
      $select: keys.kind === 'device' ? deviceProperties : userProperties,
      // OData doubles an apostrophe inside a string.
      $filter: `${property} eq '${value.replaceAll("'", "''")}'`,
    });
    const first = `/${keys.kind}s?${query.toString().replaceAll('+', '%20')}`;
    const reading = { what: `looking up a ${keys.kind}`, units: keys.kind === 'device' ? 1 : 2, signal };
    const found: EntraObject[] = [];
    for await (const page of pages(transport, first, entryShape, reading)) {
      for (const { '@removed': _, id, ...properties } of page) {
        found.push({ kind: keys.kind, id: id.toLowerCase(), ...properties });
      }
    }
    if (found.length > 0) return found;
  }
  return [];
}

/** In the order in which identities are matched (docs/discovery.md, "Which object a resource is"). */
function lookups(keys: ObjectKeys): [property: string, value: string | null][] {
  if (keys.kind === 'device') return [['deviceId', keys.deviceId]];
  return [
    ['id', keys.objectId],
    ['onPremisesSecurityIdentifier', keys.onPremisesSid],
    ['userPrincipalName', keys.userPrincipalName],
  ];
}
