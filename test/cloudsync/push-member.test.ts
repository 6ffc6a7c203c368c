import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  activitySince,
  heldPlans,
  pushMember,
  refusePlan,
  showUndo,
  syncHistory,
  undo,
} from '../../src/cloudsync/index.ts';
import { groupLease } from '../../src/cloudsync/run/run.ts';
import { acquireLease } from '../../src/store/index.ts';
import { fragile, Process } from './fragile-store.ts';
import { Site } from './site.ts';

const group = '11111111-1111-4111-8111-111111111111';
let site: Site;

beforeEach(async () => {
  site = await Site.open();
  onTestFinished(site.close);
  site.entra.put(group, [], { displayName: 'Pilot' });
  await site.collection('X', ['A', 'B']);
  await site.map('X', group);
  await site.runOne();
});

const identified = async () => ({ step: 'identity', outcome: 'ok', text: 'known' }) as const;

/** Pushes one resource through and gives the steps after identity: `step outcome: text`. */
async function push(name: string, store = site.store) {
  const resourceId = await site.resource(name);
  const request = { collection: 'X', resourceId, requestedBy: 'Ann' };
  const [pushed] = await pushMember(store, site.directories, identified, request, site.work);
  return pushed?.steps.slice(1).map(({ step, outcome, text }) => `${step} ${outcome}: ${text}`);
}

const fit = 'group ok: Pilot exists and takes it';

