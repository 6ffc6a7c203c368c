import { describe, expect, test } from 'vitest';
import { type Client, devices, start, testClock } from './harness.ts';

interface Round {
  objects: Record<string, unknown>[];
  pages: number;
  link: string;
}

/** Follows a delta query to its delta link. */
async function follow(client: Client, path: string): Promise<Round> {
  const round: Round = { objects: [], pages: 0, link: '' };
  for (let link = path; link; ) {
    const { status, body } = await client.graph('GET', link);
    if (status !== 200) throw new Error(JSON.stringify(body));
    round.objects.push(...body.value);
    round.pages += 1;
    round.link = body['@odata.deltaLink'] ?? '';
    link = body['@odata.nextLink'] ?? '';
  }
  return round;
}

describe.each([
  ['devices', (client: Client, name: string) => client.emulator.tenant.addDevice({ displayName: name }).id],
  ['users', (client: Client, name: string) => client.emulator.tenant.addUser({ displayName: name }).id],
  ['groups', (client: Client, name: string) => client.emulator.tenant.addGroup({ displayName: name }).id],
])('a delta query of %s', (set, add) => {
  test('tells everything by pages, then only what changed', async () => {
    const client = await start({ deltaPageSize: 10 });
    const { tenant } = client.emulator;
    const ids = Array.from({ length: 25 }, (_, n) => add(client, `Object${n}`));
    const first = await follow(client, `/${set}/delta?$select=id,displayName`);
    expect(first.objects.map(object => object.id)).toEqual(ids);
    expect(first.pages).toBe(3);
    expect(await follow(client, first.link)).toMatchObject({ objects: [], pages: 1 });

    tenant.updateObject(ids[3] ?? '', { displayName: 'Renamed' });
    const added = add(client, 'New');
    tenant.deleteObject(ids[4] ?? '');
    tenant.deleteObject(ids[5] ?? '', { permanently: true });
    const second = await follow(client, first.link);
    expect(second.objects).toEqual([
      { id: ids[3], displayName: 'Renamed' },
      { id: added, displayName: 'New' },
      { id: ids[4], '@removed': { reason: set === 'devices' ? 'deleted' : 'changed' } },
      { id: ids[5], '@removed': { reason: 'deleted' } },
    ]);
    expect((await follow(client, second.link)).objects).toEqual([]);
  });

  test('starts from now with $deltatoken=latest', async () => {
    const client = await start();
    add(client, 'Before');
    const now = await follow(client, `/${set}/delta?$deltatoken=latest&$select=displayName`);
    expect(now.objects).toEqual([]);
    const id = add(client, 'After');
    expect((await follow(client, now.link)).objects).toEqual([{ id, displayName: 'After' }]);
  });

  test('tells nothing of properties that were not selected', async () => {
    const client = await start();
    const id = add(client, 'One');
    const first = await follow(client, `/${set}/delta?$select=displayName`);
    client.emulator.tenant.updateObject(
      id,
      set === 'groups' ? { description: 'x' } : { accountEnabled: false },
    );
    expect((await follow(client, first.link)).objects).toEqual([]);
  });

  test.each(['$top=5', '$orderby=displayName', "$filter=displayName eq 'x'", '$expand=members'])(
    'refuses %s',
    async option => {
      const client = await start();
      expect((await client.graph('GET', `/${set}/delta?${option}`)).status).toBe(400);
    },
  );

  test('answers 410 with a place to start again once its link is too old', async () => {
    const clock = testClock();
    const client = await start({ clock });
    const first = await follow(client, `/${set}/delta`);
    clock.advance(7 * 86_400_000 + 1);
    client.signOut();
    const answer = await client.graph('GET', first.link);
    expect(answer.status).toBe(410);
    expect(answer.body.error.code).toBe('resyncRequired');
    const again = await client.graph('GET', answer.headers.get('location') ?? '');
    expect(again.status).toBe(200);
  });

  test('answers 410 when the tokens were made to expire, in the middle of pages too', async () => {
    const client = await start({ deltaPageSize: 1 });
    add(client, 'One');
    add(client, 'Two');
    const page = await client.graph('GET', `/${set}/delta`);
    client.emulator.tenant.expireDeltaTokens();
    expect((await client.graph('GET', page.body['@odata.nextLink'])).status).toBe(410);
  });
});

