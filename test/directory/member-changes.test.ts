import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EmulatorOptions } from '../../emulator/index.ts';
import { type Rig, startRig } from './support.ts';

let rig: Rig;
let group: string;
let ids: string[];
beforeEach(async () => {
  await begin({});
});
afterEach(() => rig.close());

async function begin(emulator: EmulatorOptions) {
  rig = await startRig({ emulator });
  ids = rig.devices(6);
  group = rig.emulator.tenant.addGroup({ members: ids.slice(0, 4) }).id;
}

const link = async () => (await rig.directory.membersLink(group)) ?? '';
const changes = (from: string, most = 1000) => rig.directory.memberChanges(group, from, most);
const byId = (told: Awaited<ReturnType<typeof changes>>) =>
  told.usable ? Object.fromEntries(told.changes) : told.because;

test('who came and who left since the link, and nothing of before', async () => {
  const from = await link();
  const [a = '', , , , e = ''] = ids;
  rig.emulator.tenant.removeMember(group, a);
  rig.emulator.tenant.addMember(group, e);
  const told = await changes(from);
  expect(byId(told)).toEqual({ [a]: false, [e]: true });
  expect(byId(await changes(told.usable ? told.link : ''))).toEqual({});
});

test('who came and left again is told as it is in the end', async () => {
  const from = await link();
  const [a = '', , , , e = ''] = ids;
  for (const change of ['removeMember', 'addMember'] as const) rig.emulator.tenant[change](group, a);
  for (const change of ['addMember', 'removeMember'] as const) rig.emulator.tenant[change](group, e);
  expect(byId(await changes(from))).toEqual({ [a]: true, [e]: false });
});

test('deleted objects have left, restored ones have come', async () => {
  const user = rig.emulator.tenant.addUser().id;
  rig.emulator.tenant.addMember(group, user);
  const from = await link();
  rig.emulator.tenant.deleteObject(user);
  const told = await changes(from);
  expect(byId(told)).toEqual({ [user]: false });
  rig.emulator.tenant.restoreObject(user);
  expect(byId(await changes(told.usable ? told.link : ''))).toEqual({ [user]: true });
});

test('changes of many pages are put together', async () => {
  const from = await link();
  const many = rig.devices(2_500);
  for (const id of many) rig.emulator.tenant.addMember(group, id);
  const told = await changes(from, 5_000);
  expect(told.usable && told.changes.size).toBe(2_500);
  expect(rig.emulator.counters.byKind['GET groups/delta']).toBeGreaterThan(3);
});

test('other groups are not told of', async () => {
  const from = await link();
  const other = rig.emulator.tenant.addGroup({ members: ids });
  rig.emulator.tenant.removeMember(other.id, ids[0] ?? '');
  expect(byId(await changes(from))).toEqual({});
});

test('what lags behind is told later, and never lost', async () => {
  await rig.close();
  await begin({ staleDeltaMs: 20_000 });
  await rig.clock.sleep(21_000);
  const from = await link();
  const [a = ''] = ids;
  rig.emulator.tenant.removeMember(group, a);
  const first = await changes(from);
  expect(byId(first)).toEqual({});
  await rig.clock.sleep(21_000);
  expect(byId(await changes(first.usable ? first.link : ''))).toEqual({ [a]: false });
});

describe('nothing is relied upon', () => {
  const answer = (value: unknown, more: object = { '@odata.deltaLink': 'https://x' }) =>
    rig.emulator.faults.add({
      path: 'groups/delta',
      action: { kind: 'status', status: 200, body: { value, ...more } },
    });
  const member = randomUUID();

  test('when the link has expired', async () => {
    const from = await link();
    rig.emulator.tenant.expireDeltaTokens();
    expect(byId(await changes(from))).toMatch('expired');
  });

  test('when the group was deleted, and when it was restored', async () => {
    const from = await link();
    rig.emulator.tenant.deleteObject(group);
    expect(byId(await changes(from))).toMatch('deleted');
    rig.emulator.tenant.restoreObject(group);
    expect(byId(await changes(from))).toMatch('itself has changed');
  });

  test('when more has changed than is worth following', async () => {
    const from = await link();
    for (const id of ids.slice(0, 3)) rig.emulator.tenant.removeMember(group, id);
    expect(byId(await changes(from, 2))).toMatch('too much');
  });

  test.each([
    ['a group without changes of members', () => [{ id: group, displayName: 'Other' }], 'itself has changed'],
    ['another group', () => [{ id: member, 'members@delta': [] }], 'another group'],
    [
      'a member both ways',
      () => [
        { id: group, 'members@delta': [{ id: member }] },
        { id: group, 'members@delta': [{ id: member, '@removed': { reason: 'deleted' } }] },
      ],
      'both ways',
    ],
    ['a member without id', () => [{ id: group, 'members@delta': [{}] }], 'not as documented'],
  ])('when the answer tells of %s', async (_what, value, because) => {
    const from = await link();
    answer(value());
    expect(byId(await changes(from))).toMatch(because);
  });

  test('when the answer says nowhere to go on', async () => {
    const from = await link();
    answer([], {});
    expect(byId(await changes(from))).toMatch('where to go on');
  });

  test('when the link leads to another host, which would be handed the token', async () => {
    expect(byId(await changes('https://evil.example/v1.0/groups/delta?$deltatoken=1'))).toMatch(
      'another host',
    );
  });

  test('when Graph refuses to give a link', async () => {
    rig.emulator.faults.add({ path: 'groups/delta', action: { kind: 'status', status: 400 } });
    expect(await rig.directory.membersLink(group)).toBeNull();
  });
});

test('a Graph that stays away is a problem, not a reason to read everything', async () => {
  const from = await link();
  rig.emulator.faults.add({ path: 'groups/delta', times: 99, action: { kind: 'status', status: 503 } });
  await expect(changes(from)).rejects.toMatchObject({ code: 'graph-unavailable' });
});
