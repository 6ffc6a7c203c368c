import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { startEmulator } from '../../emulator/index.ts';
import { jobResult } from '../../src/api/index.ts';
import { storeFile } from '../../src/schedule/index.ts';
import { connected } from './entra.ts';
import { application, finished } from './house.ts';

describe('tenants over the API', () => {
  it('are connected, shown without their secret, changed and disconnected', async () => {
    const { client, entra, tenant, dataDir } = await connected();
    expect(tenant).toMatchObject({ name: 'Contoso', cloud: 'custom', groupSync: true });
    expect(JSON.stringify(tenant)).not.toContain(entra.credentials.clientSecret);
    const file = await readFile(storeFile(dataDir));
    const wal = await readFile(`${storeFile(dataDir)}-wal`);
    expect(Buffer.concat([file, wal]).includes(entra.credentials.clientSecret)).toBe(false);

    const changed = await client.call('updateTenant', {
      params: { ref: 'contoso' },
      body: { groupSync: false, discoveryMinutes: 30 },
    });
    expect(changed).toMatchObject({ groupSync: false, discoveryMinutes: 30 });
    expect((await client.call('listTenants', {})).items).toEqual([changed]);
    await client.call('disconnectTenant', { params: { ref: 'Contoso' } });
    await expect(client.call('getTenant', { params: { ref: 'Contoso' } })).rejects.toMatchObject({
      code: 'tenant-not-found',
    });
  });

  it('are checked: every prerequisite with what was seen', async () => {
    const { client } = await connected();
    const { checks } = await client.call('checkTenant', { params: { ref: 'Contoso' } });
    expect(checks.find(check => check.name === 'sign-in')).toMatchObject({ outcome: 'pass' });
    expect(checks.find(check => check.name === 'discovery')).toMatchObject({
      outcome: 'warn',
      hint: expect.stringContaining('discover'),
    });
  });

  it('say in plain words that a secret is wrong', async () => {
    const { client } = await connected();
    await client.call('updateTenant', {
      params: { ref: 'Contoso' },
      body: { credential: { kind: 'client-secret', secret: 'wrong' } },
    });
    await expect(client.call('searchGroups', { query: {} })).rejects.toMatchObject({
      code: 'AADSTS7000215',
      kind: 'upstream',
    });
  });

  it('that can not be reached are one clear error', async () => {
    const entra = await startEmulator();
    const app = await application();
    const { tenantId, clientId, clientSecret: secret } = entra.credentials;
    const { loginUrl, graphUrl, caPem: ca } = entra;
    await entra.close();
    const credential = { kind: 'client-secret', secret } as const;
    const body = { name: 'Gone', tenantId, clientId, credential, loginUrl, graphUrl, ca };
    await app.client.call('connectTenant', { body });
    const job = await finished(app, await app.client.call('discover', { body: {} }));
    expect(job).toMatchObject({ state: 'failed', problem: { kind: 'upstream' } });
  });

  it('are discovered by a job, and tell where discovery stands', async () => {
    const { entra, ...app } = await connected();
    entra.tenant.addDevice({ displayName: 'A' });
    entra.tenant.addUser({ userPrincipalName: 'ann@contoso.com' });
    const job = await finished(app, await app.client.call('discover', { body: { tenant: 'Contoso' } }));
    expect(jobResult(job, 'discover')).toMatchObject([
      { kind: 'device', objectCount: 1, error: null },
      { kind: 'user', objectCount: 1, error: null },
    ]);
    expect((await app.client.call('listDiscoveries', {})).items).toEqual(jobResult(job, 'discover'));
  });
});

describe('groups over the API', () => {
  it('are searched by the start of their name, a page at a time', async () => {
    const { client, entra } = await connected();
    for (const displayName of ['Alpha 1', 'Alpha 2', 'Alpha 3', 'Beta'])
      entra.tenant.addGroup({ displayName });
    const found: string[] = [];
    let after: string | undefined;
    do {
      const page = await client.call('searchGroups', {
        query: { startsWith: 'alpha', limit: 2, ...(after ? { after } : {}) },
      });
      found.push(...page.items.map(group => group.displayName));
      after = page.next ?? undefined;
    } while (after);
    expect(found.sort()).toEqual(['Alpha 1', 'Alpha 2', 'Alpha 3']);
  });

  it('say why they can not be a target', async () => {
    const { client, entra } = await connected();
    entra.tenant.addGroup({ displayName: 'Dynamic', dynamic: true });
    const { items } = await client.call('searchGroups', { query: {} });
    expect(items).toMatchObject([{ usable: false, why: expect.stringContaining('dynamic') }]);
  });

  it('are created in Entra', async () => {
    const { client, entra } = await connected();
    const group = await client.call('createGroup', { body: { displayName: 'New one' } });
    expect(group).toMatchObject({ displayName: 'New one', kind: 'security', usable: true });
    expect(entra.tenant.findGroup('New one')).toMatchObject({ id: group.id });
  });
});
