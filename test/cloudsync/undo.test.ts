import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { Problem } from '../../src/base/index.ts';
import {
  activitySince,
  mappingMembers,
  pruneRunChanges,
  runMembers,
  showUndo,
  syncHistory,
  undo,
} from '../../src/cloudsync/index.ts';
import { fragile, Process } from './fragile-store.ts';
import { Site } from './site.ts';

const group = '11111111-1111-4111-8111-111111111111';
let site: Site;

beforeEach(async () => {
  site = await Site.open();
  onTestFinished(site.close);
  for (const name of ['A', 'B', 'C', 'D', 'S']) await site.resource(name);
  site.entra.put(group, ['A', 'S'], { displayName: 'Pilot' });
  await site.collection('X', ['A', 'B']);
  await site.map('X', group);
});

const show = (run?: number) =>
  showUndo(
    site.store,
    site.directories,
    { collection: 'X', ...(run === undefined ? {} : { run }) },
    site.work,
  );

/** Shows an undo, approves it as shown, and makes it. */
async function undoNow(run?: number) {
  const { digest, run: undone } = await show(run);
  const request = { collection: 'X', run: undone.id, digest, requestedBy: 'Ann' };
  return undo(site.store, site.directories, request, site.work);
}

const names = (list: { name: string }[]) => list.map(({ name }) => name).toSorted();
const lastRun = async () => (await syncHistory(site.store, 'X')).runs[0]?.id ?? 0;

describe('the history of a run', () => {
  it('lists each member with what was done, foreign ones and failures apart, also after they have healed', async () => {
    site.entra.failing.set('B', { code: 'Authorization_RequestDenied', message: 'No.', kind: 'forbidden' });
    await site.runOne();
    const first = await lastRun();
    site.entra.failing.clear();
    site.clock.pass(2 * 3_600_000);
    await site.runOne();
    expect((await mappingMembers(site.store, 'X', { status: 'Failed', limit: 9 })).members).toEqual([]);
    const { members } = await runMembers(site.store, 'X', first, { limit: 9 });
    expect(members).toMatchObject([
      { name: 'B', change: 'add', outcome: 'failed', code: 'Authorization_RequestDenied', foreign: false },
      { name: 'S', change: 'remove', outcome: 'done', foreign: true, code: null },
    ]);
    const healed = await runMembers(site.store, 'X', await lastRun(), { limit: 9 });
    expect(healed.members).toMatchObject([{ name: 'B', change: 'add', outcome: 'done' }]);
  });

  it('comes by pages', async () => {
    await site.runOne();
    const first = await runMembers(site.store, 'X', await lastRun(), { limit: 1 });
    const rest = await runMembers(site.store, 'X', await lastRun(), { limit: 1, after: first.next ?? '' });
    expect([...first.members, ...rest.members].map(({ name }) => name)).toEqual(['B', 'S']);
    expect(rest.next).toBeNull();
  });

  it('keeps the counts and forgets the members when it is old; an undo then says so', async () => {
    await site.runOne();
    await pruneRunChanges(site.store, new Date(site.clock.now().getTime() + 1));
    expect((await syncHistory(site.store, 'X')).runs).toMatchObject([
      { added: 1, removed: 1, changesKept: false },
    ]);
    await expect(show(await lastRun())).rejects.toMatchObject({ code: 'run-too-old' });
  });
});

