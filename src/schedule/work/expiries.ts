import { problemData, type WorkContext } from '../../base/index.ts';
import { type Expiry, listTenants } from '../../directory/index.ts';
import type { Queries } from '../../store/index.ts';
import type { Log } from '../engine/log.ts';
import type { Workshop } from '../workshop.ts';

/** Looks when the credential of each tenant ends, so that whoever looks at the overview is warned in time. */
export async function lookForExpiries(shop: Workshop, log: Log, work: WorkContext): Promise<void> {
  for (const tenant of await listTenants(shop.store)) {
    try {
      const directory = await shop.directories.of(tenant.id);
      const expiry = await directory.credentialExpiry();
      await saveExpiry(shop.store.db, tenant.id, expiry, work.clock.now());
    } catch (error) {
      work.signal.throwIfAborted();
      log.warn({ tenant: tenant.name, problem: problemData(error) }, 'when its credential ends is not known');
    }
  }
}

/** Keeps when the credential of a tenant ends. */
export async function saveExpiry(
  db: Queries,
  cloudServiceId: number,
  expiry: Expiry,
  now: Date,
): Promise<void> {
  const row = {
    expires_at: expiry.kind === 'at' ? expiry.at.toISOString() : null,
    looked_at: now.toISOString(),
  };
  await db
    .insertInto('credential_expiry')
    .values({ cloud_service_id: cloudServiceId, ...row })
    .onConflict(conflict => conflict.column('cloud_service_id').doUpdateSet(row))
    .execute();
}
