import { describe, expect, it, onTestFinished } from 'vitest';
import { openSecrets } from '../../src/directory/index.ts';
import { createEngine, type Directories, listJobs, noLog } from '../../src/schedule/index.ts';
import { splitRound } from '../../src/schedule/work/round.ts';
import { Site } from '../cloudsync/site.ts';
import { dataFolder } from './house.ts';

describe('what a round of the schedule takes on', () => {
  const due = (...efforts: number[]) =>
    efforts.map((effort, index) => ({ id: index + 1, effort: Math.abs(effort), removes: effort < 0 }));
  it.each([
    ['everything that is small', due(3, 4, 999), [], [1, 2, 3], []],
    ['not what takes more than a minute of the quota', due(3, 1_000, 10_000), [], [1], [2, 3]],
    ['no more than fits until the next round', due(...Array(6).fill(900)), [], [1, 2, 3, 4], [5, 6]],
    ['nothing that is run apart already', due(3, 3, 10_000), [2, 3], [1], []],
    ['and of what is run apart first that which takes members out', due(3, 2_000, -3_000), [], [1], [3, 2]],
    ['nothing when nothing is due', [], [], [], []],
  ])('is %s', (_what, groups, under, now, apart) => {
    expect(splitRound(groups, new Set(under))).toEqual({ now, apart });
  });
});

describe('a round of the schedule', () => {
  const large = '11111111-1111-4111-8111-111111111111';
  const small = '22222222-2222-4222-8222-222222222222';

  it('does not wait for a group with very much to do, nor begin it twice', async () => {
    const { site, engine } = await siteWithEngine();
    const round = async () => {
      const { id } = await engine.submit({ kind: 'cycle', arguments: {} }, 'schedule');
      return engine.wait(id);
    };
    const gate = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    await site.collection('Large', ['A', 'B']);
    // As the feeds tell it: nobody reads the members to say how many they are.
    await site.store.db.updateTable('collection').set({ member_count: 200_000 }).execute();
    site.entra.put(large);
    await site.collection('Small', ['C']);
    site.entra.put(small);
    await site.map('Large', large);
    site.entra.interrupt = async call => {
      if (call !== 'listMembers') return;
      begun.resolve();
      await gate.promise;
    };
    expect((await round()).state).toBe('succeeded');
    await begun.promise;
    site.entra.interrupt = () => {};
    await site.map('Small', small);
    expect(await round()).toMatchObject({ state: 'succeeded', result: { groups: [{ groupId: small }] } });
    expect(site.entra.members(small)).toEqual(['C']);
    expect(site.entra.members(large)).toEqual([]);
    const backlog = (await listJobs(site.store, { limit: 10 })).jobs.filter(job => job.kind === 'backlog');
    expect(backlog).toMatchObject([{ state: 'running', requestedBy: 'schedule' }]);
    gate.resolve();
    const done = await engine.wait(backlog[0]?.id ?? '');
    expect(done).toMatchObject({ state: 'succeeded', result: { groups: [{ groupId: large, added: 2 }] } });
    expect(site.entra.members(large)).toEqual(['A', 'B']);
  });
});

/** A site that has discovered its devices, with an engine in this thread. */
async function siteWithEngine() {
  const site = await Site.open();
  const dataDir = await dataFolder();
  const at = site.clock.now().toISOString();
  await site.store.db.updateTable('cloud_service').set({ discovery: 0 }).execute();
  await site.store.db
    .insertInto('discovery_state')
    .values({ cloud_service_id: 1, kind: 'device', last_full_at: at, ...discovered })
    .execute();
  const directories = { of: site.directories } as unknown as Directories;
  const context = {
    dataDir,
    store: site.store,
    secrets: await openSecrets(dataDir, {}),
    directories,
    clock: site.clock,
    close: site.close,
  };
  const engine = await createEngine({ context, dataDir, mode: 'inline', env: {}, log: noLog });
  onTestFinished(async () => {
    await engine.close();
    await site.close();
  });
  return { site, engine };
}

const discovered = {
  object_count: 3,
  generation: 1,
  held_removals: 0,
};
