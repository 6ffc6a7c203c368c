import {
  type TenantCheck as Check,
  checkTenant,
  connectTenant,
  disconnectTenant,
  getTenant,
  listTenants,
  type Tenant,
  trialTenant,
  updateTenant,
} from '../../directory/index.ts';
import { discoveryStates, saveExpiry } from '../../schedule/index.ts';
import type { Credential, Tenant as TenantAnswer, TenantCheck } from '../contract/index.ts';
import type { RouteHandlers } from '../http/handlers.ts';
import { checkDiscovery } from './discovery-check.ts';

/** Tenants: connect, change, check, and where their discovery stands. */
export const tenantHandlers = {
  async listTenants(_, { store }) {
    return { items: (await listTenants(store)).map(shown), next: null };
  },
  async connectTenant({ body }, { store, secrets, clock }) {
    const { credential, ...connection } = body;
    const input = { ...connection, credential: credentialInput(credential) };
    return shown(await connectTenant(store, secrets, input, clock));
  },
  async getTenant({ params }, { store }) {
    return shown(await getTenant(store, params.ref));
  },
  async updateTenant({ params, body }, { store, secrets, clock }) {
    const { credential, ...changes } = body;
    const input = { ...changes, ...(credential ? { credential: credentialInput(credential) } : {}) };
    return shown(await updateTenant(store, secrets, params.ref, input, clock));
  },
  async disconnectTenant({ params }, { store }) {
    await disconnectTenant(store, params.ref);
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

/** What may be shown of a tenant: neither its credential nor its certificate authority. */
function shown({ credential: _, ca: __, ...tenant }: Tenant): TenantAnswer {
  return tenant;
}

function credentialInput(credential: Credential) {
  if (credential.kind !== 'federated-token-file') return credential;
  return { kind: credential.kind, file: credential.path };
}

function shownCheck({ check, verdict, seen, advice }: Check): TenantCheck {
  return { name: check, outcome: verdict, seen, hint: advice };
}
