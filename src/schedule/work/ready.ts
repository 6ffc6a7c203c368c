import { Problem } from '../../base/index.ts';
import type { Store } from '../../store/index.ts';

/**
 * Refuses to synchronize with a tenant before it has been discovered: nobody would be in Entra as far as Rollcall
 * knows, and a full run would empty the groups (design.md, section 4: an unavailable source never counts as "no
 * members").
 * @throws Problem `not-discovered` when a kind of member that this tenant's mappings need has never been read whole
 */
export async function requireDiscovered(store: Store, cloudServiceId: number): Promise<void> {
  const [missing] = await store.db
    .selectFrom('mapping')
    .innerJoin('target_group', 'target_group.id', 'mapping.target_group_id')
    .innerJoin('collection', 'collection.num', 'mapping.collection_num')
    .innerJoin('cloud_service', 'cloud_service.id', 'target_group.cloud_service_id')
    .leftJoin('discovery_state', join =>
      join
        .onRef('discovery_state.cloud_service_id', '=', 'target_group.cloud_service_id')
        .onRef('discovery_state.kind', '=', 'collection.type'),
    )
    .select(['collection.type', 'cloud_service.name', 'discovery_state.error'])
    .where('target_group.cloud_service_id', '=', cloudServiceId)
    .where('discovery_state.last_full_at', 'is', null)
    .limit(1)
    .execute();
  if (!missing) return;
  const why = missing.error ? ` The last try ended so: ${missing.error}` : '';
  throw new Problem(
    'conflict',
    'not-discovered',
    `The ${missing.type}s of ${missing.name} have not been discovered yet, so nobody can be told from their absence.`,
    `Run: rollcall discover --full --tenant ${JSON.stringify(missing.name)}.${why}`,
  );
}
