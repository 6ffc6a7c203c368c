import { onTestFinished } from 'vitest';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/index.ts';
import type { Client } from '../../src/api/index.ts';
import { application } from './house.ts';

/** An application that is connected to an emulated tenant of its own; both end with the test. */
export async function connected(options: EmulatorOptions = {}) {
  const entra = await startEmulator({ throttling: false, ...options });
  onTestFinished(() => entra.close());
  const app = await application();
  const tenant = await connect(app.client, entra);
  return { ...app, entra, tenant };
}

/** Connects the emulated tenant as Contoso. */
export async function connect(client: Client, entra: Emulator) {
  const { tenantId, clientId, clientSecret: secret } = entra.credentials;
  const { loginUrl, graphUrl, caPem: ca } = entra;
  const credential = { kind: 'client-secret', secret } as const;
  const body = { name: 'Contoso', tenantId, clientId, credential, loginUrl, graphUrl, ca };
  return await client.call('connectTenant', { body });
}
