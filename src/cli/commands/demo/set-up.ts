import type { Client } from '../../../api/index.ts';
import { finished } from '../../client/index.ts';
import { everyRow } from '../../client/pages.ts';
import type { Surroundings } from '../../session.ts';
import {
  type CollectionPlan,
  type SampleRecord,
  sampleCollections,
  sampleGroups,
  sampleSite,
} from './sample/index.ts';
import type { Site } from './site.ts';

/** The name of the connected tenant. */
const tenantName = 'Contoso';

/**
 * Brings the sample into tenant and server. What is there already is left as it is, so that a start that was cut
 * short is made good by the next, and what somebody has changed stays changed.
 */
export async function setUp(site: Site, surroundings: Surroundings): Promise<void> {
  const { client } = site;
  const { items: tenants } = await client.call('listTenants', {});
  if (tenants.length === 0) {
    fillTenant(site);
    // Before anything refers to the tenant, what it holds must be on the disk.
    await site.emulator.save();
    await importSample(client, surroundings);
    await connectTenant(site);
  }
  const existing = await allCollections(client);
  for (const plan of sampleCollections) {
    const isNew = !existing.has(plan.name);
    if (isNew) await makeCollection(client, plan);
    if (isNew && plan.group !== undefined) {
      await client.call('addMapping', { body: { collection: plan.name, group: plan.group } });
    }
  }
}

function fillTenant({ emulator: { tenant, app } }: Site): void {
  const { entraUsers, entraDevices } = sampleSite(new Date());
  const groups = sampleGroups.filter(group => !tenant.findGroup(group.displayName));
  for (const group of groups) tenant.addGroup({ ...group, owners: [app.servicePrincipalId] });
  if (groups.length === 0) return;
  for (const user of entraUsers) tenant.addUser(user);
  for (const device of entraDevices) tenant.addDevice(device);
}

async function importSample(client: Client, surroundings: Surroundings): Promise<void> {
  surroundings.progress.show({ phase: 'Importing the sample site', done: 0 });
  const { records } = sampleSite(new Date());
  const query = { source: 'sample', format: 'ndjson' } as const;
  const job = await client.call('importResources', { query, body: ndjson(records) });
  await finished(client, 'import', job, surroundings);
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

async function allCollections(client: Client): Promise<Set<string>> {
  const names = new Set<string>();
  const rows = everyRow(after => client.call('listCollections', { query: { after, limit: 1_000 } }));
  for await (const { name } of rows) names.add(name);
  return names;
}

async function makeCollection(client: Client, plan: CollectionPlan): Promise<void> {
  const { name, type, comment, limitTo } = plan;
  await client.call('createCollection', { body: { name, type, comment, limitTo, incremental: true } });
  const add = (body: Parameters<typeof client.call<'addRule'>>[1]['body']) =>
    client.call('addRule', { params: { ref: name }, body });
  if (plan.direct) await add({ kind: 'direct', resources: [...plan.direct] });
  if (plan.query !== undefined) await add({ kind: 'query', wql: plan.query, name });
  for (const collection of plan.include ?? []) await add({ kind: 'include', collection });
  for (const collection of plan.exclude ?? []) await add({ kind: 'exclude', collection });
}

async function* ndjson(records: readonly SampleRecord[]): AsyncGenerator<Uint8Array> {
  for (const record of records) yield Buffer.from(`${JSON.stringify(record)}\n`);
}
