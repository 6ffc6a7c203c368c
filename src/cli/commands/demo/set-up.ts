import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Emulator } from '../../../../emulator/index.ts';
import type { Client, Rule } from '../../../api/index.ts';
import { finished } from '../../client/index.ts';
import { everyRow } from '../../client/pages.ts';
import type { Surroundings } from '../../session.ts';
import {
  type CollectionPlan,
  type SampleRecord,
  type SampleSite,
  sampleCollections,
  sampleGroups,
  sampleSite,
} from './sample/index.ts';
import type { Site } from './site.ts';

/** The name of the connected tenant. */
const tenantName = 'Contoso';

/** Written into the data folder when the sample is whole: from then on it belongs to whoever plays with it. */
const marker = 'sample-is-complete';

/**
 * Brings the sample into tenant and server on the first start. A start that was cut short is made good by the next:
 * until all is there, what is missing is made.
 */
export async function setUp(site: Site, surroundings: Surroundings): Promise<void> {
  const { client, emulator, dataDir } = site;
  if (existsSync(join(dataDir, marker))) return;
  const sample = sampleSite(new Date());
  fillTenant(emulator.tenant, emulator.app.servicePrincipalId, sample);
  // Before anything refers to the tenant, what it holds must be on the disk.
  await emulator.save();
  surroundings.progress.show({ phase: 'Importing the sample site', done: 0 });
  const query = { source: 'sample', format: 'ndjson' } as const;
  const job = await client.call('importResources', { query, body: ndjson(sample.records) });
  await finished(client, 'import', job, surroundings);
  const { items: tenants } = await client.call('listTenants', {});
  if (tenants.length === 0) await connectTenant(site);
  surroundings.progress.show({ phase: 'Making collections and mappings', done: 0 });
  await makeCollections(client);
  await writeFile(join(dataDir, marker), '');
}

function fillTenant(
  tenant: Emulator['tenant'],
  owner: string,
  { entraUsers, entraDevices }: SampleSite,
): void {
  for (const user of entraUsers) if (!tenant.object(user.id)) tenant.addUser(user);
  for (const device of entraDevices) if (!tenant.object(device.id)) tenant.addDevice(device);
  for (const group of sampleGroups) {
    if (!tenant.findGroup(group.displayName)) tenant.addGroup({ ...group, owners: [owner] });
  }
}

async function connectTenant({ client, emulator }: Site): Promise<void> {
  const { tenantId, clientId, clientSecret } = emulator.credentials;
  await client.call('connectTenant', {
    body: {
      name: tenantName,
      tenantId,
      clientId,
      credential: { kind: 'client-secret', secret: clientSecret },
      loginUrl: emulator.loginUrl,
      graphUrl: emulator.graphUrl,
      ca: emulator.caPem,
    },
  });
}

async function makeCollections(client: Client): Promise<void> {
  const collections = everyRow(after => client.call('listCollections', { query: { after, limit: 1_000 } }));
  const mappings = everyRow(after => client.call('listMappings', { query: { after, limit: 1_000 } }));
  const existing = new Set((await Array.fromAsync(collections)).map(({ name }) => name));
  const mapped = new Set((await Array.fromAsync(mappings)).map(({ collectionName }) => collectionName));
  for (const plan of sampleCollections) {
    if (!existing.has(plan.name)) await makeCollection(client, plan);
    await addRules(client, plan);
    if (plan.group !== undefined && !mapped.has(plan.name)) {
      await client.call('addMapping', { body: { collection: plan.name, group: plan.group } });
    }
  }
}

async function makeCollection(client: Client, plan: CollectionPlan): Promise<void> {
  const { name, type, comment, limitTo } = plan;
  await client.call('createCollection', { body: { name, type, comment, limitTo, incremental: true } });
}

/** Adds the rules that a collection lacks. */
async function addRules(client: Client, plan: CollectionPlan): Promise<void> {
  const params = { ref: plan.name };
  const { rules } = await client.call('getCollection', { params });
  const lacks = (kind: Rule['kind'], name: string) =>
    !rules.some(rule => rule.kind === kind && rule.name === name);
  const direct = (plan.direct ?? []).filter(name => lacks('direct', name));
  if (direct.length > 0)
    await client.call('addRule', { params, body: { kind: 'direct', resources: direct } });
  if (plan.query !== undefined && lacks('query', plan.name)) {
    await client.call('addRule', { params, body: { kind: 'query', wql: plan.query, name: plan.name } });
  }
  for (const kind of ['include', 'exclude'] as const) {
    for (const collection of (plan[kind] ?? []).filter(name => lacks(kind, name))) {
      await client.call('addRule', { params, body: { kind, collection, name: collection } });
    }
  }
}

async function* ndjson(records: readonly SampleRecord[]): AsyncGenerator<Uint8Array> {
  for (const record of records) yield Buffer.from(`${JSON.stringify(record)}\n`);
}
