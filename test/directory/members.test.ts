import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { sendBatch } from '../../src/directory/graph/batch.ts';
import { openDirectory } from '../../src/directory/index.ts';
import { openSession } from '../../src/directory/session.ts';
import { impatientConnections, plainSecrets, type Rig, startRig, tally, tenantOf } from './support.ts';

let rig: Rig;
afterEach(async () => {
  expect(rig.emulator.counters.objectDeletes).toBe(0);
  await rig.close();
});

describe('as few calls as Graph allows', () => {
  test('10,000 additions are 500 PATCHes in at most 60 calls', async () => {
    rig = await startRig();
    const group = rig.emulator.tenant.addGroup();
    const ids = rig.devices(10_000);
    expect(tally(await rig.write('add', group.id, ids))).toEqual({ done: 10_000 });
    expect(rig.emulator.tenant.members(group.id)).toHaveLength(10_000);
    expect(rig.emulator.counters.byKind['PATCH groups/:id']).toBe(500);
    expect(rig.emulator.counters.httpCalls).toBeLessThanOrEqual(60);
    expect(rig.directory.counters).toEqual({ requests: 500, httpCalls: 25, writes: 500, refused: 0 });
  });

  test('2,000 removals are 2,000 DELETEs with $ref in at most 110 calls', async () => {
    rig = await startRig();
    const ids = rig.devices(2_000);
    const group = rig.emulator.tenant.addGroup({ members: ids });
    expect(tally(await rig.write('remove', group.id, ids))).toEqual({ done: 2_000 });
    expect(rig.emulator.tenant.members(group.id)).toEqual([]);
    expect(rig.emulator.counters.byKind).toEqual({ 'DELETE groups/:id/members/:id/$ref': 2_000 });
    expect(rig.emulator.counters.httpCalls).toBeLessThanOrEqual(110);
    // The devices themselves are all still there.
    expect(ids.every(id => rig.emulator.tenant.object(id))).toBe(true);
  });

  test('runs side by side count what each of them has sent', async () => {
    rig = await startRig();
    const one = { group: rig.emulator.tenant.addGroup().id, directory: rig.directory.countedApart() };
    const two = { group: rig.emulator.tenant.addGroup().id, directory: rig.directory.countedApart() };
    const nothing = async () => {};
    await Promise.all([
      one.directory.addMembers(one.group, rig.devices(40), nothing),
      two.directory.addMembers(two.group, rig.devices(5), nothing),
    ]);
    expect([one.directory.counters.writes, two.directory.counters.writes]).toEqual([2, 1]);
  });

  test('a DELETE without $ref stops the whole batch before it leaves the machine', async () => {
    rig = await startRig();
    const [device = ''] = rig.devices(1);
    const group = rig.emulator.tenant.addGroup({ members: [device] });
    const session = openSession(tenantOf(rig.emulator), plainSecrets, { clock: rig.clock, env: {} });
    const url = `/groups/${group.id}/members/${device}`;
    const parts = [
      { method: 'DELETE', url: `${url}/$ref` },
      { method: 'DELETE', url },
    ] as const;
    await expect(sendBatch(session.transport, parts, rig.clock)).rejects.toMatchObject({
      code: 'write-refused',
    });
    await session.close();
    expect(rig.emulator.counters).toMatchObject({ httpCalls: 0, tokenCalls: 0 });
  });

  test('nothing to do sends nothing', async () => {
    rig = await startRig();
    const group = rig.emulator.tenant.addGroup();
    await rig.write('add', group.id, []);
    await rig.write('remove', group.id, []);
    expect(rig.emulator.counters).toMatchObject({ httpCalls: 0, tokenCalls: 0 });
  });
});

