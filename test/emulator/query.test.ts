import { describe, expect, test } from 'vitest';
import { type Client, devices, start } from './harness.ts';

const eventual = { ConsistencyLevel: 'eventual' };

async function names(client: Client, path: string, headers?: Record<string, string>): Promise<string[]> {
  const { status, body } = await client.graph('GET', path, undefined, headers);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body.value.map((object: { displayName: string }) => object.displayName);
}

describe('listing groups', () => {
  const seed = (client: Client) => {
    const { tenant } = client.emulator;
    tenant.addGroup({ displayName: 'Finance PCs', mailNickname: 'finance' });
    tenant.addGroup({ displayName: 'finance staff', kind: 'microsoft365' });
    tenant.addGroup({ displayName: "O'Hara's PCs", description: 'x' });
    return tenant.addGroup({ displayName: 'All PCs', dynamic: true, onPremises: false });
  };

  test.each<[string, string[]]>([
    ["startswith(displayName,'fin')", ['Finance PCs', 'finance staff']],
    ["startsWith(displayName, 'FINANCE P')", ['Finance PCs']],
    ["displayName eq 'all pcs'", ['All PCs']],
    ["displayName eq 'O''Hara''s PCs'", ["O'Hara's PCs"]],
    ["mailNickname eq 'finance'", ['Finance PCs']],
    ["groupTypes/any(c:c eq 'Unified')", ['finance staff']],
    [
      "groupTypes/any(c:c eq 'Unified') or groupTypes/any(t:t eq 'DynamicMembership')",
      ['finance staff', 'All PCs'],
    ],
    ['mailEnabled eq true', ['finance staff']],
    [
      "securityEnabled eq true and (startswith(displayName,'f') or startswith(displayName,'a'))",
      ['Finance PCs', 'All PCs'],
    ],
    ["displayName in ('All PCs', 'Finance PCs')", ['Finance PCs', 'All PCs']],
    ["startswith(displayName,'nobody')", []],
  ])('with %s', async (filter, expected) => {
    const client = await start();
    seed(client);
    expect(
      await names(client, `/groups?$select=id,displayName&$filter=${encodeURIComponent(filter)}`),
    ).toEqual(expected);
  });

  test('by id', async () => {
    const client = await start();
    const { id } = seed(client);
    expect(await names(client, `/groups?$filter=id eq '${id}'`)).toEqual(['All PCs']);
  });

  test.each([
    ["displayName ne 'All PCs'", 3],
    ["not startswith(displayName,'f')", 2],
    ["NOT(groupTypes/any(c:c eq 'Unified'))", 3],
  ])('asks for the advanced form for %s', async (filter, count) => {
    const client = await start();
    seed(client);
    const path = `/groups?$filter=${encodeURIComponent(filter)}`;
    expect((await client.graph('GET', path)).body.error.code).toBe('Request_UnsupportedQuery');
    const { body } = await client.graph('GET', `${path}&$count=true`, undefined, eventual);
    expect(body['@odata.count']).toBe(count);
    expect(body.value).toHaveLength(count);
  });

  test.each(['displayName eq', "startswith(displayName,'x'", 'displayName like 1', "'x' eq 'x' extra", 'eq'])(
    'refuses %s',
    async filter => {
      const client = await start();
      const answer = await client.graph('GET', `/groups?$filter=${encodeURIComponent(filter)}`);
      expect([answer.status, answer.body.error.message]).toEqual([
        400,
        expect.stringMatching(/^Invalid filter clause/),
      ]);
    },
  );

  test('searches words', async () => {
    const client = await start();
    seed(client);
    expect((await client.graph('GET', '/groups?$search="displayName:pcs"')).status).toBe(400);
    expect(await names(client, '/groups?$search="displayName:pcs fin"', eventual)).toEqual(['Finance PCs']);
  });

  test('orders, by pages', async () => {
    const client = await start();
    seed(client);
    const first = await client.graph('GET', '/groups?$orderby=displayName&$top=3');
    const second = await client.graph('GET', first.body['@odata.nextLink']);
    expect([...first.body.value, ...second.body.value].map(group => group.displayName)).toEqual([
      'All PCs',
      'Finance PCs',
      'finance staff',
      "O'Hara's PCs",
    ]);
    expect((await names(client, '/groups?$orderby=displayName desc&$top=1'))[0]).toBe("O'Hara's PCs");
  });

  test('keeps filter and selection over pages', async () => {
    const client = await start();
    seed(client);
    const first = await client.graph(
      'GET',
      "/groups?$filter=startswith(displayName,'fin')&$select=displayName&$top=1",
    );
    const second = await client.graph('GET', first.body['@odata.nextLink']);
    expect(second.body.value).toEqual([{ displayName: 'finance staff' }]);
    expect(second.body).not.toHaveProperty('@odata.nextLink');
  });

  test.each([
    ['/groups?$top=1000', /between 1 and 999/],
    ['/groups?$top=0', /\$top/],
    ['/groups?$select=colour', /Could not find a property named 'colour' on type 'microsoft.graph.group'/],
    ['/groups?$skiptoken=x', /skipToken/],
    ['/groups/%E0%A4%A', /not encoded/],
    ['/groups?$skip=1', /skip/],
    ['/groups/x', /Invalid object identifier 'x'/],
    ['/devices/x', /Invalid object identifier 'x'/],
    ['/nothing', /Resource not found for the segment 'nothing'/],
    ['/groups/x/nothing', /Resource not found for the segment 'nothing'/],
  ])('refuses %s', async (path, message) => {
    const client = await start();
    const answer = await client.graph('GET', path);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({
      message: expect.stringMatching(message),
      innerError: {
        date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
        'request-id': expect.any(String),
        'client-request-id': expect.any(String),
      },
    });
  });

  test.each(['/groups?$expand=members', "/groups/GROUP/members?$filter=startswith(displayName,'x')"])(
    'says that it does not know %s',
    async path => {
      const client = await start();
      const group = client.emulator.tenant.addGroup();
      const answer = await client.graph('GET', path.replace('GROUP', group.id));
      expect([answer.status, answer.body.error.code]).toEqual([501, 'NotEmulated']);
    },
  );

  test('gives back the id by which the client knows its request', async () => {
    const client = await start();
    const id = 'my-own-id';
    const answer = await client.graph('GET', '/groups/x', undefined, { 'client-request-id': id });
    expect([
      answer.headers.get('client-request-id'),
      answer.body.error.innerError['client-request-id'],
    ]).toEqual([id, id]);
    expect((await client.graph('PUT', '/groups/x', {})).status).toBe(405);
  });
});

