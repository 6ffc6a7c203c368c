import { describe, expect, test } from 'vitest';
import { bind, devices, reference, start } from './harness.ts';

const json = { 'Content-Type': 'application/json' };

describe('$batch', () => {
  test('answers each request on its own, with status, headers and body', async () => {
    const client = await start();
    const ids = devices(client, 22);
    const group = client.emulator.tenant.addGroup();
    const answers = await client.batch([
      {
        id: 'patch',
        method: 'PATCH',
        url: `/groups/${group.id}`,
        headers: json,
        body: bind(client, ids.slice(0, 20)),
      },
      {
        id: 'post',
        method: 'POST',
        url: `groups/${group.id}/members/$ref`,
        headers: json,
        body: reference(client, ids[20] ?? ''),
      },
      { id: 'get', method: 'GET', url: `/devices/${ids[21]}?$select=id` },
      { id: 'missing', method: 'DELETE', url: `/groups/${group.id}/members/${ids[21]}/$ref` },
    ]);
    expect(Object.fromEntries([...answers].map(([id, { status }]) => [id, status]))).toEqual({
      patch: 204,
      post: 204,
      get: 200,
      missing: 404,
    });
    expect(answers.get('get')?.body.id).toBe(ids[21]);
    expect(answers.get('get')?.headers).toMatchObject({
      'Content-Type': expect.stringContaining('application/json'),
      'x-ms-resource-unit': '1',
    });
    expect(answers.get('missing')?.body.error.code).toBe('Request_ResourceNotFound');
    expect(client.emulator.tenant.members(group.id)).toHaveLength(21);
    expect(client.emulator.counters).toMatchObject({
      httpCalls: 1,
      batches: 1,
      requests: 4,
      batched: 4,
      writes: 3,
    });
  });

  test('answers in an order unlike that of the requests', async () => {
    const client = await start();
    const requests = devices(client, 5).map((id, n) => ({
      id: String(n),
      method: 'GET',
      url: `/devices/${id}`,
    }));
    const order = [...(await client.batch(requests)).keys()];
    expect(order.toSorted()).toEqual(['0', '1', '2', '3', '4']);
    expect(order).not.toEqual(['0', '1', '2', '3', '4']);
  });

  test.each<[string, unknown, string]>([
    [
      '21 requests',
      { requests: Array.from({ length: 21 }, (_, n) => ({ id: String(n), method: 'GET', url: '/groups' })) },
      'exceeds the maximum value of 20',
    ],
    [
      'ids that differ only in case',
      { requests: ['a', 'A'].map(id => ({ id, method: 'GET', url: '/groups' })) },
      'unique',
    ],
    [
      'an absolute url',
      { requests: [{ id: '1', method: 'GET', url: 'https://graph.microsoft.com/v1.0/groups' }] },
      'relative',
    ],
    [
      'a write without Content-Type',
      { requests: [{ id: '1', method: 'POST', url: '/groups', body: {} }] },
      'Write request id : 1 does not contain Content-Type header or body.',
    ],
    [
      'a write without a body',
      { requests: [{ id: '1', method: 'PATCH', url: '/groups/x', headers: json }] },
      'does not contain Content-Type header or body',
    ],
    [
      'a request that depends on a later one',
      {
        requests: [
          { id: '1', method: 'GET', url: '/groups', dependsOn: ['2'] },
          { id: '2', method: 'GET', url: '/groups' },
        ],
      },
      'depends on',
    ],
    [
      'a request without an id',
      { requests: [{ method: 'GET', url: '/groups' }] },
      'Invalid batch payload format.',
    ],
    [
      'an address that can not be read',
      { requests: [{ id: '1', method: 'GET', url: '/groups/%E0%A4%A' }] },
      'not encoded',
    ],
    ['nothing', {}, 'Invalid batch payload format.'],
  ])('refuses %s', async (_what, body, message) => {
    const client = await start();
    const answer = await client.graph('POST', '/$batch', body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain(message);
    expect(client.emulator.counters.requests).toBe(0);
  });

  test('answers 424 to what depends on a failure, and does it not', async () => {
    const client = await start();
    const [device = ''] = devices(client, 1);
    const group = client.emulator.tenant.addGroup({ members: [device] });
    const answers = await client.batch([
      { id: '1', method: 'GET', url: '/groups/99999999-9999-9999-9999-999999999999' },
      { id: '2', method: 'DELETE', url: `/groups/${group.id}/members/${device}/$ref`, dependsOn: ['1'] },
      { id: '3', method: 'GET', url: `/groups/${group.id}` },
      { id: '4', method: 'GET', url: `/devices/${device}`, dependsOn: ['3'] },
    ]);
    expect([...answers].map(([id, { status }]) => [id, status]).toSorted()).toEqual([
      ['1', 404],
      ['2', 424],
      ['3', 200],
      ['4', 200],
    ]);
    expect(client.emulator.tenant.hasMember(group.id, device)).toBe(true);
  });

  test('asks for a token once for all', async () => {
    const client = await start();
    const answer = await client.call('/v1.0/$batch', {
      method: 'POST',
      headers: json,
      body: '{"requests":[]}',
    });
    expect(answer.status).toBe(401);
  });

  test('has 503 for writes to one group beyond so many at one time, and for no others', async () => {
    const client = await start({ maxGroupWrites: 5 });
    const ids = devices(client, 20);
    const [crowded, other] = [client.emulator.tenant.addGroup(), client.emulator.tenant.addGroup()];
    const add = (group: string, id: string, n: number) => ({
      id: `${n}`,
      method: 'POST',
      url: `/groups/${group}/members/$ref`,
      headers: json,
      body: reference(client, id),
    });
    const answers = await client.batch(ids.map((id, n) => add(n < 12 ? crowded.id : other.id, id, n)));
    const count = (status: number) => [...answers.values()].filter(answer => answer.status === status).length;
    expect([count(204), count(503)]).toEqual([10, 10]);
    expect(client.emulator.tenant.members(crowded.id)).toHaveLength(5);
    const after = await client.graph(
      'POST',
      `/groups/${crowded.id}/members/$ref`,
      reference(client, ids[11] ?? ''),
    );
    expect(after.status).toBe(204);
  });
});
