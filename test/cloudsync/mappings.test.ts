import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  mappingMembers,
  mappingStatusPage,
  planMapping,
  removeMapping,
  syncHistory,
  verifyMapping,
} from '../../src/cloudsync/index.ts';
import { Site } from './site.ts';

const group = '11111111-1111-4111-8111-111111111111';
const other = '22222222-2222-4222-8222-222222222222';

let site: Site;
beforeEach(async () => {
  site = await Site.open();
});
afterEach(() => site.close());

describe('adding a mapping', () => {
  beforeEach(async () => {
    await site.collection('C', ['A']);
    site.entra.put(group, [], { displayName: 'Pilot' });
  });

  it('finds the group by its whole name, whatever its case', async () => {
    site.entra.put(other, [], { displayName: 'Pilot 2' });
    const { mapping } = await site.map('c', 'Pilot');
    expect(mapping).toMatchObject({ groupId: group, groupName: 'Pilot', collectionName: 'C' });
  });

  it.each([
    ['a collection that does not exist', 'Nowhere', 'Pilot', 'collection-not-found'],
    ['a group that does not exist', 'C', 'Nowhere', 'group-not-found'],
    ['an id that does not exist', 'C', other, 'group-not-found'],
  ])('refuses %s', async (_what, collection, ref, code) => {
    await expect(site.map(collection, ref)).rejects.toMatchObject({ code });
  });

  it('refuses a name that several groups bear, and lists them', async () => {
    site.entra.put(other, [], { displayName: 'Pilot' });
    await expect(site.map('C', 'Pilot')).rejects.toMatchObject({
      code: 'group-ambiguous',
      message: expect.stringContaining(other),
    });
  });

  it('refuses the same mapping twice', async () => {
    await site.map('C', 'Pilot');
    await expect(site.map('C', group)).rejects.toMatchObject({ code: 'mapping-exists' });
  });

  it('refuses a group that can not be used', async () => {
    site.entra.put(other, [], { displayName: 'Dynamic', dynamic: true });
    await expect(site.map('C', 'Dynamic')).rejects.toMatchObject({ code: 'group-dynamic' });
  });

  it.each([
    ['the same directory under another app', 'tenant', 'group-mapped-elsewhere'],
    ['a directory named by its domain', 'contoso.com', 'group-mapped-elsewhere'],
    ['another directory', '99999999-9999-4999-8999-999999999999', null],
  ])('of a group that %s has mapped already: refused as %3$s', async (_what, tenantId, code) => {
    await site.map('C', 'Pilot');
    await site.store.db.updateTable('cloud_service').set({ tenant_id: tenantOfSite }).execute();
    const second = await site.secondTenant(tenantId === 'tenant' ? tenantOfSite : tenantId);
    const mapped = site.map('C', group, second);
    if (code === null) await mapped;
    else await expect(mapped).rejects.toMatchObject({ code });
  });
});

const tenantOfSite = '88888888-8888-4888-8888-888888888888';

describe('removing a mapping', () => {
  const ids = new Map<string, number>();
  const remove = (removeMembers: boolean, collection = 'C1') =>
    removeMapping(site.store, site.entra, { id: ids.get(collection) ?? 0, removeMembers }, site.work);

  beforeEach(async () => {
    await site.collection('C1', ['A', 'B']);
    await site.collection('C2', ['B', 'D']);
    await site.resource('F');
    site.entra.put(group);
    await site.map('C1', group);
    await site.map('C2', group);
    for (const name of ['C1', 'C2']) ids.set(name, (await site.status(name)).id);
    await site.run();
    site.entra.foreign(group, 'add', 'F');
  });

  it('leaves the members', async () => {
    expect(await remove(false)).toMatchObject({ removedMembers: 0 });
    await site.leave('C2', 'D');
    await site.run();
    expect(site.entra.members(group)).toEqual(['A', 'B', 'F']);
  });

  it('takes out those that Rollcall put there and no other mapping wants', async () => {
    expect(await remove(true)).toMatchObject({ removedMembers: 1 });
    expect(site.entra.members(group)).toEqual(['B', 'D', 'F']);
    expect(await remove(true, 'C2')).toMatchObject({ removedMembers: 2 });
    expect(site.entra.members(group)).toEqual(['F']);
    expect(await site.store.db.selectFrom('target_group').selectAll().execute()).toEqual([]);
  });

  it('of a group that Entra has no more leaves nothing to be asked about again', async () => {
    await remove(false, 'C2');
    site.entra.groups.delete(group);
    expect(await remove(true)).toMatchObject({ removedMembers: 0 });
    expect(await site.store.db.selectFrom('target_group').selectAll().execute()).toEqual([]);
  });

  it('finishes later what Entra did not take at once', async () => {
    await remove(false, 'C2');
    site.entra.interrupt = call => {
      if (call === 'removeMembers') throw new Error('the line is cut');
    };
    await expect(remove(true)).rejects.toThrow('not all of its members');
    site.entra.interrupt = () => {};
    await site.run({ requestedBy: 'schedule' });
    expect(site.entra.members(group)).toEqual(['D', 'F']);
    expect(await site.store.db.selectFrom('target_group').selectAll().execute()).toEqual([]);
  });

  it('refuses one that is not there', async () => {
    await remove(false);
    await expect(remove(false)).rejects.toMatchObject({ code: 'mapping-not-found' });
  });
});

