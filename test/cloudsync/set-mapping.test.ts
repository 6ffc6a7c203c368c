import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type MappingChanges, setMapping } from '../../src/cloudsync/index.ts';
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

async function set(collection: string, changes: MappingChanges) {
  return await setMapping(site.store, (await site.status(collection)).id, changes);
}

describe('the limits of a mapping', () => {
  it('go before those of the tenant, and end when they are taken back', async () => {
    const changed = await set('C', { maxRemovalPercent: 50, maxRemovals: 7 });
    expect(changed).toMatchObject({ maxRemovals: 7, maxRemovalPercent: 50 });
    await site.leave('C', ...ten.slice(0, 5));
    expect(await site.runOne()).toMatchObject({ removed: 5, held: null });
    await site.join('C', ...ten.slice(0, 5));
    await site.runOne();
    await set('C', { maxRemovalPercent: null });
    await site.leave('C', ...ten.slice(0, 5));
    expect((await site.runOne()).held).toContain('more than 30 %');
    expect(await site.status('C')).toMatchObject({ maxRemovals: 7, maxRemovalPercent: null });
  });

  it('can be tighter than the tenant: not even one without approval', async () => {
    await set('C', { maxRemovals: 0 });
    await site.leave('C', 'PC0');
    expect((await site.runOne()).held).toBe('1 member would be removed; more than 0 need an approval.');
  });
});

describe('a mapping that is not there', () => {
  it('is not changed', async () => {
    await expect(setMapping(site.store, 999, { paused: true })).rejects.toMatchObject({
      code: 'mapping-not-found',
    });
  });
});

describe('a paused mapping', () => {
  it('is Disabled and left as it is, and nothing is lost', async () => {
    await set('C', { paused: true });
    await site.leave('C', 'PC0');
    await site.join('C', 'New');
    const written = site.entra.written.length;
    expect(await site.run({ requestedBy: 'schedule' })).toEqual([]);
    expect(await site.runOne({ full: true })).toMatchObject({
      status: 'Disabled',
      problem: { code: 'mapping-paused' },
    });
    expect(site.entra.written).toHaveLength(written);
    expect(await site.status('C')).toMatchObject({
      status: 'Disabled',
      paused: true,
      problem: { code: 'mapping-paused' },
    });
    await set('C', { paused: false });
    expect(await site.run({ requestedBy: 'schedule' })).toMatchObject([
      { kind: 'incremental', added: 1, removed: 1 },
    ]);
    expect(await site.status('C')).toMatchObject({ status: 'Success', paused: false });
  });

  it('pauses the other mappings of its group, and says which one it is', async () => {
    await site.collection('D', ['Other']);
    await site.map('D', group);
    await set('C', { paused: true });
    const status = await site.status('D');
    expect(status).toMatchObject({ status: 'Disabled', paused: false });
    expect(status.problem?.message).toContain('synchronization of "C" to the group');
  });
});
