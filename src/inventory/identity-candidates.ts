import { sql } from 'kysely';
import type { Queries } from '../store/index.ts';

/** That a resource is an object, in one cloud service. */
export interface Claim {
  cloud_service_id: number;
  resource_id: number;
  object_id: string;
}

/**
 * The object of each resource named that has one, a claim for each cloud service. Of several objects that fit, this
 * order chooses, so that the same data always gives the same answer:
 * 1. a user's object id before its on-premises SID before its user principal name;
 * 2. enabled before disabled or unknown;
 * 3. joined devices (AzureAd, ServerAd) before registered ones (Workplace);
 * 4. the lower object id.
 */
export async function candidates(
  queries: Queries,
  cloudServiceId: number | undefined,
  resourceIds: readonly number[],
): Promise<Claim[]> {
  if (resourceIds.length === 0) return [];
  const ids = sql.join(resourceIds);
  const service = cloudServiceId === undefined ? sql`` : sql`and o.cloud_service_id = ${cloudServiceId}`;
  // One arm a key, so that each is answered from its own index.
  const arm = (rank: number, type: 'device' | 'user', resourceKey: string, objectKey: string) => sql`
    select o.cloud_service_id, r.id as resource_id, o.object_id, ${sql.lit(rank)} as key_rank,
      case when o.account_enabled = 1 then 0 else 1 end as enabled_rank,
      case when o.trust_type = 'Workplace' then 1 else 0 end as trust_rank
    from resource r join cloud_service s on 1 = 1
      join entra_object o on o.cloud_service_id = s.id and o.${sql.ref(objectKey)} = r.${sql.ref(resourceKey)}
    where r.id in (${ids}) and r.type = ${sql.lit(type)} and o.kind = ${sql.lit(type)} ${service}`;
  const { rows } = await sql<Claim>`
    select cloud_service_id, resource_id, object_id from (
      select cloud_service_id, resource_id, object_id, row_number() over (
        partition by cloud_service_id, resource_id
        order by key_rank, enabled_rank, trust_rank, object_id) as place
      from (
        ${arm(0, 'device', 'entra_device_id', 'device_id')}
        union all ${arm(0, 'user', 'entra_user_id', 'object_id')}
        union all ${arm(1, 'user', 'on_premises_sid', 'on_premises_sid')}
        union all ${arm(2, 'user', 'upn_key', 'upn_key')}
      ) as claims
    ) as placed
    where place = 1`.execute(queries);
  return rows;
}
