import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dueGroups } from '../../src/cloudsync/index.ts';
import { acquireLease, leaseOwner } from '../../src/store/index.ts';
import { Site } from './site.ts';

const group = '11111111-1111-4111-8111-111111111111';
const other = '22222222-2222-4222-8222-222222222222';
const minute = 60_000;
const names = (count: number, prefix = 'PC') =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(3, '0')}`);

let site: Site;
beforeEach(async () => {
  site = await Site.open();
});
afterEach(() => site.close());

/** A mapped collection whose group is in step. */
async function inStep(members: string[], collection = 'C', id = group) {
  await site.collection(collection, members);
  if (!site.entra.groups.has(id)) site.entra.put(id);
  await site.map(collection, id);
  expect((await site.runOne({ collections: [collection] })).status).toBe('Success');
  site.clock.pass(5 * minute);
}

describe('an incremental run', () => {
  it('leaves out whom somebody removed in Entra, until the next full run', async () => {
    await inStep(['A', 'B']);
    site.entra.foreign(group, 'remove', 'A');
    await site.join('C', 'D');
    await site.runOne();
    expect(site.entra.members(group)).toEqual(['B', 'D']);
    await site.runOne({ full: true });
    expect(site.entra.members(group)).toEqual(['A', 'B', 'D']);
  });

  it('takes the stale object of a re-imaged device out and puts the new one in', async () => {
    await inStep(['A', 'B']);
    await site.identify('A', 'A-again');
    expect(await site.runOne()).toMatchObject({ added: 1, removed: 1 });
    expect(site.entra.members(group)).toEqual(['A-again', 'B']);
  });

  it('writes nothing about an object that Entra itself has deleted', async () => {
    await inStep(['A', 'B']);
    await site.identify('A', null, { dropOld: true });
    expect(await site.runOne()).toMatchObject({ status: 'Success', writes: 0 });
    expect(await site.status('C')).toMatchObject({ memberCount: 2, syncCompleted: 1, notInEntra: 1 });
  });

  it('adds who was Not in Entra as soon as it appears there', async () => {
    await site.resource('Late', { absent: true });
    await inStep(['A', 'Late']);
    expect(await site.status('C')).toMatchObject({ status: 'Success', syncCompleted: 1, notInEntra: 1 });
    await site.identify('Late', 'Late-object');
    await site.runOne();
    expect(site.entra.members(group)).toEqual(['A', 'Late-object']);
  });

  it('keeps an object that two resources lead to as long as one of them is wanted', async () => {
    await inStep(['A', 'B']);
    await site.identify('Twin', 'A');
    await site.join('C', 'Twin');
    await site.leave('C', 'A');
    expect(await site.runOne()).toMatchObject({ writes: 0 });
    expect(site.entra.members(group)).toEqual(['A', 'B']);
    await site.leave('C', 'Twin');
    await site.runOne();
    expect(site.entra.members(group)).toEqual(['B']);
  });

  it('asks Entra nothing on a round of the schedule when nothing has changed', async () => {
    await inStep(['A', 'B']);
    await inStep(['A'], 'C2', other);
    const before = site.entra.counters.requests;
    const now = site.clock.now().toISOString();
    expect(await site.run({ requestedBy: 'schedule' })).toEqual([]);
    expect(site.entra.counters.requests).toBe(before);
    expect(await site.status('C')).toMatchObject({ status: 'Success', lastSyncTime: now });
    await site.join('C2', 'B');
    expect(await site.run({ requestedBy: 'schedule' })).toMatchObject([{ groupId: other, added: 1 }]);
  });
});

describe('several groups', () => {
  it('are run with the least to do first, and told in the order in which they were asked for', async () => {
    const ids = Array.from({ length: 6 }, (_, n) => group.replace(/1$/, String(n)));
    for (const [index, id] of ids.entries()) {
      site.entra.put(id);
      await site.collection(`C${index}`, names(60 - 10 * index));
      await site.map(`C${index}`, id);
    }
    const asked: string[] = [];
    const { getGroup } = site.entra;
    site.entra.getGroup = id => {
      asked.push(id);
      return getGroup.call(site.entra, id);
    };
    const results = await site.run();
    expect(results.map(({ groupId }) => groupId)).toEqual(ids);
    expect(asked.slice(0, 4).toSorted()).toEqual(ids.slice(2));
  });

  it('count removals dearer than additions, and what is not due yet not at all', async () => {
    await inStep(names(30), 'Joins');
    await inStep(names(30), 'Leaves', other);
    await site.join('Joins', ...names(20, 'New'));
    await site.leave('Leaves', ...names(3));
    const now = site.clock.now();
    const due = await dueGroups(site.store, now);
    expect(due).toEqual([
      { id: 1, effort: 4, removes: false },
      { id: 2, effort: 6, removes: true },
    ]);
    for (const name of names(3)) {
      site.entra.failing.set(name, { code: 'http-403', message: 'No.', kind: 'forbidden' });
    }
    await site.run();
    expect(await dueGroups(site.store, now)).toEqual([]);
    expect(await dueGroups(site.store, new Date(now.getTime() + 61 * minute))).toEqual([
      { id: 2, effort: 6, removes: true },
    ]);
  });
});

describe('a failed member', () => {
  const refusal = { code: 'Authorization_RequestDenied', message: 'No.', kind: 'forbidden' } as const;

  it('does not fail the others, says why, and is tried again ever more rarely', async () => {
    await site.collection('C', ['A', 'B', 'X']);
    site.entra.put(group);
    site.entra.failing.set('X', refusal);
    await site.map('C', group);
    expect(await site.runOne()).toMatchObject({ status: 'Partial Success', added: 2, failed: 1 });
    expect(await site.status('C')).toMatchObject({ status: 'Partial Success', syncFailed: 1 });
    const tries = () => site.entra.sent.filter(sent => sent === 'add X').length;
    expect(tries()).toBe(1);
    await site.runOne();
    expect(tries()).toBe(1);
    site.clock.pass(61 * minute);
    await site.runOne();
    expect(tries()).toBe(2);
    site.clock.pass(61 * minute);
    await site.runOne();
    expect(tries()).toBe(2);
    site.entra.failing.clear();
    site.clock.pass(61 * minute);
    expect(await site.runOne()).toMatchObject({ status: 'Success', added: 1 });
    expect(site.entra.members(group)).toEqual(['A', 'B', 'X']);
  });

  it('is tried at once by a full run', async () => {
    await site.collection('C', ['A', 'X']);
    site.entra.put(group);
    site.entra.failing.set('X', refusal);
    await site.map('C', group);
    await site.runOne();
    site.entra.failing.clear();
    expect(await site.runOne({ full: true })).toMatchObject({ status: 'Success', added: 1 });
  });
});

describe('the guard', () => {
  it('holds a mass removal, lets additions go on, and lets the very same plan pass once approved', async () => {
    await inStep(names(10));
    await site.leave('C', ...names(4));
    await site.join('C', 'New');
    const held = await site.runOne();
    expect(held).toMatchObject({ status: 'Awaiting Approval', added: 1, removed: 0 });
    expect(held.held).toContain('4 of 10 members');
    expect(await site.status('C')).toMatchObject({ status: 'Awaiting Approval' });
    expect(site.entra.members(group)).toHaveLength(11);
    // Held is held, however often it is run.
    expect(await site.runOne()).toMatchObject({ status: 'Awaiting Approval', writes: 0 });
    expect(await site.runOne({ approve: true })).toMatchObject({ status: 'Success', removed: 4 });
    expect(site.entra.members(group)).toEqual(['New', ...names(10).slice(4)]);
    expect(await site.status('C')).toMatchObject({ status: 'Success' });
  });

  it('plans anew when the facts have changed since', async () => {
    await inStep(names(10));
    await site.leave('C', ...names(4));
    await site.runOne();
    await site.leave('C', 'PC009');
    expect(await site.runOne({ approve: true })).toMatchObject({
      status: 'Awaiting Approval',
      removed: 0,
      held: expect.stringContaining('5 of 10'),
    });
    expect(await site.runOne({ approve: true })).toMatchObject({ status: 'Success', removed: 5 });
  });

  it('lets go by itself what is no longer too much', async () => {
    await inStep(names(10));
    await site.leave('C', ...names(4));
    await site.runOne();
    await site.join('C', 'PC000');
    expect(await site.runOne()).toMatchObject({ status: 'Success', removed: 3 });
  });

  it('does not hold again what was approved and then broke off', async () => {
    await inStep(names(20));
    await site.leave('C', ...names(10));
    await site.runOne();
    let calls = 0;
    site.entra.interrupt = call => {
      if (call === 'removeMembers' && ++calls > 2) throw new Error('the line is cut');
    };
    expect(await site.runOne({ approve: true })).toMatchObject({ status: 'Failed' });
    site.entra.interrupt = () => {};
    expect(await site.runOne()).toMatchObject({ status: 'Success', held: null });
    expect(site.entra.members(group)).toEqual(names(20).slice(10));
  });

  it('holds a group of any size that would be emptied because the collection is empty', async () => {
    await inStep(['A', 'B']);
    await site.leave('C', 'A', 'B');
    expect(await site.runOne()).toMatchObject({ status: 'Awaiting Approval' });
    expect(site.entra.members(group)).toEqual(['A', 'B']);
  });

  it('holds a first full run that would sweep out a large share of the group', async () => {
    for (const name of names(10, 'S')) await site.resource(name);
    site.entra.put(group, names(10, 'S'));
    await site.collection('C', ['A']);
    await site.map('C', group);
    expect(await site.runOne()).toMatchObject({ status: 'Awaiting Approval', added: 1, removed: 0 });
    expect(await site.runOne({ approve: true })).toMatchObject({ status: 'Success', removed: 10 });
    expect(site.entra.members(group)).toEqual(['A']);
  });
});

describe('several collections and groups', () => {
  it('hold their union in one group', async () => {
    await inStep(['A', 'B'], 'C1');
    await inStep(['B', 'D'], 'C2');
    expect(site.entra.members(group)).toEqual(['A', 'B', 'D']);
    await site.leave('C1', 'B');
    await site.runOne();
    expect(site.entra.members(group)).toEqual(['A', 'B', 'D']);
    await site.leave('C2', 'B');
    await site.runOne();
    expect(site.entra.members(group)).toEqual(['A', 'D']);
  });

  it('go on when one of them fails', async () => {
    await inStep(['A'], 'C1');
    await inStep(['B'], 'C2', other);
    site.entra.groups.delete(group);
    await site.join('C1', 'B');
    await site.join('C2', 'A');
    const results = await site.run();
    expect(results.map(({ status, problem }) => [status, problem?.code])).toEqual([
      ['Failed', 'group-not-found'],
      ['Success', undefined],
    ]);
    expect(await site.status('C1')).toMatchObject({
      status: 'Failed',
      problem: { code: 'group-not-found' },
    });
    // It heals by itself, and nothing was lost.
    site.entra.put(group, ['A']);
    expect(await site.run({ requestedBy: 'schedule' })).toMatchObject([{ status: 'Success' }]);
    expect(site.entra.members(group)).toEqual(['A', 'B']);
  });
});

describe('a run', () => {
  it('refuses a group that has become dynamic, and says so in the status', async () => {
    await inStep(['A']);
    site.entra.put(group, ['A'], { dynamic: true });
    await site.join('C', 'B');
    expect(await site.runOne()).toMatchObject({ status: 'Failed', problem: { code: 'group-dynamic' } });
    expect(await site.status('C')).toMatchObject({ status: 'Failed', syncInProgress: 1 });
    expect(site.entra.members(group)).toEqual(['A']);
  });

  it('does nothing while group synchronization is off for the tenant', async () => {
    await inStep(['A']);
    await site.store.db.updateTable('cloud_service').set({ group_sync: 0 }).execute();
    await site.join('C', 'B');
    expect(await site.runOne()).toMatchObject({ status: 'Disabled', problem: { code: 'group-sync-off' } });
    expect(await site.status('C')).toMatchObject({ status: 'Disabled' });
    expect(await site.run({ requestedBy: 'schedule' })).toEqual([]);
    await site.store.db.updateTable('cloud_service').set({ group_sync: 1 }).execute();
    expect(await site.runOne()).toMatchObject({ status: 'Success', added: 1 });
  });

  it('waits for a collection that was never evaluated instead of emptying its group', async () => {
    await site.collection('C');
    await site.store.db.updateTable('collection').set({ evaluated_at: null }).execute();
    site.entra.put(group, ['A']);
    await site.map('C', group);
    expect(await site.runOne()).toMatchObject({ problem: { code: 'collection-not-evaluated' } });
    expect(site.entra.members(group)).toEqual(['A']);
  });

  it('waits for a collection whose rules have never run yet, and says why they do not', async () => {
    await inStep(['A', 'B']);
    await site.collection('C2');
    const error = 'Query rule Q: There is no class "Custom_Thing".';
    await site.store.db
      .updateTable('collection')
      .set({ evaluated_at: null, error })
      .where('name', '=', 'C2')
      .execute();
    site.entra.foreign(group, 'add', 'F');
    await site.map('C2', group);
    expect(await site.runOne()).toMatchObject({
      problem: { code: 'collection-not-evaluated', hint: expect.stringContaining(error) },
    });
    expect(site.entra.members(group)).toEqual(['A', 'B', 'F']);
  });

  it('of a group that another one is synchronizing is told so', async () => {
    await inStep(['A']);
    await site.join('C', 'B');
    await acquireLease(site.store, 'group 1', leaseOwner(), site.clock.now());
    expect(await site.runOne()).toMatchObject({ problem: { code: 'already-running' }, writes: 0 });
    // The other never comes back.
    site.clock.pass(61_000);
    expect(await site.runOne()).toMatchObject({ status: 'Success', added: 1 });
  });

  it('that runs twice at the same time works exactly once', async () => {
    await site.collection('C', names(10));
    site.entra.put(group);
    await site.map('C', group);
    const both = await Promise.all([site.runOne({ full: true }), site.runOne({ full: true })]);
    const codes = both.map(({ problem }) => problem?.code ?? 'worked').sort();
    expect(codes).toEqual(['already-running', 'worked']);
    expect(site.entra.sent).toHaveLength(10);
  });

  it('stops when it is told to, and the next one finishes', async () => {
    await site.collection('C', names(10));
    site.entra.put(group);
    await site.map('C', group);
    const stop = new AbortController();
    site.entra.interrupt = call => {
      if (call === 'addMembers') {
        stop.abort(new Error('stopped'));
        throw stop.signal.reason;
      }
    };
    await expect(site.run({}, stop.signal)).rejects.toThrow('stopped');
    site.entra.interrupt = () => {};
    expect(await site.status('C')).toMatchObject({ status: 'In Progress', syncInProgress: 10 });
    expect(await site.runOne()).toMatchObject({ status: 'Success', kind: 'full' });
    expect(site.entra.members(group)).toEqual(names(10));
  });
});

describe('a list that lags behind', () => {
  it('does not make a full run redo or undo what Entra has just confirmed', async () => {
    await inStep(['A', 'B', 'D']);
    site.entra.lagMs = 20_000;
    await site.leave('C', 'A');
    await site.join('C', 'E');
    await site.runOne();
    site.clock.pass(1_000);
    const sent = site.entra.sent.length;
    expect(await site.runOne({ full: true })).toMatchObject({ status: 'Success', writes: 0 });
    expect(site.entra.sent).toHaveLength(sent);
    expect(site.clock.slept).toBeGreaterThanOrEqual(19_000);
    expect(site.entra.members(group)).toEqual(['B', 'D', 'E']);
  });

  it('is waited for no longer when the clock is set back', async () => {
    await inStep(['A', 'B']);
    await site.join('C', 'D');
    await site.runOne();
    // The list is of the time before then, and goes on being so.
    site.clock.pass(-3_600_000);
    const slept = site.clock.slept;
    expect(await site.runOne({ full: true })).toMatchObject({ status: 'Success' });
    expect(site.clock.slept - slept).toBeLessThanOrEqual(30_000);
  });

  it('does not hide for long that somebody else has changed the group', async () => {
    await inStep(['A', 'B']);
    await site.join('C', 'D');
    await site.runOne();
    site.entra.foreign(group, 'remove', 'D');
    expect(await site.runOne({ full: true })).toMatchObject({ status: 'Success', added: 1 });
    expect(site.clock.slept).toBeLessThanOrEqual(30_000);
    expect(site.entra.members(group)).toEqual(['A', 'B', 'D']);
  });
});
