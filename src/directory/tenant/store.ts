import type { Selectable } from 'kysely';
import { type Clock, fold, Problem } from '../../base/index.ts';
import type { CloudServiceTable, Flag, Queries, Store } from '../../store/index.ts';
import { resolveCloud } from './clouds.ts';
import { type Credential, SealedCredential } from './credential.ts';
import { renewExpiry } from './expiry-store.ts';
import { parseTenant, type TenantChanges, type TenantInput, tenantChanges, tenantInput } from './input.ts';
import { prepareCredential } from './prepare.ts';
import type { Secrets } from './secrets.ts';
import { defaultSwitches, type Switches } from './switches.ts';
import { type Tenant, tenantOf } from './tenant.ts';

/**
 * Stores a tenant and its sealed credential. Nothing is sent to Entra; `checkTenant` says whether it works.
 * @throws Problem `invalid-tenant`, `invalid-cloud-address`, `invalid-certificate`, or `tenant-exists` for a taken name
 */
export async function connectTenant(
  store: Store,
  secrets: Secrets,
  input: TenantInput,
  clock: Pick<Clock, 'now'>,
): Promise<Tenant> {
  const { credential, cloud, loginUrl, graphUrl, ...given } = parseTenant(tenantInput, input);
  const addresses = resolveCloud(cloud, { loginUrl, graphUrl });
  const now = clock.now().toISOString();
  const prepared = prepareCredential(credential);
  const id = await store.transaction(async tx => {
    const row = await tx
      .insertInto('cloud_service')
      .values({
        name: given.name,
        name_key: fold(given.name),
        tenant_id: given.tenantId,
        client_id: given.clientId,
        cloud: addresses.cloud,
        login_url: addresses.loginUrl,
        graph_url: addresses.graphUrl,
        ca: given.ca ?? null,
        ...sealed(prepared, secrets),
        created_at: now,
        updated_at: now,
        ...switchColumns(defaultSwitches),
        ...switchColumns(given),
      })
      .onConflict(oc => oc.column('name_key').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!row) throw nameTaken(given.name);
    await renewExpiry(tx, row.id, prepared, clock.now());
    return row.id;
  });
  return await getTenant(store, id);
}

/** All tenants by name. */
export async function listTenants(store: Store): Promise<Tenant[]> {
  const rows = await store.db.selectFrom('cloud_service').selectAll().orderBy('name_key').execute();
  return rows.map(tenantOf);
}

/**
 * One tenant, by name, tenant id, or number; without a reference, the only one there is. A number that is one is taken
 * for nothing else: another tenant may bear it as its name.
 * @throws Problem `tenant-not-found` or `tenant-ambiguous`
 */
export async function getTenant(store: Store, ref?: string | number): Promise<Tenant> {
  const all = await listTenants(store);
  const key = fold(String(ref ?? ''));
  const named = (tenant: Tenant) => fold(tenant.name) === key;
  const identified = (tenant: Tenant) => String(tenant.id) === key || tenant.tenantId === key;
  const byName = all.filter(named);
  const meant = byName.length > 0 ? byName : all.filter(identified);
  const found =
    ref === undefined ? all : typeof ref === 'number' ? all.filter(tenant => tenant.id === ref) : meant;
  const [first] = found;
  if (first && found.length === 1) return first;
  if (first) {
    throw new Problem(
      'invalid',
      'tenant-ambiguous',
      ref === undefined ? 'Several tenants are connected.' : `Several connected tenants match "${ref}".`,
      `Name one of: ${all.map(t => t.name).join(', ')}.`,
    );
  }
  throw new Problem(
    'not-found',
    'tenant-not-found',
    ref === undefined ? 'No tenant is connected yet.' : `There is no tenant "${ref}".`,
    all.length === 0
      ? 'Connect one with "rollcall tenant connect".'
      : `Connected are: ${all.map(t => t.name).join(', ')}.`,
  );
}

/**
 * Changes parts of a tenant; a new credential takes the old one's place at once. Another tenant id is another directory:
 * what was discovered is forgotten.
 * @throws Problem as `connectTenant` and `getTenant` do; `tenant-in-use` for another tenant id while groups are mapped;
 *   `credential-needed` for another login address without a credential
 */