describe('one bad member never fails the others', () => {
  test('those that are gone are named and taken out at the price of one request each', async () => {
    rig = await startRig();
    const group = rig.emulator.tenant.addGroup();
    const gone = [randomUUID(), randomUUID(), randomUUID()];
    const ids = rig.devices(97);
    const mixed = [gone[0] ?? '', ...ids.slice(0, 50), gone[1] ?? '', ...ids.slice(50), gone[2] ?? ''];
    const outcomes = await rig.write('add', group.id, mixed);
    expect(tally(outcomes)).toEqual({ done: 97, gone: 3 });
    for (const id of gone) expect(outcomes.get(id)).toBe('gone');
    expect(rig.emulator.tenant.members(group.id).sort()).toEqual([...ids].sort());
    expect(rig.emulator.counters.byKind['PATCH groups/:id']).toBe(5 + 3);
  });

  test('where Graph names nobody the PATCH is halved until the culprit is alone', async () => {
    rig = await startRig();
    const group = rig.emulator.tenant.addGroup({ kind: 'microsoft365' });
    const users = Array.from({ length: 19 }, () => rig.emulator.tenant.addUser().id);
    const [device = ''] = rig.devices(1);
    const outcomes = await rig.write('add', group.id, [...users, device]);
    expect(tally(outcomes)).toEqual({ done: 19, invalid: 1 });
    expect(outcomes.get(device)).toBe('invalid');
    expect(rig.emulator.counters.byKind['PATCH groups/:id']).toBeLessThanOrEqual(11);
  });

  test('members that are there already count as success', async () => {
    rig = await startRig();
    const ids = rig.devices(40);
    const group = rig.emulator.tenant.addGroup({ members: [ids[3] ?? '', ids[33] ?? ''] });
    const outcomes = await rig.write('add', group.id, ids);
    expect(tally(outcomes)).toEqual({ done: 38, already: 2 });
    expect(rig.emulator.tenant.members(group.id)).toHaveLength(40);
  });

  test('removing who is not a member, or does not exist, is success', async () => {
    rig = await startRig();
    const ids = rig.devices(3);
    const group = rig.emulator.tenant.addGroup({ members: ids.slice(0, 1) });
    const outcomes = await rig.write('remove', group.id, [...ids, randomUUID()]);
    expect(tally(outcomes)).toEqual({ done: 1, already: 3 });
  });

  test('an app without leave to change the group takes few PATCHes apart to see that, not each', async () => {
    rig = await startRig({ emulator: { apps: [{ permissions: ['Group.Read.All', 'Device.Read.All'] }] } });
    const group = rig.emulator.tenant.addGroup();
    const outcomes = await rig.write('add', group.id, rig.devices(1_000));
    expect(tally(outcomes)).toEqual({ forbidden: 1_000 });
    expect(rig.emulator.counters.byKind['PATCH groups/:id']).toBe(50 + 3 * 38);
  });

  test('an app that may add users but no devices adds the users among them', async () => {
    rig = await startRig({
      emulator: {
        apps: [{ permissions: ['GroupMember.ReadWrite.All', 'User.Read.All', 'Device.Read.All'] }],
      },
    });
    const { tenant } = rig.emulator;
    const group = tenant.addGroup();
    const users = [tenant.addUser().id, tenant.addUser().id];
    const [one = '', ...others] = rig.devices(10);
    const outcomes = await rig.write('add', group.id, [one, ...users, ...others]);
    expect(tally(outcomes)).toEqual({ done: 2, forbidden: 10 });
    expect(tenant.members(group.id).sort()).toEqual(users.sort());
  });

  test('a group that is turned dynamic in mid-run refuses everybody after that, for few requests', async () => {
    rig = await startRig();
    const group = rig.emulator.tenant.addGroup();
    const ids = rig.devices(1_000);
    const groupTypes = ['DynamicMembership'];
    rig.emulator.faults.add({
      ...{ method: 'PATCH', skip: 20 },
      action: { kind: 'run', run: tenant => tenant.updateObject(group.id, { groupTypes }) },
    });
    expect(tally(await rig.write('add', group.id, ids))).toEqual({ done: 400, forbidden: 600 });
    expect(rig.emulator.counters.byKind['PATCH groups/:id']).toBeLessThanOrEqual(50 + 4 * 38);
  });

  test('members that are there count as success in whatever words Graph refuses them', async () => {
    rig = await startRig();
    const ids = rig.devices(40);
    const group = rig.emulator.tenant.addGroup({ members: ids.slice(0, 3) });
    const there = { kind: 'status', status: 400, code: 'Request_BadRequest', message: 'Schon da.' } as const;
    for (const body of ids.slice(0, 3)) {
      rig.emulator.faults.add({ where: 'batch', method: 'PATCH', body, times: 99, action: there });
    }
    expect(tally(await rig.write('add', group.id, ids))).toEqual({ done: 37, already: 3 });
    expect(rig.emulator.counters.byKind['PATCH groups/:id']).toBe(3);
    expect(rig.emulator.counters.byKind['GET groups/:id/members']).toBe(1);
  });

  test('a group deleted meanwhile stops the work with a problem that names it', async () => {
    rig = await startRig();
    const group = rig.emulator.tenant.addGroup();
    const ids = rig.devices(60);
    rig.emulator.faults.add({
      method: 'PATCH',
      action: { kind: 'run', run: tenant => void tenant.deleteObject(group.id) },
    });
    await expect(rig.write('add', group.id, ids)).rejects.toMatchObject({ code: 'group-not-found' });
  });
});

