import type { Queries, ResourceType } from '../../store/index.ts';
import { chunks } from '../chunks.ts';

/** That a resource is an object, in one cloud service. */
export interface Claim {
  cloud_service_id: number;
  resource_id: number;
  object_id: string;
}

interface Candidate {
  object_id: string;
  account_enabled: number | null;
  trust_type: string | null;
}

type ObjectKey = 'device_id' | 'object_id' | 'on_premises_sid' | 'upn_key';
type ResourceKey = 'entra_device_id' | 'entra_user_id' | 'on_premises_sid' | 'upn_key';

/** By which keys a resource of each type is found, the first that leads to an object decides. */
export const identityKeys: Readonly<Record<ResourceType, readonly (readonly [ResourceKey, ObjectKey])[]>> = {
  device: [['entra_device_id', 'device_id']],
  user: [
    ['entra_user_id', 'object_id'],
    ['on_premises_sid', 'on_premises_sid'],
    ['upn_key', 'upn_key'],
  ],
};

/**
 * The object that each resource named is in a cloud service, where it is one. Of several objects that fit, this
 * order chooses, so that the same data always gives the same answer:
 * 1. a user's object id before its on-premises SID before its user principal name;
 * 2. enabled before disabled or unknown;
 * 3. joined devices (AzureAd, ServerAd) before registered ones (Workplace);
 * 4. the lower object id.
 *
 * Each step asks one table for one key: a join of both would leave it to the database's guesses where to begin.
 */
export async function candidates(
  queries: Queries,
  cloudServiceId: number,
  resourceIds: readonly number[],
): Promise<Claim[]> {
  if (resourceIds.length === 0) return [];
  const resources = await queries
    .selectFrom('resource')
    .select(['id', 'type', 'entra_device_id', 'entra_user_id', 'on_premises_sid', 'upn_key'])
    .where('id', 'in', resourceIds)
    .execute();
  const claims: Claim[] = [];
  for (const type of ['device', 'user'] as const) {
    let open = resources.filter(resource => resource.type === type);
    for (const [resourceKey, objectKey] of identityKeys[type]) {
      const keys = new Set(open.flatMap(resource => resource[resourceKey] ?? []));
      const chosen = await objectsByKey(queries, cloudServiceId, type, objectKey, keys);
      const rest: typeof open = [];
      for (const resource of open) {
        const object = chosen.get(resource[resourceKey] ?? '');
        if (!object) rest.push(resource);
        else {
          claims.push({
            cloud_service_id: cloudServiceId,
            resource_id: resource.id,
            object_id: object.object_id,
          });
        }
      }
      open = rest;
    }
  }
  return claims;
}

/** The best object for each key that leads to any. */
export async function objectsByKey(
  queries: Queries,
  cloudServiceId: number,
  kind: ResourceType,
  key: ObjectKey,
  values: ReadonlySet<string>,
): Promise<Map<string, Candidate>> {
  const best = new Map<string, Candidate>();
  for (const list of chunks(values)) {
    const rows = await queries
      .selectFrom('entra_object')
      .select(['object_id', 'kind', 'account_enabled', 'trust_type', `${key} as key`])
      .where('cloud_service_id', '=', cloudServiceId)
      .where(key, 'in', list)
      .execute();
    for (const row of rows) {
      if (row.kind !== kind || row.key === null) continue;
      const rival = best.get(row.key);
      if (!rival || precedes(row, rival)) best.set(row.key, row);
    }
  }
  return best;
}

function precedes(a: Candidate, b: Candidate): boolean {
  const rank = (one: Candidate) =>
    (one.account_enabled === 1 ? 0 : 2) + (one.trust_type === 'Workplace' ? 1 : 0);
  return rank(a) !== rank(b) ? rank(a) < rank(b) : a.object_id < b.object_id;
}
