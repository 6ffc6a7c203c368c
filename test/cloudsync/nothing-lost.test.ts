import { afterEach, beforeEach, expect, it } from 'vitest';
import { Problem } from '../../src/base/index.ts';
import { synchronize } from '../../src/cloudsync/index.ts';
import { fragile, Process } from './fragile-store.ts';
import { Site } from './site.ts';

const group = '11111111-1111-4111-8111-111111111111';
const other = '22222222-2222-4222-8222-222222222222';
const minute = 60_000;
const refusal = { code: 'Authorization_RequestDenied', message: 'No.', kind: 'forbidden' } as const;

let site: Site;
beforeEach(async () => {
  site = await Site.open();
  await site.resource('F');
  await site.collection('C', ['A', 'B']);
  site.entra.put(group);
  await site.map('C', group);
  await site.runOne();
  site.clock.pass(5 * minute);
});
afterEach(() => site.close());

it('knows of a member that it put in, could not take out and could not put in again', async () => {
  site.entra.failing.set('A', refusal);
  await site.leave('C', 'A');
  await site.runOne();
  await site.join('C', 'A');
  await site.runOne();
  await site.leave('C', 'A');
  site.entra.failing.clear();
  expect(await site.runOne()).toMatchObject({ status: 'Success', removed: 1 });
  expect(site.entra.members(group)).toEqual(['B']);
});

it('takes out a member whose addition timed out, for it may be there', async () => {
  site.entra.failing.set('D', { code: 'UnknownError', message: '', kind: 'unavailable' });
  await site.join('C', 'D');
  await site.runOne();
  // The change had been made after all.
  site.entra.foreign(group, 'add', 'D');
  site.entra.failing.clear();
  await site.leave('C', 'D');
  await site.runOne();
  expect(site.entra.members(group)).toEqual(['A', 'B']);
});

it('does not take out a member that somebody else added after Entra had refused it to us', async () => {
  site.entra.failing.set('F', refusal);
  await site.join('C', 'F');
  await site.runOne();
  site.entra.foreign(group, 'add', 'F');
  site.entra.failing.clear();
  await site.leave('C', 'F');
  await site.runOne();
  expect(site.entra.members(group)).toEqual(['A', 'B', 'F']);
});

it('does a full run that broke off again in full, though nobody asks for it', async () => {
  site.entra.foreign(group, 'add', 'F');
  site.entra.interrupt = call => {
    if (call === 'listMembers') throw new Problem('upstream', 'unreachable', 'Gone.', 'Wait.');
  };
  expect(await site.runOne({ full: true })).toMatchObject({ problem: { code: 'unreachable' } });
  site.entra.interrupt = () => {};
  expect(await site.run({ requestedBy: 'schedule' })).toMatchObject([{ kind: 'full', removed: 1 }]);
  expect(site.entra.members(group)).toEqual(['A', 'B']);
});

it('sends again what a crash left open, even where a late list shows it done', async () => {
  site.entra.lagMs = 20_000;
  await site.leave('C', 'A');
  await site.runOne();
  site.clock.pass(1_000);
  await site.join('C', 'A');
  const life = new Process(1_000);
  site.entra.interrupt = call => {
    if (call === 'addMembers') while (!life.dead) life.step();
  };
  const dying = fragile(site.store, life);
  const options = { full: false, approve: false, requestedBy: 'test' };
  await expect(synchronize(dying, site.directories, options, site.work)).rejects.toThrow('dead');
  site.entra.interrupt = () => {};
  await site.store.db.deleteFrom('lease').execute();
  expect(await site.runOne({ full: true })).toMatchObject({ status: 'Success', added: 1 });
  expect(site.entra.members(group)).toEqual(['A', 'B']);
});

it('does not send an addition that was cut short once nobody wants it, though its removal is held', async () => {
  const many = Array.from({ length: 12 }, (_, n) => `PC${n}`);
  await site.collection('Many', many);
  site.entra.put(other);
  await site.map('Many', other);
  await site.run();
  await site.join('Many', 'D', 'E');
  site.entra.interrupt = call => {
    if (call === 'addMembers') throw new Error('the line is cut');
  };
  await site.run();
  site.entra.interrupt = () => {};
  await site.leave('Many', 'D', 'E', ...many.slice(0, 6));
  await site.join('Many', 'F');
  site.entra.sent.length = 0;
  const results = await site.run();
  expect(results.find(result => result.groupId === other)).toMatchObject({ status: 'Awaiting Approval' });
  expect(site.entra.sent).toEqual(['add F']);
});

it('takes a foreign member out that discovery does not know, also after a first run that broke off', async () => {
  // A service principal, a nested group, a device that is minutes old: in the group, and nowhere in the inventory.
  site.entra.put(other, ['P', 'A', 'B']);
  await site.map('C', other);
  site.entra.interrupt = call => {
    if (call === 'removeMembers') throw new Problem('upstream', 'network-reset', 'Broken off.', 'Again.');
  };
  expect((await site.run()).map(result => result.status)).toContain('Failed');
  site.entra.foreign(other, 'add', 'F');
  site.entra.interrupt = () => {};
  const results = await site.run();
  expect(results.find(result => result.groupId === other)).toMatchObject({ kind: 'full', status: 'Success' });
  expect(site.entra.members(other)).toEqual(['A', 'B']);
});

it('runs a mapping in full that came while another full run of its group was under way', async () => {
  await site.collection('D', ['F']);
  site.entra.foreign(group, 'add', 'G');
  site.entra.interrupt = async call => {
    if (call !== 'removeMembers') return;
    site.entra.interrupt = () => {};
    await site.map('D', group);
  };
  await site.runOne({ full: true });
  expect(await site.runOne()).toMatchObject({ kind: 'full', status: 'Success' });
  expect(site.entra.members(group)).toEqual(['A', 'B', 'F']);
});