describe('a network and a Graph that fail', () => {
  const added = async (count: number) => {
    const group = rig.emulator.tenant.addGroup();
    const ids = rig.devices(count);
    const outcomes = await rig.write('add', group.id, ids);
    expect(rig.emulator.tenant.members(group.id).sort()).toEqual([...ids].sort());
    return outcomes;
  };

  test('a reset before anything was applied: sent again', async () => {
    rig = await startRig();
    rig.emulator.faults.add({ path: '$batch', action: { kind: 'reset', when: 'before' } });
    expect(tally(await added(100))).toEqual({ done: 100 });
    expect(rig.emulator.counters.byKind['PATCH groups/:id']).toBe(5);
  });

  test('a reset after it was applied: "already exist" is that try having done it, as the list shows', async () => {
    rig = await startRig();
    rig.emulator.faults.add({ path: '$batch', action: { kind: 'reset', when: 'after' } });
    expect(tally(await added(100))).toEqual({ done: 100 });
    expect(rig.emulator.counters.byKind['PATCH groups/:id']).toBe(5 + 5);
    expect(rig.emulator.counters.byKind['GET groups/:id/members']).toBe(1);
  });

  test('a reset after it was applied, with a list that does not show it yet: they are asked for one by one', async () => {
    rig = await startRig({ emulator: { staleMembersMs: 3_600_000 } });
    rig.emulator.faults.add({ path: '$batch', action: { kind: 'reset', when: 'after' } });
    expect(tally(await added(100))).toEqual({ done: 100 });
    expect(rig.emulator.counters.byKind['PATCH groups/:id']).toBe(5 + 5 + 100);
  });

  test('a reset before it was applied does not make a member ours whom somebody else had put in', async () => {
    rig = await startRig();
    const ids = rig.devices(20);
    const group = rig.emulator.tenant.addGroup({ members: ids.slice(3, 4) });
    rig.emulator.faults.add({ path: '$batch', action: { kind: 'reset', when: 'before' } });
    const outcomes = await rig.write('add', group.id, ids);
    expect(tally(outcomes)).toEqual({ done: 19, already: 1 });
    expect(outcomes.get(ids[3] ?? '')).toBe('already');
  });

  test.each(['add', 'remove'] as const)(
    '%s: words that name the group, which is there all the same, mean a member',
    async action => {
      rig = await startRig();
      const ids = rig.devices(20);
      const group = rig.emulator.tenant.addGroup({ members: action === 'add' ? [] : ids });
      const odd = ids[5] ?? '';
      const message = `Resource '${group.id}' does not exist or one of its queried reference-property objects are not present.`;
      const refused = { kind: 'status', status: 404, code: 'Request_ResourceNotFound', message } as const;
      rig.emulator.faults.add({
        where: 'batch',
        ...(action === 'add' ? { method: 'PATCH', body: odd } : { method: 'DELETE', path: odd }),
        times: 99,
        action: refused,
      });
      expect(tally(await rig.write(action, group.id, ids))).toEqual(
        action === 'add' ? { done: 19, gone: 1 } : { done: 19, already: 1 },
      );
    },
  );

  test('a removal whose answer was lost: 404 is that try having done it', async () => {
    rig = await startRig();
    const ids = rig.devices(40);
    const group = rig.emulator.tenant.addGroup({ members: ids });
    rig.emulator.faults.add({ path: '$batch', action: { kind: 'reset', when: 'after' } });
    expect(tally(await rig.write('remove', group.id, ids))).toEqual({ done: 40 });
  });

  test('429 inside a 200: only those refused are sent again, after the longest Retry-After', async () => {
    rig = await startRig();
    const sentAt = rig.clock.now().getTime();
    const refuse = (seconds: string) =>
      rig.emulator.faults.add({
        method: 'PATCH',
        where: 'batch',
        skip: 2,
        action: { kind: 'status', status: 429, code: 'TooManyRequests', headers: { 'retry-after': seconds } },
      });
    refuse('3');
    refuse('20');
    expect(tally(await added(200))).toEqual({ done: 200 });
    expect(rig.emulator.counters.byKind['PATCH groups/:id']).toBe(10 + 2);
    expect(rig.directory.counters.refused).toBe(2);
    const last = rig.emulator.log.entries({ method: 'PATCH' }).slice(-2);
    expect(last.every(entry => entry.at - sentAt >= 20_000)).toBe(true);
  });

  test('a Graph that lets one write through at a time: all get in, nobody is given up', async () => {
    rig = await startRig();
    const group = rig.emulator.tenant.addGroup();
    const ids = rig.devices(400);
    const action = { kind: 'status', status: 429, headers: { 'retry-after': '1' } } as const;
    // The last of the 20 writes is refused 19 times, more often than a write is tried that waits alone.
    for (let times = 1; times < 20; times += 1) {
      rig.emulator.faults.add({
        method: 'PATCH',
        where: 'batch',
        body: ids[times * 20] ?? '',
        times,
        action,
      });
    }
    expect(tally(await rig.write('add', group.id, ids))).toEqual({ done: 400 });
    expect(rig.directory.counters.refused).toBe(190);
  });

  test('503 in a batch: the group is written to more slowly, and everything gets in', async () => {
    rig = await startRig({ emulator: { maxGroupWrites: 5, latencyMs: 2 } });
    expect(tally(await added(2_000)).done).toBe(2_000);
    expect(rig.emulator.counters.failed).toBeLessThan(30);
  });

  test('429 on the call itself: sent again exactly when Graph said', async () => {
    rig = await startRig();
    rig.emulator.faults.add({
      path: '$batch',
      action: { kind: 'status', status: 429, headers: { 'retry-after': '11' } },
    });
    const before = rig.clock.now().getTime();
    expect(tally(await added(20))).toEqual({ done: 20 });
    expect(rig.clock.now().getTime() - before).toBeGreaterThanOrEqual(11_000);
    expect(rig.emulator.counters.byKind['PATCH groups/:id']).toBe(1);
  });

  test.each([500, 502, 503, 504])('%i on the call itself: sent again', async status => {
    rig = await startRig();
    rig.emulator.faults.add({ path: '$batch', times: 2, action: { kind: 'status', status } });
    expect(tally(await added(20))).toEqual({ done: 20 });
  });

  test('a token that is worth nothing in mid-run is renewed once, and the run goes on', async () => {
    rig = await startRig();
    rig.emulator.faults.add({ path: '$batch', skip: 2, action: { kind: 'expire-token' } });
    expect(tally(await added(2_000))).toEqual({ done: 2_000 });
    expect(rig.emulator.counters.tokenCalls).toBeLessThanOrEqual(6);
  });

  test('a token that ends again while Graph makes us wait is renewed again', async () => {
    rig = await startRig();
    const ends = { kind: 'expire-token' } as const;
    const wait = { kind: 'status', status: 429, headers: { 'retry-after': '2' } } as const;
    for (const action of [ends, wait, ends]) rig.emulator.faults.add({ path: '$batch', action });
    expect(tally(await added(20))).toEqual({ done: 20 });
  });

  test('401 for parts of a batch: the token is renewed and those are sent again', async () => {
    rig = await startRig();
    const action = { kind: 'status', status: 401, code: 'InvalidAuthenticationToken' } as const;
    rig.emulator.faults.add({ method: 'PATCH', where: 'batch', times: 3, action });
    expect(tally(await added(200))).toEqual({ done: 200 });
    expect(rig.emulator.counters.byKind['PATCH groups/:id']).toBe(10 + 3);
  });

  test.each([true, false])('no answer in time (applied: %s): sent again', async apply => {
    rig = await startRig();
    const impatient = impatientConnections(rig.emulator.caPem);
    const directory = openDirectory(tenantOf(rig.emulator), plainSecrets, {
      clock: rig.clock,
      dispatcher: impatient,
    });
    rig.emulator.faults.add({ path: '$batch', action: { kind: 'hang', apply } });
    const group = rig.emulator.tenant.addGroup();
    const outcomes: string[] = [];
    await directory.addMembers(
      group.id,
      rig.devices(20),
      async batch => void outcomes.push(...batch.map(o => o.outcome)),
    );
    expect(outcomes).toEqual(Array.from({ length: 20 }, () => 'done'));
    await impatient.close();
  });

  test('an answer in a batch that is not as documented: that one alone is sent again', async () => {
    rig = await startRig();
    const group = rig.emulator.tenant.addGroup();
    const responses = [{ id: '1', status: 204 }, { id: '2' }, 'nonsense', { id: '3', status: 204 }];
    rig.emulator.faults.add({
      ...{ path: '$batch', where: 'call' },
      action: { kind: 'status', status: 200, body: { responses } },
    });
    expect(tally(await rig.write('add', group.id, rig.devices(60)))).toEqual({ done: 60 });
    expect(rig.emulator.counters.byKind['PATCH groups/:id']).toBe(1);
  });

  test.each([true, false])(
    'an answer missing from a batch (applied: %s): that one is sent again',
    async apply => {
      rig = await startRig();
      rig.emulator.faults.add({ method: 'PATCH', where: 'batch', skip: 3, action: { kind: 'drop', apply } });
      expect(tally(await added(100))).toEqual({ done: 100 });
    },
  );

  test('answers in reverse order go to the members they are for', async () => {
    rig = await startRig();
    rig.emulator.faults.add({ path: '$batch', action: { kind: 'shuffle' } });
    const group = rig.emulator.tenant.addGroup();
    const bad = randomUUID();
    const outcomes = await rig.write('add', group.id, [...rig.devices(45), bad]);
    expect(tally(outcomes)).toEqual({ done: 45, gone: 1 });
    expect(outcomes.get(bad)).toBe('gone');
  });

  test('an answer cut short: sent again', async () => {
    rig = await startRig();
    rig.emulator.faults.add({ path: '$batch', action: { kind: 'truncate' } });
    expect(tally(await added(20))).toEqual({ done: 20 });
  });

  test('a part that stays refused ends as unavailable with Microsoft’s request id, and the others get in', async () => {
    rig = await startRig();
    const group = rig.emulator.tenant.addGroup();
    const ids = rig.devices(60);
    const action = { kind: 'status', status: 503, code: 'serviceNotAvailable', message: 'Later.' } as const;
    rig.emulator.faults.add({ method: 'PATCH', where: 'batch', body: ids[30] ?? '', times: 99, action });
    const failures: string[] = [];
    await rig.directory.addMembers(group.id, ids, async batch => {
      for (const o of batch) if (o.outcome === 'failed') failures.push(`${o.kind} ${o.code} ${o.message}`);
    });
    expect(failures).toHaveLength(20);
    expect(failures[0]).toMatch(/^unavailable serviceNotAvailable Later\. \(request [0-9a-f-]{36}\)$/);
    expect(rig.emulator.tenant.members(group.id)).toHaveLength(40);
  });

  test('a Graph that stays away stops the work with one problem', async () => {
    rig = await startRig();
    rig.emulator.faults.add({ path: '$batch', times: 99, action: { kind: 'status', status: 503 } });
    await expect(added(20)).rejects.toMatchObject({ code: 'graph-unavailable', kind: 'upstream' });
  });

  test('an abort stops before the next batch', async () => {
    rig = await startRig();
    const group = rig.emulator.tenant.addGroup();
    const aborter = new AbortController();
    const stop = async () => aborter.abort(new Error('enough'));
    const run = rig.directory.addMembers(group.id, rig.devices(4_000), stop, aborter.signal);
    await expect(run).rejects.toThrow('enough');
    expect(rig.emulator.counters.batches).toBeLessThan(6);
  });
});

