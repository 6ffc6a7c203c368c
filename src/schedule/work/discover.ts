import { problemData, problemFrom, type WorkContext } from '../../base/index.ts';
import { listTenants, type Tenant } from '../../directory/index.ts';
import { type DiscoveryOptions, type DiscoveryResult, discover } from '../../sources/index.ts';
import type { Log } from '../engine/log.ts';
import type { JobArguments } from '../jobs/index.ts';
import { inTurn } from '../turns.ts';
import type { Workshop } from '../workshop.ts';
import { type DiscoveryState, discoveryStates } from './discovery-states.ts';
import { dueDiscovery } from './due.ts';
import { lookForExpiries } from './expiries.ts';

/**
 * Discovers one tenant, or all that have discovery switched on.
 * @throws Problem the first that befell a tenant or one of its kinds of objects; the others are discovered all the same
 */
export async function discoverNow(
  shop: Workshop,
  log: Log,
  { tenant, full, approve }: JobArguments<'discover'>,
  work: WorkContext,
): Promise<DiscoveryState[]> {
  const named = tenant === undefined ? undefined : (await shop.directories.find(tenant)).tenant;
  const tenants = named ? [named] : (await listTenants(shop.store)).filter(one => one.discovery);
  const failures: unknown[] = [];
  for (const one of tenants) {
    try {
      const results = await discoverTenant(shop, one, { full, approve }, work);
      failures.push(...results.flatMap(({ problem }) => (problem ? [problemFrom(problem)] : [])));
    } catch (error) {
      work.signal.throwIfAborted();
      failures.push(error);
    }
  }
  await lookForExpiries(shop, log, work);
  if (failures.length > 0) throw failures[0];
  return await discoveryStates(shop.store, named?.id);
}

/**
 * Discovers the tenants whose time has come. A tenant that can not be reached is logged and passed over: its error
 * stands in its state, and what is known of it stays as it was.
 * @param which 'unknown': only tenants of which nothing is known yet
 */
export async function discoverDue(
  shop: Workshop,
  log: Log,
  work: WorkContext,
  which: 'all' | 'unknown' = 'all',
): Promise<DiscoveryState[]> {
  for (const tenant of await listTenants(shop.store)) {
    const states = await discoveryStates(shop.store, tenant.id);
    const kinds = states.map(state => ({ lastFullAt: state.lastFullTime, lastDeltaAt: state.lastDeltaTime }));
    const due = dueDiscovery(tenant, kinds, work.clock.now());
    if (due === null) continue;
    if (which === 'unknown' && kinds.some(({ lastFullAt }) => lastFullAt !== null)) continue;
    try {
      await discoverTenant(shop, tenant, { full: due === 'full' }, work);
    } catch (error) {
      work.signal.throwIfAborted();
      log.warn({ tenant: tenant.name, problem: problemData(error) }, 'discovery failed');
    }
  }
  await lookForExpiries(shop, log, work);
  return await discoveryStates(shop.store);
}

async function discoverTenant(
  shop: Workshop,
  tenant: Tenant,
  options: DiscoveryOptions,
  work: WorkContext,
): Promise<DiscoveryResult[]> {
  const directory = await shop.directories.of(tenant.id);
  return await inTurn(shop.store, `the discovery of ${tenant.name}`, work, turn =>
    discover(shop.store, directory, tenant, options, turn),
  );
}
