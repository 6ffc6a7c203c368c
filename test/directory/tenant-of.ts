import type { Emulator } from '../../emulator/index.ts';
import type { Secrets, Tenant } from '../../src/directory/index.ts';
import { type Credential, SealedCredential } from '../../src/directory/tenant/credential.ts';

/** What is needed to reach an emulator, in this process or another. */
export type Reached = Pick<Emulator, 'loginUrl' | 'graphUrl' | 'caPem' | 'credentials'>;

/** Seals nothing: for tests that are about something else. */
export const plainSecrets: Secrets = { seal: text => text, open: sealed => sealed };

/** The tenant of an emulator as Rollcall would have it stored. */
export function tenantOf(emulator: Reached, credential?: Credential, changes: Partial<Tenant> = {}): Tenant {
  const used: Credential = credential ?? { kind: 'client-secret', secret: emulator.credentials.clientSecret };
  return {
    id: 1,
    name: 'Emulated',
    tenantId: emulator.credentials.tenantId,
    clientId: emulator.credentials.clientId,
    cloud: 'custom',
    loginUrl: emulator.loginUrl,
    graphUrl: emulator.graphUrl,
    ca: emulator.caPem,
    credentialKind: used.kind,
    credential: SealedCredential.seal(used, plainSecrets),
    groupSync: true,
    discovery: true,
    discoveryMinutes: 5,
    fullDiscoveryDays: 7,
    entraAuthenticationDisabled: false,
    maxRemovals: 500,
    maxRemovalPercent: 30,
    quotaShare: 100,
    wholeReadDays: 7,
    allowRoleAssignable: false,
    entraResources: false,
    createdAt: '',
    updatedAt: '',
    ...changes,
  };
}