describe('several groups at once', () => {
  test('a group with three changes is not stuck behind a big one, and all end right', async () => {
    rig = await startRig({ emulator: { latencyMs: 2 } });
    const { tenant } = rig.emulator;
    const big = tenant.addGroup();
    const small = tenant.addGroup();
    const bigIds = rig.devices(10_000);
    let bigDone = false;
    const running = rig.write('add', big.id, bigIds).then(outcomes => {
      bigDone = true;
      return outcomes;
    });
    await rig.write('add', small.id, rig.devices(3));
    expect(bigDone).toBe(false);
    expect(tally(await running)).toEqual({ done: 10_000 });
    expect(tenant.members(small.id)).toHaveLength(3);
  });

  test('the documented quotas are kept by themselves: hardly a request is refused', async () => {
    rig = await startRig({ speed: 60, emulator: { throttling: {} } });
    const { tenant, counters } = rig.emulator;
    const groups = [tenant.addGroup(), tenant.addGroup()];
    const ids = rig.devices(2_100);
    for (const group of groups) for (const id of ids) tenant.addMember(group.id, id);
    const started = rig.clock.now().getTime();
    await Promise.all(groups.map(group => rig.write('remove', group.id, ids)));
    const seconds = (rig.clock.now().getTime() - started) / 1000;
    expect(counters.refused / counters.writes).toBeLessThan(0.01);
    // 3,000 at once and 20 a second from then on.
    expect(seconds).toBeGreaterThan(55);
  });
});
