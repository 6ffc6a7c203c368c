import { describe, expect, test } from 'vitest';
import { bind, devices, reference, start, testClock } from './harness.ts';

const missing = '99999999-9999-9999-9999-999999999999';
const exists =
  "One or more added object references already exist for the following modified properties: 'members'.";
const absent = (id: string) =>
  `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;

describe('adding members', () => {
  test('adds one by POST, and says so when it is there already or does not exist', async () => {
    const client = await start();
    const group = client.emulator.tenant.addGroup();
    const [device = ''] = devices(client, 1);
    const add = (id: string) =>
      client.graph('POST', `/groups/${group.id}/members/$ref`, reference(client, id));
    expect((await add(device)).status).toBe(204);
    expect(await add(device)).toMatchObject({
      status: 400,
      body: { error: { code: 'Request_BadRequest', message: exists } },
    });
    expect(await add(missing)).toMatchObject({
      status: 404,
      body: { error: { code: 'Request_ResourceNotFound', message: absent(missing) } },
    });
    expect(client.emulator.tenant.members(group.id)).toEqual([device]);
  });

  test('adds up to twenty by PATCH', async () => {
    const client = await start();
    const group = client.emulator.tenant.addGroup();
    const ids = devices(client, 21);
    const patch = (some: string[]) => client.graph('PATCH', `/groups/${group.id}`, bind(client, some));
    expect(await patch(ids)).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining('more than 20 link changes') } },
    });
    expect(client.emulator.tenant.members(group.id)).toEqual([]);
    expect((await patch(ids.slice(0, 20))).status).toBe(204);
    expect(client.emulator.tenant.members(group.id)).toEqual(ids.slice(0, 20));
  });

  test.each([
    ['a member that is there already', (ids: string[]) => ids[0] ?? '', 400],
    ['an object that does not exist', () => missing, 404],
    ['an object twice', (ids: string[]) => ids[1] ?? '', 400],
  ])('adds nothing when a PATCH holds %s', async (_what, culprit, status) => {
    const client = await start();
    const ids = devices(client, 5);
    const group = client.emulator.tenant.addGroup({ members: ids.slice(0, 1) });
    const answer = await client.graph(
      'PATCH',
      `/groups/${group.id}`,
      bind(client, [...ids.slice(1), culprit(ids)]),
    );
    expect(answer.status).toBe(status);
    expect(client.emulator.tenant.members(group.id)).toEqual(ids.slice(0, 1));
  });

  test('refuses to take a member without $ref', async () => {
    const client = await start();
    const group = client.emulator.tenant.addGroup();
    const [device = ''] = devices(client, 1);
    const answer = await client.graph('POST', `/groups/${group.id}/members`, reference(client, device));
    expect(answer.body.error.message).toBe('Write requests are only supported on contained entities');
  });

  test('refuses a body that is none', async () => {
    const client = await start();
    const group = client.emulator.tenant.addGroup();
    expect((await client.graph('POST', `/groups/${group.id}/members/$ref`)).status).toBe(400);
    expect((await client.graph('PATCH', `/groups/${group.id}`, [])).status).toBe(400);
  });
});

describe('removing members', () => {
  test('takes the member out, and says 404 when it is none', async () => {
    const client = await start();
    const ids = devices(client, 2);
    const group = client.emulator.tenant.addGroup({ members: ids });
    const remove = () => client.graph('DELETE', `/groups/${group.id}/members/${ids[0]}/$ref`);
    expect((await remove()).status).toBe(204);
    expect(await remove()).toMatchObject({
      status: 404,
      body: { error: { code: 'Request_ResourceNotFound' } },
    });
    expect(client.emulator.tenant.members(group.id)).toEqual(ids.slice(1));
    expect(client.emulator.counters.objectDeletes).toBe(0);
  });

  test('without $ref deletes the object itself, and that is written down', async () => {
    const client = await start();
    const [device = ''] = devices(client, 1);
    const group = client.emulator.tenant.addGroup({ members: [device] });
    expect((await client.graph('DELETE', `/groups/${group.id}/members/${device}`)).status).toBe(204);
    expect(client.emulator.tenant.object(device)).toBeUndefined();
    expect(client.emulator.counters.objectDeletes).toBe(1);
    expect(client.emulator.log.dangerous).toEqual([device]);
  });
});

describe('reading members', () => {
  test('gives them by pages, typed, with their usual properties', async () => {
    const client = await start();
    const { tenant } = client.emulator;
    const user = tenant.addUser({ displayName: 'Ann' });
    const inner = tenant.addGroup({ displayName: 'Inner' });
    const ids = [...devices(client, 5), user.id, inner.id];
    const group = tenant.addGroup({ members: ids });
    const seen: string[] = [];
    const types = new Set<string>();
    let pages = 0;
    for (let link = `/groups/${group.id}/members?$select=id&$top=3`; link; pages += 1) {
      const { body } = await client.graph('GET', link);
      for (const member of body.value) {
        seen.push(member.id);
        types.add(member['@odata.type']);
        expect(Object.keys(member).toSorted()).toEqual(['@odata.type', 'id']);
      }
      link = body['@odata.nextLink'];
    }
    expect(seen).toEqual(ids);
    expect(pages).toBe(3);
    expect([...types]).toEqual([
      '#microsoft.graph.device',
      '#microsoft.graph.user',
      '#microsoft.graph.group',
    ]);
  });

  test('goes on at the right place when members come and go between pages', async () => {
    const client = await start();
    const ids = devices(client, 10);
    const group = client.emulator.tenant.addGroup({ members: ids.slice(0, 9) });
    const first = await client.graph('GET', `/groups/${group.id}/members?$top=4`);
    for (const id of ids.slice(0, 3)) client.emulator.tenant.removeMember(group.id, id);
    client.emulator.tenant.addMember(group.id, ids[9] ?? '');
    const second = await client.graph('GET', first.body['@odata.nextLink']);
    const third = await client.graph('GET', second.body['@odata.nextLink']);
    const seen = [...second.body.value, ...third.body.value].map((member: { id: string }) => member.id);
    expect(seen).toEqual(ids.slice(4));
  });

  test.each([
    ['microsoft.graph.user', 'user'],
    ['microsoft.graph.device', 'device'],
  ])('gives only %s where that is asked for', async (cast, kind) => {
    const client = await start();
    const { tenant } = client.emulator;
    const group = tenant.addGroup({ members: [...devices(client, 2), tenant.addUser().id] });
    const { body } = await client.graph('GET', `/groups/${group.id}/members/${cast}?$select=id`);
    expect(body.value.map((member: { id: string }) => tenant.object(member.id)?.kind)).toEqual(
      kind === 'user' ? ['user'] : ['device', 'device'],
    );
  });

  test('counts them, with ConsistencyLevel alone', async () => {
    const client = await start();
    const group = client.emulator.tenant.addGroup({ members: devices(client, 7) });
    const path = `/groups/${group.id}/members/$count`;
    expect((await client.graph('GET', path)).status).toBe(400);
    expect((await client.graph('GET', path, undefined, { ConsistencyLevel: 'eventual' })).body).toBe('7');
  });

  test('hides what the app may not read', async () => {
    const client = await start({ apps: [{ permissions: ['GroupMember.Read.All'] }] });
    const group = client.emulator.tenant.addGroup({ members: devices(client, 1) });
    const { body } = await client.graph('GET', `/groups/${group.id}/members?$select=id,displayName`);
    expect(body.value).toMatchObject([{ '@odata.type': '#microsoft.graph.device', displayName: null }]);
    expect(body.value[0].id).toBeTruthy();
  });

  test('follows groups inside groups for transitive members, each once', async () => {
    const client = await start();
    const { tenant } = client.emulator;
    const [a = '', b = ''] = devices(client, 2);
    const inner = tenant.addGroup({ members: [a, b] });
    const outer = tenant.addGroup({ members: [a, inner.id] });
    tenant.addMember(inner.id, outer.id);
    const { body } = await client.graph('GET', `/groups/${outer.id}/transitiveMembers?$select=id`);
    expect(body.value.map((member: { id: string }) => member.id)).toEqual([a, inner.id, b]);
    const check = await client.graph('POST', `/directoryObjects/${b}/checkMemberObjects`, {
      ids: [outer.id, missing],
    });
    expect(check.body.value).toEqual([outer.id]);
  });

  test('shows for a while what was, when lists are stale', async () => {
    const clock = testClock();
    const client = await start({ clock, staleMembersMs: 60_000 });
    const [a = '', b = '', c = ''] = devices(client, 3);
    const group = client.emulator.tenant.addGroup({ members: [a, b] });
    clock.advance(61_000);
    await client.graph('DELETE', `/groups/${group.id}/members/${a}/$ref`);
    await client.graph('POST', `/groups/${group.id}/members/$ref`, reference(client, c));
    const list = async () => {
      const seen: string[] = [];
      for (let link = `/groups/${group.id}/members?$select=id&$top=1`; link; ) {
        const { body } = await client.graph('GET', link);
        seen.push(...body.value.map((member: { id: string }) => member.id));
        link = body['@odata.nextLink'];
      }
      return seen;
    };
    expect(client.emulator.tenant.members(group.id)).toEqual([b, c]);
    expect(await list()).toEqual([b, a]);
    clock.advance(61_000);
    expect(await list()).toEqual([b, c]);
  });
});
