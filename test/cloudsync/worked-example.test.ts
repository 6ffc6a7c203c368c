import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Site } from './site.ts';

const group = '11111111-1111-4111-8111-111111111111';

describe('the worked example of Configuration Manager', () => {
  let site: Site;
  beforeEach(async () => {
    site = await Site.open();
  });
  afterEach(() => site.close());

  it('goes {A,B,C} → {B,C} → {B} → {B,D} → {B}', async () => {
    for (const name of ['A', 'B', 'C', 'D']) await site.resource(name);
    await site.collection('Collection1', ['B', 'C']);
    site.entra.put(group, ['A', 'B', 'C'], { displayName: 'Group1' });

    const { mapping, warnings } = await site.map('Collection1', 'Group1');
    expect(mapping).toMatchObject({ status: 'In Progress', memberCount: 2, syncInProgress: 2 });
    expect(warnings).toEqual([expect.stringContaining('1 member')]);

    expect(await site.runOne()).toMatchObject({ kind: 'full', status: 'Success', added: 0, removed: 1 });
    expect(site.entra.members(group)).toEqual(['B', 'C']);
    expect(await site.status('Collection1')).toMatchObject({
      status: 'Success',
      memberCount: 2,
      syncCompleted: 2,
      lastFullSyncMemberCount: 2,
      lastFullSyncStatus: 'Success',
      lastSyncMemberCount: 2,
    });

    site.clock.pass(300_000);
    await site.leave('Collection1', 'C');
    expect(await site.runOne()).toMatchObject({ kind: 'incremental', status: 'Success', removed: 1 });
    expect(site.entra.members(group)).toEqual(['B']);
    expect(await site.status('Collection1')).toMatchObject({ status: 'Success', memberCount: 1 });

    site.clock.pass(300_000);
    site.entra.foreign(group, 'add', 'D');
    expect(await site.runOne()).toMatchObject({ kind: 'incremental', status: 'Success', writes: 0 });
    expect(site.entra.members(group)).toEqual(['B', 'D']);

    site.clock.pass(300_000);
    expect(await site.runOne({ full: true })).toMatchObject({ kind: 'full', status: 'Success', removed: 1 });
    expect(site.entra.members(group)).toEqual(['B']);

    const written = site.entra.written.length;
    expect(await site.runOne({ full: true })).toMatchObject({ status: 'Success', writes: 0 });
    expect(site.entra.written).toHaveLength(written);
  });
});
