import { describe, expect, it } from 'vitest';
import { connected } from './entra.ts';
import { application, finished, imported } from './house.ts';

describe('what is asked before it is made', () => {
  it('checks a connection without storing it', async () => {
    const { client, entra } = await connected();
    const { tenantId, clientId, clientSecret } = entra.credentials;
    const { loginUrl, graphUrl, caPem: ca } = entra;
    const asked = (secret: string) =>
      client.call('checkConnection', {
        body: {
          name: 'Trial',
          tenantId,
          clientId,
          credential: { kind: 'client-secret', secret },
          loginUrl,
          graphUrl,
          ca,
        },
      });
    const signIn = async (secret: string) =>
      (await asked(secret)).checks.find(check => check.name === 'sign-in');
    expect(await signIn(clientSecret)).toMatchObject({ outcome: 'pass' });
    expect(await signIn('wrong')).toMatchObject({ outcome: 'fail' });
    expect((await client.call('listTenants', {})).items.map(({ name }) => name)).toEqual(['Contoso']);
  });

  it('tells of a mapping whether it would be refused, and what to know before', async () => {
    const { client, entra } = await connected();
    const device = entra.tenant.addDevice({ displayName: 'A' });
    const group = entra.tenant.addGroup({ displayName: 'G' });
    entra.tenant.addMember(group.id, device.id);
    await client.call('createCollection', { body: { name: 'Empty', type: 'device' } });
    const check = () => client.call('checkMapping', { body: { collection: 'Empty', group: 'G' } });
    expect((await check()).warnings).toEqual([expect.stringContaining('has not been evaluated yet')]);
    await finished({ client }, await client.call('evaluate', { body: {} }));
    expect(await check()).toMatchObject({
      refused: null,
      warnings: [expect.stringContaining('1 member that no collection wants there')],
    });
    await client.call('addMapping', { body: { collection: 'Empty', group: 'G' } });
    expect(await check()).toMatchObject({ refused: { code: 'mapping-exists' }, warnings: [] });
    expect(entra.tenant.members(group.id)).toEqual([device.id]);
  });

  it('names the classes and properties that queries may use', async () => {
    const app = await application();
    await imported(app, [{ type: 'device', name: 'A' }]);
    const { items } = await app.client.call('listWqlClasses', {});
    const system = items.find(({ name }) => name === 'SMS_R_System');
    expect(system).toMatchObject({ resourceType: 'device', filled: true });
    expect(system?.properties).toContainEqual({ name: 'Name', type: 'string', isArray: false });
  });
});

describe('a query rule', () => {
  it('is given another query and name, checked as when it is added', async () => {
    const { client } = await application();
    await client.call('createCollection', { body: { name: 'C', type: 'device' } });
    const wql = 'select ResourceID from SMS_R_System';
    const params = { ref: 'C', rule: 'Query 1' };
    await client.call('addRule', { params: { ref: 'C' }, body: { kind: 'query', wql } });
    await expect(
      client.call('updateRule', { params, body: { wql: 'select Nane from SMS_R_System' } }),
    ).rejects.toMatchObject({ code: 'query-invalid' });
    const changed = await client.call('updateRule', {
      params,
      body: { name: 'B', wql: `${wql} where Name = 'B'` },
    });
    expect(changed).toMatchObject({ name: 'B', query: `${wql} where Name = 'B'` });
  });
});