describe('pushing one member', () => {
  it('puts it into the group at once, tells each step, and leaves the others for the next run', async () => {
    await site.join('X', 'C', 'D');
    await site.leave('X', 'A');
    expect(await push('C')).toEqual([
      fit,
      'action ok: Put into the group',
      'answer ok: Entra has taken it in',
    ]);
    expect(site.entra.members(group)).toEqual(['A', 'B', 'C']);
    expect((await syncHistory(site.store, 'X')).runs[0]).toMatchObject({
      kind: 'member',
      added: 1,
      requestedBy: 'Ann',
    });
    expect(await activitySince(site.store.db, new Date(0), 'day')).toMatchObject([
      { runs: 2, added: 3, writes: 2 },
    ]);
    expect(await site.runOne()).toMatchObject({ kind: 'incremental', added: 1, removed: 1 });
    expect(site.entra.members(group)).toEqual(['B', 'C', 'D']);
  });

  it('tells each step as it happens: what is to be done before Entra is asked to do it', async () => {
    await site.join('X', 'C');
    const told: string[] = [];
    const atWrite: string[][] = [];
    site.entra.interrupt = call => {
      if (call === 'addMembers') atWrite.push([...told]);
    };
    const request = { collection: 'X', resourceId: await site.resource('C'), requestedBy: 'Ann' };
    const tell = ({ step }: { step: string }, groupName: string) => told.push(`${groupName} ${step}`);
    await pushMember(site.store, site.directories, identified, { ...request, tell }, site.work);
    expect(atWrite[0]).toEqual(['Pilot identity', 'Pilot group', 'Pilot action']);
    expect(told).toEqual(['Pilot identity', 'Pilot group', 'Pilot action', 'Pilot answer']);
  });

  it('takes it out when no collection wants it any more', async () => {
    await site.leave('X', 'A');
    expect(await push('A')).toEqual([
      fit,
      'action ok: Take out of the group',
      'answer ok: Entra has taken it out',
    ]);
    expect(site.entra.members(group)).toEqual(['B']);
  });

  it('puts back who was taken out in Entra', async () => {
    site.entra.foreign(group, 'remove', 'A');
    expect(await push('A')).toContain('answer ok: Entra has taken it in');
    expect(site.entra.members(group)).toEqual(['A', 'B']);
  });

  it('writes nothing about who is in already', async () => {
    site.entra.sent.length = 0;
    expect(await push('A')).toEqual([fit, 'action ok: Nothing: it is a member already']);
    expect(site.entra.sent).toEqual([]);
    expect((await syncHistory(site.store, 'X')).runs).toHaveLength(1);
  });

  it('writes nothing about who joined and had been put in by somebody else, and knows it from then on', async () => {
    await site.join('X', 'C');
    site.entra.foreign(group, 'add', 'C');
    site.entra.sent.length = 0;
    expect(await push('C')).toEqual([fit, 'action ok: Nothing: it is a member already']);
    expect(site.entra.sent).toEqual([]);
    expect(await site.status('X')).toMatchObject({ syncCompleted: 3, syncInProgress: 0 });
    expect(await site.runOne()).toMatchObject({ added: 0, removed: 0, status: 'Success' });
  });

  it('does not believe a list that may be older than the last change', async () => {
    await site.leave('X', 'A');
    await site.runOne();
    site.entra.lagMs = 20_000;
    await site.join('X', 'A');
    expect(await push('A')).toContain('answer ok: Entra has taken it in');
    expect(site.entra.members(group)).toEqual(['A', 'B']);
  });

  it.each([
    [0, 0],
    [60_000, 20_000],
  ])(
    'puts back who was taken out by an undo %i ms after its run, though lists lag %i ms',
    async (ms, lagMs) => {
      site.clock.pass(ms);
      const request = { collection: 'X' };
      const { digest } = await showUndo(site.store, site.directories, request, site.work);
      await undo(site.store, site.directories, { ...request, digest, requestedBy: 'Ann' }, site.work);
      expect(site.entra.members(group)).toEqual([]);
      site.entra.lagMs = lagMs;
      expect(await push('A')).toContain('answer ok: Entra has taken it in');
      expect(site.entra.members(group)).toEqual(['A']);
    },
  );

  it('does nothing about who is not wanted and was never put there', async () => {
    await site.resource('S');
    site.entra.foreign(group, 'add', 'S');
    expect(await push('S')).toEqual(
      [fit, 'action ok: Nothing: it has no object in Entra that could be a member'].with(
        1,
        'action ok: Nothing: no collection wants it there, and Rollcall has not put it there',
      ),
    );
    expect(site.entra.members(group)).toEqual(['A', 'B', 'S']);
  });

  it('says that there is no object in Entra', async () => {
    await site.resource('N', { absent: true });
    await site.join('X', 'N');
    expect(await push('N')).toEqual([
      fit,
      'action ok: Nothing: it has no object in Entra that could be a member',
    ]);
  });

  it('replaces the object that a re-imaged device was before', async () => {
    await site.identify('A', 'A2');
    expect(await push('A')).toEqual([
      fit,
      'action ok: Put into the group',
      'answer ok: Entra has taken it in',
      'action ok: Take the object that it was before out of the group',
      'answer ok: Entra has taken it out',
    ]);
    expect(site.entra.members(group)).toEqual(['A2', 'B']);
  });

  it('tells a failure, and leaves it to be tried again', async () => {
    await site.join('X', 'C');
    site.entra.failing.set('C', { code: 'Authorization_RequestDenied', message: 'No.', kind: 'forbidden' });
    expect((await push('C'))?.at(-1)).toMatch(
      /^answer failed: Authorization_RequestDenied: .* tried again by itself/,
    );
    expect(await site.status('X')).toMatchObject({ syncFailed: 1 });
    site.entra.failing.clear();
    site.clock.pass(86_400_000);
    expect(await site.runOne()).toMatchObject({ added: 1, failed: 0, status: 'Success' });
  });

  it('does not empty a group', async () => {
    await site.leave('X', 'A');
    await push('A');
    await site.leave('X', 'B');
    expect((await push('B'))?.at(-1)).toMatch(/^action held: It is the last member/);
    expect(site.entra.members(group)).toEqual(['B']);
  });

  it('does not take out whose removal is held or was refused', async () => {
    await site.leave('X', 'A', 'B');
    await site.runOne();
    expect((await push('A'))?.at(-1)).toMatch(/^action held: Its removal is part of a plan/);
    const [plan] = await heldPlans(site.store, 'X');
    await refusePlan(site.store, plan?.id ?? 0, { by: 'Ann' }, site.work);
    expect((await push('A'))?.at(-1)).toMatch(/^action held: Its removal is part of a plan/);
  });

  it('says when the group is being synchronized, is switched off, or can not be written to', async () => {
    await acquireLease(site.store, groupLease(1), 'another', site.clock.now());
    expect((await push('A'))?.at(-1)).toMatch(/^group stopped: The group "Pilot" is being synchronized/);
    await site.store.db.deleteFrom('lease').execute();
    site.entra.put(group, [], { displayName: 'Pilot', dynamic: true });
    expect((await push('A'))?.at(-1)).toMatch(/^group stopped: The group "Pilot" is dynamic/);
    await site.store.db.updateTable('cloud_service').set({ group_sync: 0 }).execute();
    expect((await push('A'))?.at(-1)).toMatch(/^group stopped: Group synchronization is off/);
  });

  it('ends in the right group at whatever step its process dies', async () => {
    for (let step = 1; step <= 30; step += 1) {
      const name = `N${step}`;
      await site.join('X', name);
      const life = new Process(step);
      site.entra.interrupt = () => life.step();
      await push(name, fragile(site.store, life)).catch(() => {});
      site.entra.interrupt = () => {};
      site.clock.pass(86_400_000);
      await site.runOne();
      expect([step, site.entra.members(group).includes(name)]).toEqual([step, true]);
      expect(await site.status('X')).toMatchObject({ status: 'Success', syncInProgress: 0 });
    }
  });
});
