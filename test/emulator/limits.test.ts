import { describe, expect, test } from 'vitest';
import { readTarget } from '../../emulator/graph/request.ts';
import { costOf } from '../../emulator/throttle.ts';
import { devices, reference, start, testClock } from './harness.ts';

describe('the cost of a request', () => {
  test.each([
    ['GET', '/groups/x/members', 3, 0],
    ['GET', '/groups/x/members?$select=id', 2, 0],
    ['GET', '/groups/x/members?$select=id&$top=10', 1, 0],
    ['GET', '/groups/x/members?$select=id&$top=999', 2, 0],
    ['GET', '/groups/x/transitiveMembers', 5, 0],
    ['GET', '/users', 2, 0],
    ['GET', '/users?$expand=manager', 3, 0],
    ['GET', '/users/x', 1, 0],
    ['GET', '/users/x?$select=id&$top=1', 1, 0],
    ['GET', '/groups', 1, 0],
    ['POST', '/directoryObjects/getByIds', 3, 0],
    ['POST', '/groups', 1, 1],
    ['PATCH', '/groups/x', 1, 1],
    ['POST', '/groups/x/members/$ref', 1, 1],
    ['DELETE', '/groups/x/members/y/$ref', 1, 1],
  ])('%s %s is %i units and %i writes', (method, path, units, writes) => {
    expect(costOf({ method, ...readTarget(path) })).toEqual({ units, writes });
  });
});

describe('the quotas', () => {
  test('let 3,000 writes through at once, then 20 a second, and tell how it stands', async () => {
    const clock = testClock();
    const client = await start({ clock });
    const [device = ''] = devices(client, 1);
    const group = client.emulator.tenant.addGroup();
    const requests = (count: number) =>
      Array.from({ length: count }, (_, n) => ({
        id: String(n),
        method: 'DELETE',
        url: `/groups/${group.id}/members/${device}/$ref`,
      }));
    const send = async (count: number) => {
      const answers = [...(await client.batch(requests(count))).values()];
      return answers.filter(answer => answer.status === 429);
    };
    for (let sent = 0; sent < 3000; sent += 20) expect(await send(20)).toEqual([]);
    const refused = await send(20);
    expect(refused).toHaveLength(20);
    expect(refused[0]).toMatchObject({
      body: { error: { code: 'TooManyRequests' } },
      headers: {
        'Retry-After': expect.stringMatching(/^\d+$/),
        'x-ms-throttle-scope': expect.stringMatching(/^Tenant_Application\/Write\//),
        'x-ms-throttle-information': 'WriteLimitExceeded',
        'x-ms-throttle-limit-percentage': expect.stringMatching(/^1\.0/),
      },
    });
    // The 20 refused ones counted as well: they are paid for before anything goes through again.
    clock.advance(2000);
    expect(await send(20)).toEqual([]);
    expect(client.emulator.counters.refused).toBe(20);
  });

  test('refill as many times faster as the speed says', async () => {
    const clock = testClock();
    const client = await start({
      clock,
      speed: 100,
      throttling: { appTenantWrites: { units: 10, period: 10_000 } },
    });
    const group = client.emulator.tenant.addGroup();
    const [device = ''] = devices(client, 1);
    const write = async () =>
      (await client.graph('POST', `/groups/${group.id}/members/$ref`, reference(client, device))).status;
    for (let n = 0; n < 10; n += 1) expect(await write()).not.toBe(429);
    expect(await write()).toBe(429);
    clock.advance(20);
    expect(await write()).not.toBe(429);
  });

  test.each([
    [0, 3500],
    [50, 5000],
    [501, 8000],
  ])('with %i users are %i resource units in 10 seconds', async (users, units) => {
    const clock = testClock();
    const client = await start({ clock });
    for (let n = 0; n < users; n += 1) client.emulator.tenant.addUser({ displayName: `User ${n}` });
    const group = client.emulator.tenant.addGroup();
    const url = `/groups/${group.id}/transitiveMembers`;
    const requests = Array.from({ length: 20 }, (_, n) => ({ id: String(n), method: 'GET', url }));
    let served = 0;
    for (let refused = false; !refused; ) {
      for (const answer of (await client.batch(requests)).values()) {
        if (answer.status === 429) refused = true;
        else served += 5;
      }
    }
    expect(served).toBe(units);
  });

  test('can be left out', async () => {
    const client = await start({ throttling: false });
    const group = client.emulator.tenant.addGroup();
    const requests = Array.from({ length: 20 }, (_, n) => ({
      id: String(n),
      method: 'DELETE',
      url: `/groups/${group.id}/members/x/$ref`,
    }));
    for (let n = 0; n < 160; n += 1) await client.batch(requests);
    expect(client.emulator.counters).toMatchObject({ writes: 3200, refused: 0 });
  });
});
