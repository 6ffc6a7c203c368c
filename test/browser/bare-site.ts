import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { type Emulator, startEmulator } from '../../emulator/index.ts';
import { type Client, createClient, createLog, type Server, startServer } from '../../src/api/index.ts';

/** A server that knows devices A to D and no tenant yet, and beside it a tenant that holds them and Group1 = {A, B, C}. */
export interface BareSite {
  server: Server;
  entra: Emulator;
  client: Client;
  /** Names of the members of Group1, sorted. */
  members(): string[];
  /** Somebody adds a device to Group1 in Entra. */
  addInEntra(name: string): void;
  close(): Promise<void>;
}

export async function openBareSite(): Promise<BareSite> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rollcall-bare-'));
  const entra = await startEmulator({ throttling: false });
  const log = createLog('silent', new Writable({ write: (_chunk, _encoding, done) => done() }));
  const server = await startServer({ dataDir, env: {}, host: '127.0.0.1', port: 0, cycle: false, log });
  const client = createClient(async request => {
    const { method, headers, body } = request;
    const answer = await fetch(server.url + request.url, {
      method,
      headers,
      ...(typeof body === 'string' ? { body } : {}),
    });
    return { status: answer.status, body: await answer.text() };
  }, server.token);
  const ids = new Map<string, string>();
  const names = ['A', 'B', 'C', 'D'];
  const devices = names.map(name => entra.tenant.addDevice({ displayName: name }));
  for (const device of devices) ids.set(device.displayName ?? '', device.id);
  const group = entra.tenant.addGroup({ displayName: 'Group1', owners: [entra.app.servicePrincipalId] });
  for (const name of ['A', 'B', 'C']) entra.tenant.addMember(group.id, ids.get(name) ?? '');
  const body = devices
    .map(({ displayName, deviceId }) => ({ type: 'device', name: displayName, entraDeviceId: deviceId }))
    .map(record => JSON.stringify(record))
    .join('\n');
  const job = await client.call('importResources', { query: {}, body });
  await client.call('getJob', { params: { id: job.id }, query: { wait: 30 } });
  const nameOf = new Map([...ids].map(([name, id]) => [id, name]));
  return {
    server,
    entra,
    client,
    members: () =>
      entra.tenant
        .members(group.id)
        .map(id => nameOf.get(id) ?? id)
        .sort(),
    addInEntra: name => entra.tenant.addMember(group.id, ids.get(name) ?? ''),
    async close() {
      await server.close();
      await entra.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
