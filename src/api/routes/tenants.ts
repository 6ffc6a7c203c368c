import { type Clock, silent } from '../../base/index.ts';
import {
  type TenantCheck as Check,
  checkTenant,
  connectTenant,
  disconnectTenant,
  getTenant,
  knownExpiries,
  listTenants,
  saveExpiry,
  type Tenant,
  trialTenant,
  updateTenant,
} from '../../directory/index.ts';
import { dropEntraResources } from '../../inventory/index.ts';
import { discoveryStates } from '../../schedule/index.ts';
import type { Store } from '../../store/index.ts';
import type { Credential, Tenant as TenantAnswer, TenantCheck } from '../contract/index.ts';
import type { RouteHandlers } from '../http/handlers.ts';
import { tenantWarnings } from '../overview/tenant-health.ts';
import { checkDiscovery } from './discovery-check.ts';

/** Tenants: connect, change, check, and where their discovery stands. */
export const tenantHandlers = {
  async listTenants(_, services) {
    return { items: await shown(await listTenants(services.store), services), next: null };
  },
  async connectTenant({ body }, services) {
    const { store, secrets, clock } = services;
    const { credential, ...connection } = body;
    const input = { ...connection, credential: credentialInput(credential) };
    return await shownOne(await connectTenant(store, secrets, input, clock), services);
  },
  async getTenant({ params }, services) {
    return await shownOne(await getTenant(services.store, params.ref), services);
  },
  async updateTenant({ params, body, signal }, services) {
    const { store, secrets, clock } = services;
    const { credential, ...changes } = body;
    const input = { ...changes, ...(credential ? { credential: credentialInput(credential) } : {}) };
    const changed = await updateTenant(store, secrets, params.ref, input, clock);
    if (changes.tenantId !== undefined) await dropEntraResources(store, { clock, report: silent, signal });
    return await shownOne(changed, services);
  },
  async disconnectTenant({ params, signal }, { store, clock }) {
    await disconnectTenant(store, params.ref);
    await dropEntraResources(store, { clock, report: silent, signal });
  },
  async checkTenant({ params }, { store, secrets, clock }) {
    const tenant = await getTenant(store, params.ref);
    const groups = await store.db
      .selectFrom('target_group')
      .select('group_id')
      .where('cloud_service_id', '=', tenant.id)
      .execute();
    const checks = await checkTenant(tenant, secrets, {
      clock,
      groupIds: groups.map(group => group.group_id),
      onExpiry: expiry => saveExpiry(store.db, tenant.id, expiry, clock.now()),
    });
    const discovery = checkDiscovery(tenant, await discoveryStates(store, tenant.id), clock.now());
    return { checks: [...checks.map(shownCheck), discovery] };
  },
  async checkConnection({ body }, { secrets, clock }) {
    const { credential, ...connection } = body;
    const trial = trialTenant({ ...connection, credential: credentialInput(credential) }, secrets, clock);
    const checks = await checkTenant(trial, secrets, { clock });
    return { checks: checks.map(shownCheck) };
  },
  async listDiscoveries(_, { store }) {
    return { items: await discoveryStates(store), next: null };
  },
  async discover({ body, identity }, { store, engine }) {
    // A wrong name is told at once, not by a job that fails.
    if (body.tenant !== undefined) await getTenant(store, body.tenant);
    return await engine.submit({ kind: 'discover', arguments: body }, identity.name);
  },
} satisfies Partial<RouteHandlers>;

/** What may be shown of tenants: neither credential nor certificate authority; and what is to be said of each. */
async function shown(
  tenants: readonly Tenant[],
  { store, clock }: { store: Store; clock: Clock },
): Promise<TenantAnswer[]> {
  const states = await discoveryStates(store);
  const expiryOf = await knownExpiries(store);
  return tenants.map(tenant => {
    const { credential: _, ca: __, ...open } = tenant;
    const expiry = expiryOf(tenant);
    const discoveries = states.filter(state => state.cloudServiceId === tenant.id);
    return {
      ...open,
      credentialExpiresAt: expiry.expiresAt,
      credentialExpirySource: expiry.source,
      warnings: tenantWarnings({ tenant, discoveries, expiry }, clock.now()),
    };
  });
}

async function shownOne(tenant: Tenant, services: { store: Store; clock: Clock }): Promise<TenantAnswer> {
  const [one] = await shown([tenant], services);
  if (!one) throw new Error(`tenant ${tenant.id} was not shown`);
  return one;
}

function credentialInput(credential: Credential) {
  if (credential.kind !== 'federated-token-file') return credential;
  return { kind: credential.kind, file: credential.path };
}

function shownCheck({ check, verdict, seen, advice }: Check): TenantCheck {
  return { name: check, outcome: verdict, seen, hint: advice };
}
