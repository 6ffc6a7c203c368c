import { onTestFinished } from 'vitest';
import { type EmulatorOptions, startEmulator } from '../../emulator/index.ts';
import { application } from './house.ts';

/** An application that is connected to an emulated tenant of its own; both end with the test. */
export async function connected(options: EmulatorOptions = {}) {
  const entra = await startEmulator({ throttling: false, ...options });
  onTestFinished(() => entra.close());
  const app = await application();
  const { tenantId, clientId, clientSecret } = entra.credentials;
  const tenant = await app.client.call('connectTenant', {
    body: {
      name: 'Contoso',
      tenantId,
      clientId,
      credential: { kind: 'client-secret', secret: clientSecret },
      loginUrl: entra.loginUrl,
      graphUrl: entra.graphUrl,
      ca: entra.caPem,
    },
  });
  return { ...app, entra, tenant };
}
