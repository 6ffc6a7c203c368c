import { problemData, type WorkContext } from '../../base/index.ts';
import { listTenants, type Tenant } from '../../directory/index.ts';
import { discover } from '../../sources/index.ts';
import type { Log } from '../engine/log.ts';
import { inTurn } from '../turns.ts';
import type { Workshop } from '../workshop.ts';
import { type DiscoveryState, discoveryStates } from './discovery-states.ts';
import { dueDiscovery } from './due.ts';

/**
 * Discovers one tenant, or all that have discovery switched on.
 * @throws Problem the first that a tenant met; the other tenants are discovered all the same
 */
export async function discoverNow(
  shop: Workshop,
  { tenant, full }: { tenant?: string | undefined; full: boolean },
  work: WorkContext,
): Promise<DiscoveryState[]> {
  if (tenant !== undefined) {
    const found = (await shop.directories.find(tenant)).tenant;
    await discoverTenant(shop, found, full, work);
    return await discoveryStates(shop.store, found.id);
  }
  const failures: unknown[] = [];
  for (const one of await listTenants(shop.store)) {
    if (!one.discovery) continue;
    await discoverTenant(shop, one, full, work).catch(error => failures.push(error));
    work.signal.throwIfAborted();
  }
  if (failures.length > 0) throw failures[0];
  return await discoveryStates(shop.store);
}

/**
 * Discovers the tenants whose time has come. A tenant that can not be reached is logged and passed over: its error
 * stands in its state, and its groups are told by cloud sync.
 */
export async function discoverDue(shop: Workshop, log: Log, work: WorkContext): Promise<DiscoveryState[]> {
  for (const tenant of await listTenants(shop.store)) {
    const states = await discoveryStates(shop.store, tenant.id);
    const kinds = states.map(state => ({ lastFullAt: state.lastFullTime, lastDeltaAt: state.lastDeltaTime }));
    const due = dueDiscovery(tenant, kinds, work.clock.now());
    if (due === null) continue;
    try {
      await discoverTenant(shop, tenant, due === 'full', work);
    } catch (error) {
      work.signal.throwIfAborted();
      log.warn({ tenant: tenant.name, problem: problemData(error) }, 'discovery failed');
    }
  }
  return await discoveryStates(shop.store);
}

async function discoverTenant(
  shop: Workshop,
  tenant: Tenant,
  full: boolean,
  work: WorkContext,
): Promise<void> {
  const directory = await shop.directories.of(tenant.id);
  await inTurn(shop.store, `the discovery of ${tenant.name}`, work, turn =>
    discover(shop.store, directory, tenant, { full }, turn),
  );
}