describe('an undo', () => {
  it('is shown first, and changes nothing by that', async () => {
    await site.runOne();
    const written = site.entra.written.length;
    const shown = await show();
    expect(shown).toMatchObject({
      groupName: 'Pilot',
      runs: 1,
      nextRun: 'incremental',
      guard: null,
      givenUp: 0,
    });
    expect([names(shown.add), names(shown.remove)]).toEqual([['S'], ['B']]);
    expect(site.entra.written).toHaveLength(written);
  });

  it('puts the group back as it was before the run, and is on record', async () => {
    await site.runOne();
    expect(await undoNow()).toMatchObject({ added: 1, removed: 1, failed: 0, problem: null });
    expect(site.entra.members(group)).toEqual(['A', 'S']);
    const [last, before] = (await syncHistory(site.store, 'X')).runs;
    expect(last).toMatchObject({
      kind: 'undo',
      status: 'success',
      requestedBy: 'Ann',
      undoesRunId: before?.id,
    });
  });

  it('takes several runs back at once, each object to what it was before the first', async () => {
    await site.runOne();
    const first = await lastRun();
    await site.leave('X', 'B');
    await site.join('X', 'C');
    await site.runOne();
    await site.leave('X', 'A');
    await site.runOne();
    const shown = await show(first);
    expect(shown.runs).toBe(3);
    expect([names(shown.add), names(shown.remove)]).toEqual([['A', 'S'], ['C']]);
    await undoNow(first);
    expect(site.entra.members(group)).toEqual(['A', 'S']);
  });

  it('leaves alone what others have changed in Entra since', async () => {
    await site.runOne();
    site.entra.foreign(group, 'add', 'D');
    site.entra.foreign(group, 'remove', 'A');
    site.entra.foreign(group, 'remove', 'B');
    site.entra.foreign(group, 'add', 'S');
    const shown = await show();
    expect([shown.add, shown.remove]).toEqual([[], []]);
  });

  it('leaves in who was in already when the run would have added it', async () => {
    await site.runOne();
    site.entra.foreign(group, 'add', 'C');
    await site.join('X', 'C', 'D');
    await site.runOne();
    expect(names((await show()).remove)).toEqual(['D']);
  });

  it('is not put back by incremental runs, but by the next full one', async () => {
    await site.runOne();
    await undoNow();
    await site.join('X', 'C');
    await site.runOne();
    expect(site.entra.members(group)).toEqual(['A', 'C', 'S']);
    const { members } = await mappingMembers(site.store, 'X', { limit: 9 });
    expect(members.find(({ name }) => name === 'B')).toMatchObject({ status: 'Success', code: 'undone' });
    await site.runOne({ full: true });
    expect(site.entra.members(group)).toEqual(['A', 'B', 'C']);
    expect((await mappingMembers(site.store, 'X', { limit: 9 })).members.map(({ code }) => code)).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('is not missed by a full run moments later, though the list is older than the undo', async () => {
    await site.runOne();
    site.clock.pass(60_000);
    await undoNow();
    site.entra.lagMs = 20_000;
    site.clock.pass(1_000);
    await site.runOne({ full: true });
    expect(site.entra.members(group)).toEqual(['A', 'B']);
  });

  it('is not taken for what stands when another undo has taken it back moments later', async () => {
    await site.runOne();
    site.clock.pass(60_000);
    await undoNow();
    await undoNow();
    const before = site.clock.now();
    await site.runOne({ full: true });
    expect(site.entra.members(group)).toEqual(['A', 'B']);
    expect(site.clock.now()).toEqual(before);
  });

  it('counts in the activity, once, also where another run finishes it', async () => {
    await site.runOne();
    const activity = async () => {
      const [at] = await activitySince(site.store.db, new Date(0), 'day');
      return { runs: at?.runs, failedRuns: at?.failedRuns, added: at?.added, removed: at?.removed };
    };
    expect(await activity()).toEqual({ runs: 1, failedRuns: 0, added: 1, removed: 1 });
    let calls = 0;
    site.entra.interrupt = call => {
      if (call === 'addMembers' && calls++ === 0)
        throw new Problem('upstream', 'unreachable', 'No.', 'Wait.');
    };
    await undoNow();
    expect(await activity()).toEqual({ runs: 2, failedRuns: 1, added: 1, removed: 2 });
    await site.run({ requestedBy: 'schedule' });
    expect(await activity()).toMatchObject({ failedRuns: 1, added: 2, removed: 2 });
  });

  it('can be undone itself', async () => {
    await site.runOne();
    await undoNow();
    await undoNow();
    expect(site.entra.members(group)).toEqual(['A', 'B']);
    await site.runOne();
    expect(site.entra.members(group)).toEqual(['A', 'B']);
  });

  it('carries on with collections as if nothing had been: who leaves goes, who joins again comes', async () => {
    await site.runOne();
    await undoNow();
    await site.leave('X', 'B');
    await site.runOne();
    await site.join('X', 'B');
    await site.runOne();
    expect(site.entra.members(group)).toEqual(['A', 'B', 'S']);
  });

  it('gives up what failed in the undone runs and would be tried again', async () => {
    await site.runOne();
    site.entra.failing.set('A', { code: 'x', message: 'No.', kind: 'forbidden' });
    site.entra.failing.set('C', { code: 'x', message: 'No.', kind: 'forbidden' });
    await site.leave('X', 'A');
    await site.join('X', 'C', 'D');
    await site.runOne();
    expect(await show()).toMatchObject({ givenUp: 2, add: [], remove: [{ name: 'D' }] });
    await undoNow();
    site.entra.failing.clear();
    site.clock.pass(8 * 86_400_000);
    await site.runOne();
    expect(site.entra.members(group)).toEqual(['A', 'B']);
  });

  it('tells what it could not do, and leaves that as it was', async () => {
    await site.runOne();
    site.entra.failing.set('S', { code: 'x', message: 'No.', kind: 'forbidden' });
    expect(await undoNow()).toMatchObject({ added: 0, removed: 1, failed: 1 });
    site.entra.failing.clear();
    const again = await show((await syncHistory(site.store, 'X')).runs.at(-1)?.id);
    expect([names(again.add), names(again.remove)]).toEqual([['S'], []]);
  });

  it('sends nothing when it would do something else by now than what was approved', async () => {
    await site.runOne();
    const { digest, run } = await show();
    site.entra.foreign(group, 'add', 'S');
    const written = site.entra.written.length;
    const request = { collection: 'X', run: run.id, digest, requestedBy: 'Ann' };
    await expect(undo(site.store, site.directories, request, site.work)).rejects.toMatchObject({
      code: 'undo-changed',
      kind: 'held',
    });
    expect(site.entra.written).toHaveLength(written);
  });

  it('says what the guard thinks of so many removals, and that a full run is to come', async () => {
    await site.runOne();
    await site.resource('N');
    const many = Array.from({ length: 12 }, (_, n) => `N${n}`);
    await site.join('X', ...many);
    await site.runOne();
    await site.store.db.updateTable('target_group').set({ full_needed: 1 }).execute();
    expect(await show()).toMatchObject({
      guard: expect.stringContaining('12 of 14 members'),
      nextRun: 'full',
    });
  });

  it('knows when there is nothing to undo, and no run of another group', async () => {
    await expect(show()).rejects.toMatchObject({ code: 'nothing-to-undo' });
    await expect(show(77)).rejects.toMatchObject({ code: 'run-not-found' });
  });

  it('is finished by the next run when Entra fails in the middle', async () => {
    await site.runOne();
    let calls = 0;
    site.entra.interrupt = call => {
      if (call === 'addMembers' && calls++ === 0)
        throw new Problem('upstream', 'unreachable', 'No.', 'Wait.');
    };
    expect(await undoNow()).toMatchObject({ removed: 1, added: 0, problem: { code: 'unreachable' } });
    expect(await site.run({ requestedBy: 'schedule' })).toHaveLength(1);
    expect(site.entra.members(group)).toEqual(['A', 'S']);
    expect((await syncHistory(site.store, 'X')).runs).toContainEqual(
      expect.objectContaining({ kind: 'undo', status: 'success', added: 1, removed: 1 }),
    );
  });

  it('ends in the right group and statuses at whatever step its process dies', async () => {
    for (let step = 1; step <= 40; step += 1) {
      const at = await Site.open();
      for (const name of ['A', 'B', 'S']) await at.resource(name);
      at.entra.put(group, ['A', 'S'], { displayName: 'Pilot' });
      await at.collection('X', ['A', 'B']);
      await at.map('X', group);
      await at.runOne();
      const request = { collection: 'X', run: 1 };
      const { digest } = await showUndo(at.store, at.directories, request, at.work);
      const life = new Process(step);
      at.entra.interrupt = () => life.step();
      const approved = { ...request, digest, requestedBy: 'Ann' };
      await undo(fragile(at.store, life), at.directories, approved, at.work).catch(() => {});
      at.entra.interrupt = () => {};
      at.clock.pass(86_400_000);
      const begun = await at.store.db
        .selectFrom('run_change')
        .select('run_id')
        .where('run_id', '>', 1)
        .execute();
      await at.run({ requestedBy: 'schedule' });
      const expected = begun.length > 0 ? ['A', 'S'] : ['A', 'B'];
      expect([step, at.entra.members(group)]).toEqual([step, expected]);
      expect(await at.status('X')).toMatchObject({ status: 'Success', syncCompleted: 2, syncInProgress: 0 });
      await at.runOne({ full: true });
      expect(at.entra.members(group)).toEqual(['A', 'B']);
      await at.close();
    }
  });
});
