import { problemData, problemFrom, type WorkContext } from '../../base/index.ts';
import { listTenants, type Tenant } from '../../directory/index.ts';
import { type DiscoveryOptions, type DiscoveryResult, discover } from '../../sources/index.ts';
import type { Log } from '../engine/log.ts';
import type { EngineContext } from '../engine-context.ts';
import { exclusively } from '../exclusive.ts';
import type { JobArguments } from '../jobs/index.ts';
import { type DiscoveryState, discoveryStates } from './discovery-states.ts';
import { dueDiscovery } from './due.ts';
import { lookForExpiries } from './expiries.ts';

/**
 * Discovers one tenant, or all that have discovery switched on.
 * @throws Problem the first that befell a tenant or one of its kinds of objects; the others are discovered all the same
 */
export async function discoverNow(
  context: EngineContext,
  log: Log,
  { tenant, full, approve }: JobArguments<'discover'>,
  work: WorkContext,
): Promise<DiscoveryState[]> {
  const named = tenant === undefined ? undefined : (await context.directories.find(tenant)).tenant;
  const tenants = named ? [named] : (await listTenants(context.store)).filter(one => one.discovery);
  const failures: unknown[] = [];
  for (const one of tenants) {
    try {
      const results = await discoverTenant(context, one, { full, approve }, work);
      failures.push(...results.flatMap(({ problem }) => (problem ? [problemFrom(problem)] : [])));
    } catch (error) {
      work.signal.throwIfAborted();
      failures.push(error);
    }
  }
  await lookForExpiries(context, log, work);
  if (failures.length > 0) throw failures[0];
  return await discoveryStates(context.store, named?.id);
}

/**
 * Discovers the tenants whose time has come. A tenant that can not be reached is logged and passed over: its error
 * stands in its state, and what is known of it stays as it was.
 * @param which 'unknown': only tenants of which nothing is known yet
 */
export async function discoverDue(
  context: EngineContext,
  log: Log,
  work: WorkContext,
  which: 'all' | 'unknown' = 'all',
): Promise<DiscoveryState[]> {
  for (const tenant of await listTenants(context.store)) {
    const states = await discoveryStates(context.store, tenant.id);
    const kinds = states.map(state => ({ lastFullAt: state.lastFullTime, lastDeltaAt: state.lastDeltaTime }));
    const due = dueDiscovery(tenant, kinds, work.clock.now());
    if (due === null) continue;
    if (which === 'unknown' && kinds.some(({ lastFullAt }) => lastFullAt !== null)) continue;
    try {
      await discoverTenant(context, tenant, { full: due === 'full' }, work);
    } catch (error) {
      work.signal.throwIfAborted();
      log.warn({ tenant: tenant.name, problem: problemData(error) }, 'discovery failed');
    }
  }
  await lookForExpiries(context, log, work);
  return await discoveryStates(context.store);
}

async function discoverTenant(
  context: EngineContext,
  tenant: Tenant,
  options: DiscoveryOptions,
  work: WorkContext,
): Promise<DiscoveryResult[]> {
  const directory = await context.directories.of(tenant.id);
  return await exclusively(context.store, `the discovery of ${tenant.name}`, work, turn =>
    discover(context.store, directory, tenant, options, turn),
  );
}
