import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Writable } from 'node:stream';
import { type Emulator, startEmulator } from '../../emulator/index.ts';
import { type Client, createClient, createLog, type Server, startServer } from '../../src/api/index.ts';

/** A server with its console, connected to an emulated tenant that holds devices A to D and Group1 = {A, B, C}. */
export interface Site {
  server: Server;
  entra: Emulator;
  client: Client;
  groupId: string;
  /** Object id in Entra by the device's name. */
  objectIds: Map<string, string>;
  close(): Promise<void>;
}

export async function openSite(): Promise<Site> {
  if (!existsSync(resolve('console/dist/index.html'))) {
    throw new Error('The console is not built; `npm test` builds it first, or run `npm run console`.');
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'rollcall-browser-'));
  const entra = await startEmulator({ throttling: false });
  const server = await startServer({
    dataDir,
    env: {},
    host: '127.0.0.1',
    port: 0,
    cycle: false,
    log: createLog('silent', new Writable({ write: (_chunk, _encoding, done) => done() })),
  });
  const client = createClient(async request => {
    const answer = await fetch(server.url + request.url, {
      method: request.method,
      headers: request.headers,
      ...(typeof request.body === 'string' ? { body: request.body } : {}),
    });
    return { status: answer.status, body: await answer.text() };
  }, server.token);
  const site = { server, entra, client, ...(await fill(client, entra)) };
  return {
    ...site,
    async close() {
      await server.close();
      await entra.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function fill(client: Client, entra: Emulator) {
  const objectIds = new Map<string, string>();
  const records = ['A', 'B', 'C', 'D'].map(name => {
    const device = entra.tenant.addDevice({ displayName: name });
    objectIds.set(name, device.id);
    return { type: 'device', name, entraDeviceId: device.deviceId };
  });
  const group = entra.tenant.addGroup({ displayName: 'Group1', owners: [entra.app.servicePrincipalId] });
  for (const name of ['A', 'B', 'C']) entra.tenant.addMember(group.id, objectIds.get(name) ?? '');
  const { tenantId, clientId, clientSecret } = entra.credentials;
  await client.call('connectTenant', {
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
  const body = [...records, { type: 'device', name: 'NotInEntra' }]
    .map(record => JSON.stringify(record))
    .join('\n');
  const job = await client.call('importResources', { query: {}, body });
  await client.call('getJob', { params: { id: job.id }, query: { wait: 30 } });
  await client.call('createCollection', { body: { name: 'Collection1', type: 'device' } });
  await client.call('addRule', {
    params: { ref: 'Collection1' },
    body: { kind: 'direct', resources: ['B', 'C', 'NotInEntra'] },
  });
  await client.call('addMapping', { body: { collection: 'Collection1', group: 'Group1' } });
  return { groupId: group.id, objectIds };
}