export async function updateTenant(
  store: Store,
  secrets: Secrets,
  ref: string | number,
  changes: TenantChanges,
  clock: Pick<Clock, 'now'>,
): Promise<Tenant> {
  const { credential, cloud, loginUrl, graphUrl, ...given } = parseTenant(tenantChanges, changes);
  const before = await getTenant(store, ref);
  const moved = cloud !== undefined || loginUrl !== undefined || graphUrl !== undefined;
  const asGiven = cloud === undefined || cloud === 'custom';
  const addresses = moved
    ? resolveCloud(cloud, {
        loginUrl: loginUrl ?? (asGiven ? before.loginUrl : undefined),
        graphUrl: graphUrl ?? (asGiven ? before.graphUrl : undefined),
      })
    : before;
  const { name } = given;
  const prepared = credential && prepareCredential(credential);
  if (!prepared && addresses.loginUrl !== before.loginUrl && addresses.cloud === 'custom') {
    refuseToSend(before.credential.open(secrets), addresses.loginUrl);
  }
  await store.transaction(async tx => {
    if (given.tenantId !== undefined && given.tenantId !== before.tenantId) await moveElsewhere(tx, before);
    if (name !== undefined) {
      const other = await tx
        .selectFrom('cloud_service')
        .select('id')
        .where('name_key', '=', fold(name))
        .where('id', '!=', before.id)
        .executeTakeFirst();
      if (other) throw nameTaken(name);
    }
    await tx
      .updateTable('cloud_service')
      .set({
        name,
        name_key: name === undefined ? undefined : fold(name),
        tenant_id: given.tenantId,
        client_id: given.clientId,
        cloud: addresses.cloud,
        login_url: addresses.loginUrl,
        graph_url: addresses.graphUrl,
        ca: given.ca,
        ...(prepared ? sealed(prepared, secrets) : {}),
        ...switchColumns(given),
        updated_at: clock.now().toISOString(),
      })
      .where('id', '=', before.id)
      .execute();
    if (prepared) await renewExpiry(tx, before.id, prepared, clock.now());
  });
  return await getTenant(store, before.id);
}

/**
 * Forgets a tenant, its credential and what was discovered in it. Entra itself is left as it is.
 * @throws Problem `tenant-in-use` while a collection is mapped to one of its groups
 */
export async function disconnectTenant(store: Store, ref: string | number): Promise<Tenant> {
  const tenant = await getTenant(store, ref);
  await store.transaction(async tx => {
    await requireUnmapped(tx, tenant);
    await tx.deleteFrom('cloud_service').where('id', '=', tenant.id).execute();
  });
  return tenant;
}

/** @throws Problem `tenant-in-use` while a collection is mapped to one of its groups */
async function requireUnmapped(tx: Queries, tenant: Tenant): Promise<void> {
  const mapped = await tx
    .selectFrom('target_group')
    .select('name')
    .where('cloud_service_id', '=', tenant.id)
    .orderBy('name')
    .limit(1)
    .executeTakeFirst();
  if (!mapped) return;
  throw new Problem(
    'conflict',
    'tenant-in-use',
    `Collections are still mapped to groups of ${tenant.name}, ${mapped.name} among them.`,
    'Remove the mappings first with "rollcall cloud-sync remove".',
  );
}

/**
 * A secret is for the address that it was given for: whoever changes the address alone must not have it sent there. A
 * certificate's key and the platform's identity go nowhere.
 */
function refuseToSend({ kind }: Credential, loginUrl: string): void {
  if (kind !== 'client-secret' && kind !== 'federated-token-file') return;
  throw new Problem(
    'invalid',
    'credential-needed',
    `The credential was given for another login address, and is not sent to ${loginUrl}.`,
    'Give the credential again with the new address.',
  );
}

/** Another tenant id means another directory: what was discovered in the one before is forgotten. */
async function moveElsewhere(tx: Queries, tenant: Tenant): Promise<void> {
  await requireUnmapped(tx, tenant);
  for (const table of ['entra_object', 'entra_identity', 'discovery_state'] as const) {
    await tx.deleteFrom(table).where('cloud_service_id', '=', tenant.id).execute();
  }
}

function sealed(
  credential: Credential,
  secrets: Secrets,
): Pick<CloudServiceTable, 'credential_kind' | 'credential'> {
  return {
    credential_kind: credential.kind,
    credential: SealedCredential.seal(credential, secrets).forStore(),
  };
}

type SwitchColumns = Pick<
  Selectable<CloudServiceTable>,
  | 'group_sync'
  | 'discovery'
  | 'discovery_minutes'
  | 'full_discovery_days'
  | 'entra_authentication_disabled'
  | 'max_removals'
  | 'max_removal_percent'
  | 'quota_share'
  | 'allow_role_assignable'
  | 'entra_resources'
  | 'whole_read_days'
>;

/** The columns of the switches that are given and no others, so that defaults and stored values stay. */
function switchColumns(given: Switches): SwitchColumns;
function switchColumns(given: Partial<Switches>): Partial<SwitchColumns>;
function switchColumns(given: Partial<Switches>): Partial<SwitchColumns> {
  const columns = {
    group_sync: flag(given.groupSync),
    discovery: flag(given.discovery),
    discovery_minutes: given.discoveryMinutes,
    full_discovery_days: given.fullDiscoveryDays,
    entra_authentication_disabled: flag(given.entraAuthenticationDisabled),
    max_removals: given.maxRemovals,
    max_removal_percent: given.maxRemovalPercent,
    quota_share: given.quotaShare,
    allow_role_assignable: flag(given.allowRoleAssignable),
    entra_resources: flag(given.entraResources),
    whole_read_days: given.wholeReadDays,
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}

function flag(value: boolean | undefined): Flag | undefined {
  return value === undefined ? undefined : value ? 1 : 0;
}

function nameTaken(name: string): Problem {
  return new Problem(
    'conflict',
    'tenant-exists',
    `A tenant named "${name}" is connected already.`,
    'Choose another name, or change that one with "rollcall tenant set".',
  );
}
