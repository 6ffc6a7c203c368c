import { problemData, type WorkContext } from '../../base/index.ts';
import { expiryWarning, knownExpiries, listTenants, saveExpiry, type Tenant } from '../../directory/index.ts';
import type { Log } from '../engine/log.ts';
import type { EngineContext } from '../engine-context.ts';

const dayMs = 24 * 60 * 60_000;

/**
 * Looks once a day when the credential of each tenant ends, so that whoever looks at status or console is warned in
 * time, and warns in the log where that is soon.
 */
export async function lookForExpiries(context: EngineContext, log: Log, work: WorkContext): Promise<void> {
  const known = await knownExpiries(context.store);
  for (const tenant of await listTenants(context.store)) {
    const { lookedAt } = known(tenant);
    if (lookedAt !== null && work.clock.now().getTime() - Date.parse(lookedAt) < dayMs) continue;
    try {
      await look(context, tenant, log, work.clock.now());
    } catch (error) {
      work.signal.throwIfAborted();
      // Whatever needs the tenant fails likewise, and warns of it.
      log.info({ tenant: tenant.name, problem: problemData(error) }, 'when its credential ends is not known');
    }
  }
}

async function look(context: EngineContext, tenant: Tenant, log: Log, now: Date): Promise<void> {
  const directory = await context.directories.of(tenant.id);
  const expiry = await directory.credentialExpiry();
  await saveExpiry(context.store.db, tenant.id, expiry, now);
  const warning = expiry.kind === 'at' ? expiryWarning(tenant.credentialKind, expiry.at, now) : null;
  if (warning) log.warn({ tenant: tenant.name, hint: warning.hint }, warning.message);
}
