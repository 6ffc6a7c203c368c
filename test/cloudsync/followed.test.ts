import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../../src/base/index.ts';
import { planMapping, synchronize, verifyMapping } from '../../src/cloudsync/index.ts';
import { fragile, Process } from './fragile-store.ts';
import { Site } from './site.ts';

// Full runs of a group that is followed by what changed, instead of being read whole each time.

const group = '11111111-1111-4111-8111-111111111111';
const members = ['A', 'B', 'C', 'D', 'E', 'F'];
const minute = 60_000;
const day = 24 * 60 * minute;

let site: Site;
beforeEach(async () => {
  site = await ready();
});
afterEach(() => site.close());

/** A group that is large by the number of answers, and has been read often enough to be followed. */
async function ready(): Promise<Site> {
  const made = await Site.open(':memory:', { fewestPages: 4 });
  await made.collection('C', members);
  for (const stranger of ['S', 'T', 'U']) made.entra.objects.set(stranger, stranger);
  made.entra.put(group, members);
  await made.map('C', group);
  for (let run = 0; run < 2; run += 1) {
    await made.runOne({ full: true });
    made.clock.pass(minute);
  }
  return made;
}

/** Does a full run and tells how often the whole list was asked for. */
async function lists(): Promise<number> {
  const { lists } = site.entra.asked;
  expect(await site.runOne({ full: true })).toMatchObject({ status: 'Success', problem: null });
  return site.entra.asked.lists - lists;
}

it('asks only what changed, and makes the group right', async () => {
  site.entra.foreign(group, 'add', 'S');
  site.entra.foreign(group, 'remove', 'A');
  expect(await lists()).toBe(0);
  expect(site.entra.members(group)).toEqual(members);
});

it('writes nothing when nothing changed', async () => {
  const { writes } = site.entra.counters;
  expect(await lists()).toBe(0);
  expect(site.entra.counters.writes).toBe(writes);
});

it('does not follow a link that is no older than the list may lag', async () => {
  const fresh = await Site.open(':memory:', { fewestPages: 4 });
  await fresh.collection('C', members);
  fresh.entra.put(group, members);
  await fresh.map('C', group);
  for (let run = 0; run < 4; run += 1) await fresh.runOne({ full: true });
  expect(fresh.entra.asked.changes).toBe(0);
  await fresh.close();
});

it('reads a small group whole', async () => {
  const small = await Site.open();
  await small.collection('C', ['A', 'B']);
  small.entra.put(group, ['A']);
  await small.map('C', group);
  for (let run = 0; run < 4; run += 1) {
    await small.runOne({ full: true });
    small.clock.pass(minute);
  }
  expect(small.entra.asked.changes).toBe(0);
  expect(await small.store.db.selectFrom('group_reading').select('id').execute()).toEqual([]);
  await small.close();
});

describe('the whole list is read', () => {
  it('when the link is worth nothing any more, and followed again after that', async () => {
    site.entra.expireLinks();
    site.entra.foreign(group, 'add', 'S');
    expect(await lists()).toBe(1);
    expect(site.entra.members(group)).toEqual(members);
    site.clock.pass(minute);
    site.entra.linksFrom = 0;
    expect(await lists()).toBe(1);
    site.clock.pass(minute);
    expect(await lists()).toBe(0);
  });

  it('when the link is older than Entra keeps it', async () => {
    site.clock.pass(6.6 * day);
    expect(await lists()).toBe(1);
  });

  it.each([
    [undefined, 'once in seven days unless told otherwise', [0, 0, 0, 0, 0, 0, 1, 0]],
    [3, 'once in three days where so set', [0, 0, 1, 0, 0, 1, 0, 0]],
    [1, 'once a day where so set', [1, 1, 1, 1, 1, 1, 1, 1]],
    [0, 'always where so set', [1, 1, 1, 1, 1, 1, 1, 1]],
  ])('with a setting of %s %s, however often the group is followed', async (days, _what, expected) => {
    if (days !== undefined) {
      await site.store.db.updateTable('cloud_service').set({ whole_read_days: days }).execute();
    }
    const read: number[] = [];
    for (let n = 0; n < 8; n += 1) {
      site.clock.pass(day);
      read.push(await lists());
    }
    expect(read).toEqual(expected);
  });

  it('at once where the group is not to be followed any more', async () => {
    await site.store.db.updateTable('cloud_service').set({ whole_read_days: 0 }).execute();
    expect([await lists(), await lists()]).toEqual([1, 1]);
  });

  it('when Entra refuses to count the members', async () => {
    site.entra.countMembers = () =>
      Promise.reject(new Problem('invalid', 'Request_BadRequest', '$count is not supported.', ''));
    expect(await lists()).toBe(1);
  });

  it('when Entra counts another number of members', async () => {
    // A change that Entra never tells.
    site.entra.groups.get(group)?.members.add('S');
    expect(await lists()).toBe(1);
    expect(site.entra.members(group)).toEqual(members);
  });

  it('by plan and verify, which keep nothing', async () => {
    site.entra.foreign(group, 'add', 'S');
    const [plan] = await planMapping(site.store, site.directories, 'C', { full: true }, site.work);
    expect(plan?.remove).toMatchObject([{ objectId: 'S', foreign: true }]);
    expect(await verifyMapping(site.store, site.directories, 'C', site.work)).toMatchObject([
      { inStep: false, foreign: [{ objectId: 'S' }] },
    ]);
    const readings = await site.store.db.selectFrom('group_reading').select('id').execute();
    expect(readings).toHaveLength(1);
    expect(await lists()).toBe(0);
  });
});

