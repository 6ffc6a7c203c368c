import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Writable } from 'node:stream';
import { type Emulator, startEmulator } from '../../emulator/index.ts';
import { type Client, createClient, createLog, type Server, startServer } from '../../src/api/index.ts';
import { cheapPasswords } from '../api/house.ts';

/** A server with its console, and beside it an emulated tenant that holds devices A to D and Group1 = {A, B, C}. */
export interface Site {
  dataDir: string;
  server: Server;
  entra: Emulator;
  client: Client;
  groupId: string;
  /** Object id in Entra by the device's name. */
  objectIds: Map<string, string>;
  /** Names of the members of Group1, sorted. */
  inGroup(): string[];
  /** Somebody adds a device to Group1 in Entra. */
  addInEntra(name: string): void;
  /** Waits for the end of a job, which must have succeeded. */
  ended(job: { id: string }): Promise<void>;
  close(): Promise<void>;
}

export interface SiteOptions {
  /**
   * Whether the tenant is connected, and Collection1 = {B, C, NotInEntra} is mapped to Group1. Otherwise the server
   * knows the devices A to D and nothing else.
   */
  mapped?: boolean;
  /** Whether the server knows any device. */
  imported?: boolean;
  /** Makes the server's store before the server opens it. */
  before?: (file: string) => Promise<void>;
}

export async function openSite({ mapped = true, imported = true, before }: SiteOptions = {}): Promise<Site> {
  if (!existsSync(resolve('console/dist/index.html'))) {
    throw new Error('The console is not built; `npm test` builds it first, or run `npm run console`.');
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'rollcall-browser-'));
  await before?.(join(dataDir, 'rollcall.db'));
  const entra = await startEmulator({ throttling: false });
  const log = createLog('silent', new Writable({ write: (_chunk, _encoding, done) => done() }));
  const server = await startServer({
    ...{ dataDir, env: {}, log },
    ...{ host: '127.0.0.1', port: 0, cycle: false, passwordCost: cheapPasswords },
  });
  const client = clientOf(server);
  const ended = async ({ id }: { id: string }) => {
    const job = await client.call('getJob', { params: { id }, query: { wait: 60 } });
    if (job.state !== 'succeeded') throw new Error(`${job.kind} is ${job.state}: ${job.problem?.message}`);
  };
  const { groupId, devices } = fill(entra);
  const names = mapped ? [...devices.keys(), 'NotInEntra'] : [...devices.keys()];
  const body = names
    .map(name => JSON.stringify({ type: 'device', name, entraDeviceId: devices.get(name)?.deviceId }))
    .join('\n');
  if (imported) await ended(await client.call('importResources', { query: {}, body }));
  if (mapped) await map(client, entra);
  const objectIds = new Map([...devices].map(([name, { id }]) => [name, id]));
  const nameOf = new Map([...devices].map(([name, { id }]) => [id, name]));
  return {
    ...{ dataDir, server, entra, client, groupId, objectIds, ended },
    inGroup: () =>
      entra.tenant
        .members(groupId)
        .map(id => nameOf.get(id) ?? id)
        .sort(),
    addInEntra: name => entra.tenant.addMember(groupId, objectIds.get(name) ?? ''),
    async close() {
      await server.close();
      await entra.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function clientOf(server: Server): Client {
  return createClient(async ({ url, method, headers, body }) => {
    const answer = await fetch(server.url + url, {
      ...{ method, headers },
      ...(typeof body === 'string' ? { body } : {}),
    });
    return { status: answer.status, body: await answer.text() };
  }, server.token);
}

function fill({ tenant, app }: Emulator) {
  const names = ['A', 'B', 'C', 'D'];
  const devices = new Map(names.map(name => [name, tenant.addDevice({ displayName: name })]));
  const members = ['A', 'B', 'C'].map(name => devices.get(name)?.id ?? '');
  const group = tenant.addGroup({ displayName: 'Group1', owners: [app.servicePrincipalId], members });
  return { groupId: group.id, devices };
}

async function map(client: Client, { credentials, loginUrl, graphUrl, caPem }: Emulator): Promise<void> {
  const { tenantId, clientId, clientSecret: secret } = credentials;
  const credential = { kind: 'client-secret', secret } as const;
  await client.call('connectTenant', {
    body: { name: 'Contoso', tenantId, clientId, credential, loginUrl, graphUrl, ca: caPem },
  });
  await client.call('createCollection', { body: { name: 'Collection1', type: 'device' } });
  await client.call('addRule', {
    params: { ref: 'Collection1' },
    body: { kind: 'direct', resources: ['B', 'C', 'NotInEntra'] },
  });
  await client.call('addMapping', { body: { collection: 'Collection1', group: 'Group1' } });
}