describe('a delta query of users and devices', () => {
  test('tells a restored user as an object again', async () => {
    const client = await start();
    const { tenant } = client.emulator;
    const { id } = tenant.addUser({ displayName: 'Ann' });
    const first = await follow(client, '/users/delta?$select=displayName');
    tenant.deleteObject(id);
    const second = await follow(client, first.link);
    tenant.restoreObject(id);
    const third = await follow(client, second.link);
    expect(second.objects).toEqual([{ id, '@removed': { reason: 'changed' } }]);
    expect(third.objects).toEqual([{ id, displayName: 'Ann' }]);
  });

  test('repeats what changed while the first pages were read', async () => {
    const client = await start({ deltaPageSize: 2 });
    const ids = devices(client, 4);
    const page = await client.graph('GET', '/devices/delta?$select=displayName');
    client.emulator.tenant.updateObject(ids[0] ?? '', { displayName: 'Renamed' });
    const rest = await follow(client, page.body['@odata.nextLink']);
    const next = await follow(client, rest.link);
    expect(next.objects).toEqual([{ id: ids[0], displayName: 'Renamed' }]);
  });

  test('refuses a token of another query', async () => {
    const client = await start();
    const first = await follow(client, '/users/delta');
    expect((await client.graph('GET', first.link.replace('/users/', '/devices/'))).status).toBe(400);
    expect((await client.graph('GET', '/users/delta?$deltatoken=nonsense')).status).toBe(400);
  });
});

describe('a delta query of the members of a group', () => {
  const query = (id: string) => `/groups/delta?$select=members&$filter=id eq '${id}'`;

  test('tells them all, then who came and who left', async () => {
    const client = await start();
    const { tenant } = client.emulator;
    const [a = '', b = '', c = ''] = devices(client, 3);
    const group = tenant.addGroup({ members: [a, b] });
    tenant.addGroup({ members: [c] });
    const first = await follow(client, query(group.id));
    const device = (id: string) => ({ '@odata.type': '#microsoft.graph.device', id });
    expect(first.objects).toEqual([{ id: group.id, 'members@delta': [device(a), device(b)] }]);
    tenant.removeMember(group.id, a);
    tenant.addMember(group.id, c);
    tenant.updateObject(group.id, { description: 'not selected' });
    const second = await follow(client, first.link);
    expect(second.objects).toEqual([
      { id: group.id, 'members@delta': [{ ...device(a), '@removed': { reason: 'deleted' } }, device(c)] },
    ]);
    tenant.deleteObject(b);
    const third = await follow(client, second.link);
    expect(third.objects).toMatchObject([
      { id: group.id, 'members@delta': [{ id: b, '@removed': { reason: 'deleted' } }] },
    ]);
  });

  test('tells a member that came and left only once, as it is', async () => {
    const client = await start();
    const { tenant } = client.emulator;
    const [a = ''] = devices(client, 1);
    const group = tenant.addGroup();
    const first = await follow(client, query(group.id));
    tenant.addMember(group.id, a);
    tenant.removeMember(group.id, a);
    const second = await follow(client, first.link);
    expect(second.objects).toMatchObject([
      { 'members@delta': [{ id: a, '@removed': { reason: 'deleted' } }] },
    ]);
  });

  test('spreads a large group over pages that bear the same id', async () => {
    const client = await start();
    const ids = devices(client, 2500);
    const group = client.emulator.tenant.addGroup({ members: ids });
    const first = await follow(client, query(group.id));
    const seen = first.objects
      .flatMap(object => object['members@delta'] as { id: string }[])
      .map(({ id }) => id);
    expect(seen).toEqual(ids);
    expect(first.pages).toBe(3);
    for (const id of ids) client.emulator.tenant.removeMember(group.id, id);
    const second = await follow(client, first.link);
    expect(second.objects.flatMap(object => object['members@delta'])).toHaveLength(2500);
    expect(second.pages).toBe(3);
  });
});