it('waits until what Entra tells shows what it has confirmed', async () => {
  site.entra.lagMs = 20_000;
  await site.leave('C', 'A');
  await site.runOne();
  const before = site.entra.written.length;
  site.clock.pass(1_000);
  await site.runOne({ full: true });
  expect(site.entra.written.slice(before)).toEqual([]);
  expect(site.entra.members(group)).toEqual(members.slice(1));
});

it('plans and judges as if it had read the whole list, after whatever happened', async () => {
  const who = fc.constantFrom(...members, 'S', 'T', 'U');
  const step = fc.oneof(
    fc.record({ do: fc.constantFrom('foreign add', 'foreign remove'), who }),
    fc.record({ do: fc.constantFrom('join', 'leave', 'incremental', 'full', 'drop'), who }),
    fc.record({ do: fc.constantFrom('crash', 'fault'), after: fc.integer({ min: 1, max: 60 }), who }),
    fc.record({ do: fc.constant('pass'), who, after: fc.constantFrom(1_000, minute, day) }),
  ) as fc.Arbitrary<Step>;
  let followed = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async steps => {
      const one = await ready();
      try {
        for (const each of steps) await take(one, each);
        one.clock.pass(minute);
        await one.store.db.deleteFrom('lease').execute();
        const { lists } = one.entra.asked;
        const [whole] = await planMapping(one.store, one.directories, 'C', { full: true }, one.work);
        expect(whole?.problem).toBeNull();
        const listed = one.entra.asked.lists;
        const before = one.entra.sent.length;
        const result = await one.runOne({ full: true });
        expect(result.problem).toBeNull();
        followed += one.entra.asked.lists === listed ? 1 : 0;
        expect(listed).toBeGreaterThan(lists);
        expect(result.held).toBe(whole?.held);
        const planned = [
          ...(result.held === null ? (whole?.remove ?? []) : []).map(({ objectId }) => `remove ${objectId}`),
          ...(whole?.add ?? []).map(({ objectId }) => `add ${objectId}`),
        ];
        const sent = one.entra.sent.slice(before);
        expect(sent.filter(each => !planned.includes(each) && !isDecided(each, whole))).toEqual([]);
        expect(planned.filter(each => !sent.includes(each))).toEqual([]);
      } finally {
        await one.close();
      }
    }),
    { numRuns: Number(process.env.ROLLCALL_RUNS ?? 60), endOnFailure: false },
  );
  expect(followed).toBeGreaterThan(0);
}, 120_000);

type Step =
  | { do: 'foreign add' | 'foreign remove' | 'join' | 'leave' | 'incremental' | 'full' | 'drop'; who: string }
  | { do: 'crash' | 'fault' | 'pass'; after: number; who: string };

/** What an earlier run has decided is sent also while new removals are held. */
function isDecided(sent: string, plan: { remove: { objectId: string; why: string }[] } | undefined): boolean {
  const decided = plan?.remove.filter(({ why }) => why === 'resumed' || why === 'retry') ?? [];
  return decided.some(({ objectId }) => sent === `remove ${objectId}`);
}

async function take(one: Site, step: Step): Promise<void> {
  const inside = async () => {
    const rows = await one.store.db
      .selectFrom('membership')
      .innerJoin('resource', 'resource.id', 'membership.resource_id')
      .select('resource.name')
      .execute();
    return rows.some(({ name }) => name === step.who);
  };
  switch (step.do) {
    case 'foreign add':
      if (one.entra.objects.has(step.who)) one.entra.foreign(group, 'add', step.who);
      return;
    case 'foreign remove':
      one.entra.foreign(group, 'remove', step.who);
      return;
    case 'join':
      if (members.includes(step.who) && !(await inside())) await one.join('C', step.who);
      return;
    case 'leave':
      if (await inside()) await one.leave('C', step.who);
      return;
    case 'drop':
      if (!members.includes(step.who)) one.entra.drop(step.who);
      return;
    case 'incremental':
    case 'full':
      await one.runOne({ full: step.do === 'full' });
      return;
    case 'pass':
      one.clock.pass(step.after);
      return;
    case 'crash':
    case 'fault':
      await breakOff(one, step.do, step.after);
  }
}

/** A full run that does not get to its end. */
async function breakOff(one: Site, how: 'crash' | 'fault', after: number): Promise<void> {
  const life = new Process(after);
  one.entra.interrupt = () => {
    if (how === 'crash') life.step();
    else if (!life.dead) {
      try {
        life.step();
      } catch {
        throw new Problem('upstream', 'unreachable', 'Entra does not answer.', 'Look at the network.');
      }
    }
  };
  const store = how === 'crash' ? fragile(one.store, life) : one.store;
  const options = { full: true, approve: false, requestedBy: 'test' };
  await synchronize(store, one.directories, options, one.work).catch(() => {});
  one.entra.interrupt = () => {};
  one.clock.pass(minute);
  await one.store.db.deleteFrom('lease').execute();
}
