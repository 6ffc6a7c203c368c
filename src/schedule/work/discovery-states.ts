import type { Store } from '../../store/index.ts';

/** Where the discovery of one kind of object in one tenant stands. Instants are ISO 8601 in UTC. */
export interface DiscoveryState {
  cloudServiceId: number;
  tenant: string;
  kind: 'device' | 'user';
  objectCount: number;
  underWay: boolean;
  lastFullTime: string | null;
  lastDeltaTime: string | null;
  /** Removals that wait for a full discovery to confirm them. */
  heldRemovals: number;
  error: string | null;
}

/** The state of every discovery, or of one tenant's. */
export async function discoveryStates(store: Store, cloudServiceId?: number): Promise<DiscoveryState[]> {
  const rows = await store.db
    .selectFrom('discovery_state as state')
    .innerJoin('cloud_service as service', 'service.id', 'state.cloud_service_id')
    .selectAll('state')
    .select('service.name as tenant')
    .$if(cloudServiceId !== undefined, query =>
      query.where('state.cloud_service_id', '=', cloudServiceId ?? 0),
    )
    .orderBy('service.name_key')
    .orderBy('state.kind')
    .execute();
  return rows.map(row => ({
    cloudServiceId: row.cloud_service_id,
    tenant: row.tenant,
    kind: row.kind,
    objectCount: row.object_count,
    underWay: row.next_link !== null || row.full_started_at !== null,
    lastFullTime: row.last_full_at,
    lastDeltaTime: row.last_delta_at,
    heldRemovals: row.held_removals,
    error: row.error,
  }));
}
