import type { Clock } from '../../base/index.ts';
import { resolveCloud } from './clouds.ts';
import { SealedCredential } from './credential.ts';
import { parseTenant, type TenantInput, tenantInput } from './input.ts';
import { prepareCredential } from './prepare.ts';
import type { Secrets } from './secrets.ts';
import { defaultSwitches } from './switches.ts';
import type { Tenant } from './tenant.ts';

/**
 * A tenant as `connectTenant` would make it, without storing anything: for checking a connection before it is kept.
 * @throws Problem `invalid-tenant`, `invalid-cloud-address`, `invalid-certificate` as `connectTenant` does
 */
export function trialTenant(input: TenantInput, secrets: Secrets, clock: Pick<Clock, 'now'>): Tenant {
  const { credential, cloud, loginUrl, graphUrl, ...given } = parseTenant(tenantInput, input);
  const prepared = prepareCredential(credential);
  const now = clock.now().toISOString();
  return {
    id: 0,
    ...defaultSwitches,
    ...given,
    ca: given.ca ?? null,
    ...resolveCloud(cloud, { loginUrl, graphUrl }),
    credentialKind: prepared.kind,
    credential: SealedCredential.seal(prepared, secrets),
    createdAt: now,
    updatedAt: now,
  };
}
