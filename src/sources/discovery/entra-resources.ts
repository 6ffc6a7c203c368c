import { sql } from 'kysely';
import type { WorkContext } from '../../base/index.ts';
import type { Tenant } from '../../directory/index.ts';
import { bringEntraResources, type EntraScope } from '../../inventory/index.ts';
import type { Queries, ResourceType, Store } from '../../store/index.ts';
import { entraRecord, type ObjectOfResource } from './entra-record.ts';
import { type DiscoveryState, saveState } from './state.ts';

/** What decides whether a tenant's devices and users become resources. */
export type ResourceTenant = Pick<Tenant, 'id' | 'tenantId' | 'entraResources'>;

const objectColumns = [
  'object_id',
  'kind',
  'display_name',
  'device_id',
  'trust_type',
  'user_principal_name',
  'on_premises_sid',
  'account_enabled',
  'properties',
] as const;

const keysAtOnce = 500;

/** How the resources of objects with these keys (device ids, object ids of users) are made. */
export async function entraScope(
  queries: Queries,
  tenant: ResourceTenant,
  kind: ResourceType,
  keys: readonly string[],
): Promise<EntraScope> {
  const scope = { cloudServiceId: tenant.id, kind };
  if (!tenant.entraResources) return { ...scope, recordOf: null };
  const objects = new Map<string, ObjectOfResource>();
  for (let from = 0; from < keys.length; from += keysAtOnce) {
    const rows = await queries
      .selectFrom('entra_object')
      .select(objectColumns)
      .where('cloud_service_id', '=', tenant.id)
      .where(kind === 'device' ? 'device_id' : 'object_id', 'in', keys.slice(from, from + keysAtOnce))
      .execute();
    for (const row of rows) if (row.kind === kind) objects.set(row.object_id, row);
  }
  return {
    ...scope,
    recordOf: objectId => {
      const object = objects.get(objectId);
      return object && entraRecord(object, tenant.tenantId);
    },
  };
}

/**
 * Ends a round: brings the devices and users that are nobody's, such as those whose resource another source has
 * deleted since. Looks only where identities have changed since the last time.
 */
export async function settleEntraResources(
  store: Store,
  tenant: ResourceTenant,
  state: DiscoveryState,
  mode: 'full' | 'delta',
  work: WorkContext,
): Promise<void> {
  const begun = state.settled_seq;
  if (!tenant.entraResources || begun === null) {
    if (begun !== null) await saveState(store.db, state, { settled_seq: null });
    return;
  }
  // What changes meanwhile, our own resources included, is looked at the next time.
  const seq = await lastIdentityChange(store.db);
  if (mode === 'delta' && seq === begun) return;
  let after = '';
  for (;;) {
    work.signal.throwIfAborted();
    const keys = await nobodys(store.db, tenant.id, state.kind, after);
    const last = keys.at(-1);
    if (last === undefined) break;
    after = last;
    const at = work.clock.now().toISOString();
    await store.transaction(async tx => {
      const scope = await entraScope(tx, tenant, state.kind, keys);
      await bringEntraResources(tx, store.dialect, scope, keys, at);
    });
  }
  await saveState(store.db, state, { settled_seq: seq });
}

async function lastIdentityChange(queries: Queries): Promise<number> {
  const row = await queries
    .selectFrom('identity_change')
    .select('seq')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.seq ?? 0;
}

/** Keys of objects that no resource is, in their order. */
async function nobodys(
  queries: Queries,
  service: number,
  kind: ResourceType,
  after: string,
): Promise<string[]> {
  const query =
    kind === 'device'
      ? sql<{ key: string }>`select distinct device_id as key from entra_object o
          where cloud_service_id = ${service} and kind = 'device' and device_id > ${after} and not exists (
            select 1 from resource r where r.entra_device_id = o.device_id and r.type = 'device')
          order by device_id limit ${keysAtOnce}`
      : sql<{ key: string }>`select object_id as key from entra_object o
          where cloud_service_id = ${service} and kind = 'user' and object_id > ${after} and not exists (
            select 1 from entra_identity i where i.cloud_service_id = o.cloud_service_id
              and i.object_id = o.object_id)
          order by object_id limit ${keysAtOnce}`;
  return (await query.execute(queries)).rows.map(row => row.key);
}
