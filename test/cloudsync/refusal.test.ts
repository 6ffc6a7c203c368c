import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { heldChanges, heldPlans, refusePlan, syncHistory } from '../../src/cloudsync/index.ts';
import { Site } from './site.ts';

const group = '11111111-1111-4111-8111-111111111111';
const ten = Array.from({ length: 10 }, (_, n) => `PC${n}`);
let site: Site;

beforeEach(async () => {
  site = await Site.open();
  onTestFinished(site.close);
  site.entra.put(group, [], { displayName: 'Pilot' });
  await site.collection('C', ten);
  await site.map('C', group);
  await site.runOne();
});

/** Lets five of ten leave, runs, and refuses what is held. */
async function refuse(reason?: string) {
  await site.leave('C', ...ten.slice(0, 5));
  await site.runOne();
  const [plan] = await heldPlans(site.store, 'C');
  if (!plan) throw new Error('nothing is held');
  await refusePlan(site.store, plan.id, { by: 'Ann', reason }, site.work);
  return plan;
}

describe('a held plan', () => {
  it('is shown with its figures, and by pages with its names', async () => {
    site.entra.foreign(group, 'add', 'S');
    await site.resource('S');
    await site.leave('C', ...ten.slice(0, 5));
    await site.join('C', 'New');
    await site.runOne({ full: true });
    const [plan] = await heldPlans(site.store, 'C', 'Pilot');
    expect(plan).toMatchObject({
      kind: 'full',
      groupId: group,
      additions: 1,
      removals: 6,
      foreign: 1,
      refusal: null,
      reason: '6 of 11 members (54 %) would be removed; more than 30 % need an approval.',
    });
    const first = await heldChanges(site.store, plan?.id ?? 0, { limit: 4 });
    const rest = await heldChanges(site.store, plan?.id ?? 0, { limit: 4, after: first.next ?? 0 });
    expect(rest.next).toBeNull();
    const all = [...first.changes, ...rest.changes];
    expect(all.map(({ change, name }) => `${change} ${name}`).toSorted()).toEqual(
      ['add New', ...ten.slice(0, 5).map(name => `remove ${name}`), 'remove S'].toSorted(),
    );
    expect(all.filter(({ foreign }) => foreign).map(({ name }) => name)).toEqual(['S']);
  });

  it('is not carried out and not asked for again once it is refused, and its status says by whom', async () => {
    const { id } = await refuse('The source is wrong');
    const result = await site.runOne({ collections: ['C'] });
    expect(result).toMatchObject({ held: null, status: 'Success', removed: 0 });
    expect(result.refused).toMatch(
      /^5 removals are not made; Ann refused that on \d{4}-\d\d-\d\d: The source is wrong\.$/,
    );
    expect(site.entra.members(group)).toHaveLength(10);
    expect(await site.status('C')).toMatchObject({
      status: 'Success',
      heldPlan: { id, refusal: { by: 'Ann', reason: 'The source is wrong' } },
    });
    const [held] = (await syncHistory(site.store, 'C')).runs.filter(({ status }) => status === 'held');
    expect(held).toMatchObject({
      decision: { decision: 'refused', by: 'Ann', reason: 'The source is wrong' },
    });
  });

  it('leaves a round of the schedule idle once it is refused', async () => {
    await refuse();
    await site.runOne();
    expect(await site.run({ requestedBy: 'schedule' })).toEqual([]);
  });

  it('lets additions go on after its refusal', async () => {
    await refuse();
    await site.join('C', 'New');
    expect(await site.runOne()).toMatchObject({ added: 1, removed: 0, held: null });
  });

  it('is asked for again when one more would go, and lets nobody through meanwhile', async () => {
    await refuse();
    await site.leave('C', 'PC9');
    const result = await site.runOne();
    expect(result.held).toContain('Ann refused 5 of these removals');
    expect(site.entra.members(group)).toHaveLength(10);
    expect(await site.runOne({ approve: true })).toMatchObject({ held: null, removed: 6 });
  });

  it('does not let few pass by themselves that were refused among many', async () => {
    await refuse();
    await site.join('C', ...ten.slice(0, 4));
    expect(await site.runOne()).toMatchObject({ removed: 0, held: expect.stringContaining('refused 1 of') });
  });

  it('still waits in the rounds after it was asked for again, few as it may be', async () => {
    await refuse();
    await site.join('C', ...ten.slice(0, 4));
    await site.runOne();
    expect(await site.runOne()).toMatchObject({ removed: 0, held: expect.stringContaining('refused 1 of') });
    expect(await site.runOne({ approve: true })).toMatchObject({ removed: 1, held: null });
  });

  it('stays refused though the limits would let it pass by now', async () => {
    await refuse();
    await site.store.db.updateTable('cloud_service').set({ max_removal_percent: 100 }).execute();
    expect(await site.runOne({ full: true })).toMatchObject({ removed: 0, held: null });
  });

  it('passes after its refusal when this very plan is approved, but not with all others at once', async () => {
    const { id } = await refuse();
    expect(await site.runOne({ approve: true })).toMatchObject({ removed: 0 });
    expect(await site.runOne({ collections: ['C'], plan: id })).toMatchObject({
      removed: 5,
      held: null,
      refused: null,
    });
    const decided = (await syncHistory(site.store, 'C')).runs.flatMap(({ decision }) => decision ?? []);
    expect(decided).toMatchObject([{ decision: 'approved', by: 'test' }]);
  });

  it('of a full run stays refused in the incremental runs after it', async () => {
    for (const name of ['S0', 'S1', 'S2', 'S3', 'S4', 'S5']) {
      await site.resource(name);
      site.entra.foreign(group, 'add', name);
    }
    await site.runOne({ full: true });
    const [plan] = await heldPlans(site.store, 'C');
    await refusePlan(site.store, plan?.id ?? 0, { by: 'Ann' }, site.work);
    await site.join('C', 'New');
    expect(await site.runOne()).toMatchObject({ kind: 'incremental', added: 1, held: null });
    expect(await site.runOne({ full: true })).toMatchObject({ kind: 'full', removed: 0, held: null });
    expect(await site.runOne({ collections: ['C'], approve: true })).toMatchObject({
      kind: 'full',
      removed: 6,
    });
  });

  it('can not be approved any more under a number whose plan has changed', async () => {
    await site.leave('C', ...ten.slice(0, 5));
    await site.runOne();
    const [plan] = await heldPlans(site.store, 'C');
    await site.leave('C', 'PC9');
    const result = await site.runOne({ collections: ['C'], plan: plan?.id ?? 0 });
    expect(result).toMatchObject({ removed: 0, held: expect.stringContaining('6 of 10') });
    await expect(heldChanges(site.store, plan?.id ?? 0, { limit: 1 })).rejects.toMatchObject({
      code: 'held-plan-gone',
    });
  });

  it('can be refused once', async () => {
    const { id } = await refuse();
    await expect(refusePlan(site.store, id, { by: 'Bob' }, site.work)).rejects.toMatchObject({
      code: 'plan-refused',
    });
  });
});
