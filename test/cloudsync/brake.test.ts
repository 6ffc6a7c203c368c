import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { pushMember, removeMapping } from '../../src/cloudsync/index.ts';
import { Site } from './site.ts';

// Ways around the guard, and what stands in each of them.

const group = '11111111-1111-4111-8111-111111111111';
const eight = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];
const away = { code: 'http-503', message: 'Busy.', kind: 'unavailable' } as const;
let site: Site;
let mappingId: number;

beforeEach(async () => {
  site = await Site.open();
  onTestFinished(site.close);
  site.entra.put(group, [], { displayName: 'Pilot' });
  await site.collection('X', eight);
  const { mapping } = await site.map('X', group);
  mappingId = mapping.id;
  await site.runOne();
  site.clock.pass(5 * 60_000);
});

describe('a group that would be emptied', () => {
  it('is held also where an earlier run has decided about half of it', async () => {
    for (const name of eight) site.entra.failing.set(name, away);
    await site.leave('X', 'A', 'B', 'C', 'D');
    expect(await site.runOne()).toMatchObject({ failed: 4, held: null });
    site.entra.failing.clear();
    await site.leave('X', 'E', 'F', 'G', 'H');
    const result = await site.runOne({ full: true });
    expect(result.held).toContain('no collection of this group has a member in Entra');
    expect(site.entra.members(group)).toEqual(['E', 'F', 'G', 'H']);
  });
});

describe('a collection of the group that was never evaluated', () => {
  beforeEach(async () => {
    await site.collection('Y');
    await site.map('Y', group);
    await site.store.db
      .updateTable('collection')
      .set({ evaluated_at: null })
      .where('name', '=', 'Y')
      .execute();
  });

  it('keeps a member from being taken out at once, for nobody knows whether it wants it', async () => {
    await site.leave('X', 'A');
    const identify = async () => ({ step: 'identity', outcome: 'ok', text: 'known' }) as const;
    const request = { collection: 'X', resourceId: await site.resource('A'), requestedBy: 'Ann' };
    const [pushed] = await pushMember(site.store, site.directories, identify, request, site.work);
    expect(pushed?.steps.at(-1)).toMatchObject({ outcome: 'stopped' });
    expect(pushed?.steps.at(-1)?.text).toContain('"Y" has not been evaluated yet');
    expect(site.entra.members(group)).toEqual(eight);
  });

  it('keeps the members in when another mapping goes with its members', async () => {
    const request = { id: mappingId, removeMembers: true };
    await expect(removeMapping(site.store, site.entra, request, site.work)).rejects.toMatchObject({
      code: 'collection-not-evaluated',
    });
    expect(site.entra.members(group)).toEqual(eight);
    await removeMapping(site.store, site.entra, { ...request, removeMembers: false }, site.work);
    expect(site.entra.members(group)).toEqual(eight);
  });
});
