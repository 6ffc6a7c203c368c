import { describe, expect, test } from 'vitest';
import { type Client, devices, reference, start } from './harness.ts';

async function group(
  client: Client,
): Promise<{ add: () => ReturnType<Client['graph']>; members: () => string[]; id: string; device: string }> {
  const [device = ''] = devices(client, 1);
  const { id } = client.emulator.tenant.addGroup();
  await client.graph('GET', '/groups');
  client.emulator.log.clear();
  return {
    id,
    device,
    add: () => client.graph('POST', `/groups/${id}/members/$ref`, reference(client, device)),
    members: () => client.emulator.tenant.members(id),
  };
}

describe('a scripted fault', () => {
  test('answers a status once and does nothing', async () => {
    const client = await start();
    const { add, members } = await group(client);
    const fault = client.emulator.faults.add({
      method: 'POST',
      path: /members\/\$ref$/,
      action: { kind: 'status', status: 503, headers: { 'Retry-After': '7' } },
    });
    const answer = await add();
    expect([answer.status, answer.headers.get('retry-after'), answer.body.error.code]).toEqual([
      503,
      '7',
      'serviceNotAvailable',
    ]);
    expect(members()).toEqual([]);
    expect(fault.happened).toBe(1);
    expect((await add()).status).toBe(204);
  });

  test.each([
    ['before', 0],
    ['after', 1],
  ] as const)('cuts the connection %s the change was applied', async (when, count) => {
    const client = await start();
    const { add, members } = await group(client);
    client.emulator.faults.add({ path: '/members/', action: { kind: 'reset', when } });
    await expect(add()).rejects.toThrow();
    expect(members()).toHaveLength(count);
    expect(client.emulator.counters.unanswered).toBe(1);
  });

  test.each([
    [true, 1],
    [false, 0],
  ])('never answers, with the change applied: %s', async (apply, count) => {
    const client = await start();
    const { id, device, members } = await group(client);
    client.emulator.faults.add({ path: '/members/', action: { kind: 'hang', apply } });
    const token = (await client.token()).body.access_token;
    const given = new AbortController();
    const answer = client.call(`/v1.0/groups/${id}/members/$ref`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(reference(client, device)),
      signal: given.signal,
    });
    while (client.emulator.counters.unanswered === 0) await new Promise(resolve => setImmediate(resolve));
    given.abort();
    await expect(answer).rejects.toThrow();
    expect(members()).toHaveLength(count);
  });

  test('reaches single requests inside a batch: 429, a missing answer, a token that expires', async () => {
    const client = await start();
    const ids = devices(client, 4);
    const { faults } = client.emulator;
    const get = () =>
      client.batch(ids.map((id, n) => ({ id: String(n), method: 'GET', url: `/devices/${id}` })));
    await get();
    faults.add({
      where: 'batch',
      path: ids[1] ?? '',
      action: { kind: 'status', status: 429, headers: { 'Retry-After': '3' } },
    });
    faults.add({ where: 'batch', path: ids[2] ?? '', action: { kind: 'drop', apply: true } });
    const first = await get();
    expect([...first.keys()].toSorted()).toEqual(['0', '1', '3']);
    expect(first.get('1')).toMatchObject({ status: 429, headers: { 'Retry-After': '3' } });
    faults.add({ where: 'batch', path: ids[3] ?? '', action: { kind: 'expire-token' } });
    expect((await get()).get('3')?.status).toBe(401);
    expect((await client.graph('GET', '/devices')).status).toBe(401);
  });

  test('reverses the answers of a batch, and cuts its text', async () => {
    const client = await start();
    const ids = devices(client, 4);
    const requests = ids.map((id, n) => ({ id: String(n), method: 'GET', url: `/devices/${id}` }));
    const usual = [...(await client.batch(requests)).keys()];
    client.emulator.faults.add({ path: '$batch', action: { kind: 'shuffle' } });
    expect([...(await client.batch(requests)).keys()]).toEqual(usual.toReversed());
    client.emulator.faults.add({ path: '$batch', action: { kind: 'truncate' } });
    await expect(client.batch(requests)).rejects.toThrow(SyntaxError);
  });

  test('cuts the whole call when a request inside a batch is to be cut', async () => {
    const client = await start();
    const { id, device, members } = await group(client);
    client.emulator.faults.add({
      where: 'batch',
      path: '/devices/',
      action: { kind: 'reset', when: 'after' },
    });
    const add = {
      id: 'a',
      method: 'POST',
      url: `/groups/${id}/members/$ref`,
      headers: { 'content-type': 'application/json' },
      body: reference(client, device),
    };
    await expect(
      client.batch([add, { id: 'b', method: 'GET', url: `/devices/${device}` }]),
    ).rejects.toThrow();
    expect(members()).toEqual([device]);
  });

  test('skips, repeats, looks into bodies, and can be taken back', async () => {
    const client = await start();
    const { add, device } = await group(client);
    const { faults } = client.emulator;
    faults.add({ body: device, skip: 1, times: 2, action: { kind: 'status', status: 500 } });
    expect([(await add()).status, (await add()).status, (await add()).status, (await add()).status]).toEqual([
      204, 500, 500, 400,
    ]);
    const fault = faults.add({ action: { kind: 'status', status: 500 }, times: Number.POSITIVE_INFINITY });
    expect((await add()).status).toBe(500);
    fault.remove();
    expect((await add()).status).toBe(400);
    expect(faults.waiting).toBe(0);
  });

  test('lets something happen in the tenant in the middle of a run', async () => {
    const client = await start();
    const { add, device } = await group(client);
    client.emulator.faults.add({
      method: 'POST',
      action: { kind: 'run', run: tenant => tenant.deleteObject(device) },
    });
    expect((await add()).status).toBe(404);
  });

  test('happens to the token endpoint', async () => {
    const client = await start();
    client.emulator.faults.add({
      path: '/oauth2/v2.0/token',
      action: { kind: 'status', status: 503, code: 'temporarily_unavailable' },
    });
    expect((await client.token()).body.error).toBe('temporarily_unavailable');
    expect((await client.token()).status).toBe(200);
  });
});

describe('the log', () => {
  test('holds every request with its outcome, and counts by kind', async () => {
    const client = await start();
    const { add, id, device } = await group(client);
    await add();
    await add();
    await client.batch([{ id: '1', method: 'DELETE', url: `/groups/${id}/members/${device}/$ref` }]);
    const { log, counters } = client.emulator;
    expect(
      log.entries().map(({ method, status, inBatch, code, links }) => [method, status, inBatch, code, links]),
    ).toEqual([
      ['POST', 204, false, null, 1],
      ['POST', 400, false, 'Request_BadRequest', 1],
      ['DELETE', 204, true, null, 0],
    ]);
    expect(log.entries({ method: 'delete', path: '/members/' })).toHaveLength(1);
    expect(counters.byKind).toEqual({
      'POST groups/:id/members/$ref': 2,
      'DELETE groups/:id/members/:id/$ref': 1,
    });
    expect(counters).toMatchObject({ httpCalls: 3, requests: 3, writes: 3, rejected: 1 });
    log.clear();
    expect(counters).toMatchObject({ httpCalls: 0, requests: 0, byKind: {} });
  });
});