describe('looking', () => {
  beforeEach(async () => {
    await site.resource('Absent', { absent: true });
    await site.resource('F');
    await site.collection('C', ['A', 'Absent', 'B', 'X']);
    site.entra.put(group, ['B', 'F'], { displayName: 'Pilot' });
    site.entra.failing.set('X', { code: 'Nope', message: 'No.', kind: 'invalid' });
    await site.map('C', group);
  });

  it('at a plan tells who would go in and out and why, and sends nothing that writes', async () => {
    const [plan] = await planMapping(site.store, site.directories, 'C', { full: false }, site.work);
    expect(plan).toMatchObject({
      groupId: group,
      kind: 'full',
      add: [
        { name: 'A', objectId: 'A', why: 'missing' },
        { name: 'X', objectId: 'X', why: 'missing' },
      ],
      remove: [{ name: 'F', objectId: 'F', foreign: true, why: 'foreign' }],
      held: null,
      problem: null,
    });
    expect(site.entra.sent).toEqual([]);
  });

  it('at a plan that would be stopped says by what', async () => {
    site.entra.put(group, [], { dynamic: true });
    const [plan] = await planMapping(site.store, site.directories, 'C', { full: true }, site.work);
    expect(plan).toMatchObject({ add: [], remove: [], problem: { code: 'group-dynamic' } });
  });

  it('at the members gives each its status, by pages and by status', async () => {
    await site.run();
    const all = await mappingMembers(site.store, 'C', { limit: 100 });
    expect(all.next).toBeNull();
    expect(all.members.map(({ name, status }) => [name, status])).toEqual([
      ['Absent', 'Not in Entra'],
      ['A', 'Success'],
      ['B', 'Success'],
      ['X', 'Failed'],
    ]);
    expect(all.members[3]).toMatchObject({
      code: 'Nope',
      attempts: 1,
      reason: expect.stringContaining('No.'),
    });
    const pages: string[] = [];
    let after: string | undefined;
    do {
      const page = await mappingMembers(site.store, 'C', { limit: 2, after });
      pages.push(page.members.map(({ name }) => name).join());
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(pages).toEqual(['Absent,A', 'B,X']);
    const failed = await mappingMembers(site.store, 'C', { limit: 10, status: 'Failed', group: 'Pilot' });
    expect(failed.members.map(({ name }) => name)).toEqual(['X']);
  });

  it('at the members shows who has left but could not be taken out', async () => {
    site.entra.failing.clear();
    await site.run();
    site.entra.failing.set('A', { code: 'Nope', message: 'No.', kind: 'forbidden' });
    await site.leave('C', 'A');
    await site.run();
    expect(await site.status('C')).toMatchObject({
      status: 'Partial Success',
      memberCount: 3,
      syncFailed: 0,
    });
    const { members } = await mappingMembers(site.store, 'C', { limit: 10, status: 'Failed' });
    expect(members).toMatchObject([{ name: 'A', reason: expect.stringContaining('To be removed') }]);
  });

  it('at a group compares it with what it should be', async () => {
    site.entra.failing.clear();
    await site.run();
    site.clock.pass(60_000);
    expect(await verifyMapping(site.store, site.directories, 'C', site.work)).toMatchObject([
      { inStep: true },
    ]);
    site.entra.foreign(group, 'add', 'F');
    site.entra.foreign(group, 'remove', 'A');
    expect(await verifyMapping(site.store, site.directories, 'C', site.work)).toEqual([
      {
        groupId: group,
        groupName: 'Pilot',
        inStep: false,
        missing: [{ name: 'A', objectId: 'A' }],
        foreign: [{ name: 'F', objectId: 'F' }],
      },
    ]);
  });

  it('at the history shows each run with its counts and who asked', async () => {
    await site.run({ requestedBy: 'ann' });
    await site.leave('C', 'A');
    await site.run({ requestedBy: 'schedule' });
    expect((await syncHistory(site.store, 'C')).runs).toMatchObject([
      { kind: 'incremental', requestedBy: 'schedule', status: 'success', removed: 1 },
      { kind: 'full', requestedBy: 'ann', status: 'partial-success', added: 1, removed: 1, failed: 1 },
    ]);
  });

  it('at the history shows a problem that lasts once', async () => {
    site.entra.put(group, [], { dynamic: true });
    for (let round = 0; round < 3; round += 1) await site.run({ requestedBy: 'schedule' });
    expect((await syncHistory(site.store, 'C')).runs).toMatchObject([
      { status: 'failed', problem: { code: 'group-dynamic' } },
    ]);
  });

  it('at the status comes by pages too', async () => {
    await site.collection('B');
    site.entra.put(other);
    await site.map('B', other);
    const first = await mappingStatusPage(site.store, { limit: 1 });
    expect(first).toMatchObject({ mappings: [{ collectionName: 'B' }], next: expect.any(String) });
    const second = await mappingStatusPage(site.store, { limit: 1, after: first.next ?? '' });
    expect(second).toMatchObject({ mappings: [{ collectionName: 'C', memberCount: 4 }], next: null });
    await expect(mappingStatusPage(site.store, { limit: 1, after: 'x' })).rejects.toMatchObject({
      code: 'bad-page',
    });
  });
});