describe('finding one object', () => {
  test('a user by id and user principal name, a device by id and deviceId', async () => {
    const client = await start();
    const { tenant } = client.emulator;
    const user = tenant.addUser({ userPrincipalName: 'ann@contoso.com', displayName: 'Ann' });
    const device = tenant.addDevice({ deviceId: '12345678-1234-1234-1234-123456789012', displayName: 'PC' });
    expect((await client.graph('GET', `/users/${user.id}`)).body.displayName).toBe('Ann');
    expect((await client.graph('GET', '/users/ANN@contoso.com?$select=id')).body.id).toBe(user.id);
    expect((await client.graph('GET', `/devices/${device.id}`)).body.deviceId).toBe(device.deviceId);
    expect((await client.graph('GET', `/devices(deviceId='${device.deviceId}')`)).body.id).toBe(device.id);
    expect(
      (await client.graph('GET', `/devices?$filter=deviceId eq '${device.deviceId}'`)).body.value[0].id,
    ).toBe(device.id);
    expect((await client.graph('GET', `/directoryObjects/${device.id}`)).body['@odata.type']).toBe(
      '#microsoft.graph.device',
    );
    expect((await client.graph('GET', `/users/${device.id}`)).status).toBe(404);
  });

  test('all devices that claim one deviceId', async () => {
    const client = await start();
    const deviceId = '12345678-1234-1234-1234-123456789012';
    const ids = ['A', 'B', 'C'].map(
      displayName => client.emulator.tenant.addDevice({ deviceId, displayName }).id,
    );
    client.emulator.tenant.deleteObject(ids[0] ?? '');
    const first = await client.graph('GET', `/devices?$filter=deviceId eq '${deviceId}'&$top=1`);
    const second = await client.graph('GET', first.body['@odata.nextLink']);
    expect([...first.body.value, ...second.body.value].map(device => device.id)).toEqual(ids.slice(1));
    expect(second.body['@odata.nextLink']).toBeUndefined();
  });

  test('users of one name under names of their own', async () => {
    const client = await start();
    const names = [1, 2, 3].map(
      () => client.emulator.tenant.addUser({ displayName: 'Ann' }).userPrincipalName,
    );
    expect(new Set(names).size).toBe(3);
  });

  test('up to 1,000 by their ids, without those that do not exist', async () => {
    const client = await start();
    const ids = devices(client, 3);
    const user = client.emulator.tenant.addUser();
    const ask = (body: unknown) => client.graph('POST', '/directoryObjects/getByIds', body);
    const missing = '99999999-9999-9999-9999-999999999999';
    expect((await ask({ ids: [...ids, user.id, missing] })).body.value).toHaveLength(4);
    expect((await ask({ ids: [...ids, user.id], types: ['user'] })).body.value).toMatchObject([
      { id: user.id },
    ]);
    expect((await ask({ ids: Array(1001).fill(missing) })).status).toBe(400);
    expect((await ask({})).status).toBe(400);
  });

  test('the organization, and the number of users', async () => {
    const client = await start({ displayName: 'Fabrikam' });
    client.emulator.tenant.addUser();
    expect((await client.graph('GET', '/organization')).body.value).toMatchObject([
      { id: client.emulator.tenant.id, displayName: 'Fabrikam' },
    ]);
    expect((await client.graph('GET', '/users/$count', undefined, eventual)).body).toBe('1');
  });

  test('deletes what the app may delete', async () => {
    const client = await start();
    const [device = ''] = devices(client, 1);
    const user = client.emulator.tenant.addUser();
    expect((await client.graph('DELETE', `/devices/${device}`)).status).toBe(204);
    expect((await client.graph('DELETE', `/users/${user.id}`)).status).toBe(403);
    expect(client.emulator.tenant.object(device)).toBeUndefined();
  });
});
