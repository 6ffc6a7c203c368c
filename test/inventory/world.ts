import { silent, systemClock, type WorkContext } from '../../src/base/index.ts';
import { type ImportOptions, importResources, type ResourceRecord } from '../../src/inventory/index.ts';
import type { Store } from '../../src/store/index.ts';
import { lines } from './helpers.ts';

/** Work that nobody watches or stops. */
export const work: WorkContext = { clock: systemClock, report: silent, signal: new AbortController().signal };

/** Imports records as a file of the source "import". */
export function importRecords(
  store: Store,
  records: Iterable<ResourceRecord>,
  options: Partial<ImportOptions> = {},
) {
  return importResources(
    store,
    lines(records),
    { source: 'import', complete: false, approve: false, ...options },
    work,
  );
}

/** Connects a cloud service of that name without any credential, and returns its id. */
export async function cloudService(store: Store, name = 'Contoso'): Promise<number> {
  const at = '2026-01-01T00:00:00.000Z';
  const { id } = await store.db
    .insertInto('cloud_service')
    .values({
      name,
      name_key: name.toLowerCase(),
      tenant_id: 'tenant',
      client_id: 'client',
      cloud: 'public',
      login_url: 'https://login.example',
      graph_url: 'https://graph.example',
      credential_kind: 'managed-identity',
      group_sync: 1,
      discovery: 1,
      discovery_minutes: 5,
      full_discovery_days: 7,
      entra_authentication_disabled: 0,
      max_removals: 500,
      max_removal_percent: 30,
      quota_share: 90,
      allow_role_assignable: 0,
      created_at: at,
      updated_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Which object each resource is, by the resource's name. */
export async function identities(store: Store): Promise<Record<string, string>> {
  const rows = await store.db
    .selectFrom('entra_identity')
    .innerJoin('resource', 'resource.id', 'entra_identity.resource_id')
    .select(['resource.name', 'entra_identity.object_id'])
    .execute();
  return Object.fromEntries(rows.map(row => [row.name, row.object_id]));
}
