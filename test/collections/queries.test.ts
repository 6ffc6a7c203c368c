import { expect, test } from 'vitest';
import { addRule, getCollection, previewQuery } from '../../src/collections/index.ts';
import type { ResourceRecord } from '../../src/inventory/index.ts';
import { openWorld } from './world.ts';

const device = (name: string, model: string, ou: string[] = []): ResourceRecord => ({
  type: 'device',
  name,
  properties: { SystemOUName: ou },
  inventory: { SMS_G_System_COMPUTER_SYSTEM: [{ Model: model }] },
});
const modelIs = (model: string) => `select SMS_R_System.ResourceId from SMS_R_System
  inner join SMS_G_System_COMPUTER_SYSTEM on SMS_G_System_COMPUTER_SYSTEM.ResourceID = SMS_R_System.ResourceId
  where SMS_G_System_COMPUTER_SYSTEM.Model = "${model}"`;

test('a query rule lets in whom its query finds, and follows the inventory', async () => {
  const world = await openWorld();
  await world.bring(device('A', 'X1'), device('B', 'X2'), device('C', 'x1'));
  await world.collection({ name: 'X1' }, { kind: 'query', wql: modelIs('X1') });
  await world.evaluate();
  expect(await world.members('X1')).toEqual(['A', 'C']);
  await world.bring(device('A', 'X2'), device('B', 'X1'), device('E', 'X1'));
  const result = await world.evaluate();
  expect(await world.members('X1')).toEqual(['B', 'C', 'E']);
  expect(await world.folded('X1')).toEqual(['B', 'C', 'E']);
  expect(result).toMatchObject({ changedResources: 3, joined: 3, left: 1 });
});

test('a query may name a collection, and follows it', async () => {
  const world = await openWorld();
  await world.bring('A', 'B');
  const id = await world.collection({ name: 'Some' }, { kind: 'direct', resources: ['A'] });
  const wql = `select * from SMS_R_System where ResourceId not in
    (select ResourceID from SMS_CM_RES_COLL_${id})`;
  await world.collection({ name: 'Others' }, { kind: 'query', wql });
  await world.evaluate();
  expect(await world.members('Others')).toEqual(['B']);
  await addRule(world.store, id, { kind: 'direct', resources: ['B'] });
  await world.evaluate();
  expect(await world.members('Others')).toEqual([]);
  expect((await getCollection(world.store, id)).dependents).toMatchObject([{ name: 'Others', use: 'query' }]);
});

test('a query rule that compares resources with each other follows changes of the others', async () => {
  const world = await openWorld();
  await world.bring(device('A', 'X1'), device('B', 'B'), 'C');
  const wql = `select * from SMS_R_System where Name in
    (select SMS_G_System_COMPUTER_SYSTEM.Model from SMS_G_System_COMPUTER_SYSTEM)`;
  await world.collection({ name: 'Named by a model' }, { kind: 'query', wql });
  await world.evaluate();
  expect(await world.members('Named by a model')).toEqual(['B']);
  await world.bring(device('A', 'C'));
  await world.evaluate();
  expect(await world.members('Named by a model')).toEqual(['B', 'C']);
});

test('a rule that depends on the date is asked again within an hour without any change', async () => {
  const world = await openWorld();
  await world.bring({
    type: 'device',
    name: 'A',
    properties: { LastLogonTimestamp: '2026-03-01T07:50:00Z' },
  });
  const wql =
    'select * from SMS_R_System where DateDiff(minute, SMS_R_System.LastLogonTimestamp, GetDate()) > 30';
  await world.collection({ name: 'Silent' }, { kind: 'query', wql });
  await world.evaluate();
  expect(await world.members('Silent')).toEqual([]);
  // Not on each round: most of what is asked would be what it was. The first round is a minute early.
  for (let minute = 4; minute < 55; minute += 5) {
    world.clock.forward(minute === 4 ? 4 : 5);
    await world.evaluate();
    expect(await world.members('Silent')).toEqual([]);
  }
  world.clock.forward(5);
  await world.evaluate();
  expect(await world.members('Silent')).toEqual(['A']);
});

test('a query that can not be is refused with its place and what to do', async () => {
  const world = await openWorld();
  const id = await world.collection({ name: 'X' });
  await expect(
    addRule(world.store, id, { kind: 'query', wql: 'select * from SMS_R_Sistem' }),
  ).rejects.toMatchObject({ code: 'query-invalid', message: expect.stringContaining('Line 1, column 15') });
  await expect(
    addRule(world.store, id, { kind: 'query', wql: 'select * from SMS_R_User' }),
  ).rejects.toMatchObject({ code: expect.stringMatching(/query-(type-differs|invalid)/) });
});

test('a preview tells the first by name, how many there are, and whether that is all', async () => {
  const world = await openWorld();
  await world.bring(device('B', 'X1'), device('A', 'X1'), device('C', 'X2'));
  const preview = (limit?: number) =>
    previewQuery(world.store, { type: 'device', wql: modelIs('x1'), limit }, world.clock);
  expect(await preview(1)).toMatchObject({ members: [{ name: 'A' }], count: 2, truncated: true });
  expect(await preview()).toMatchObject({ members: [{ name: 'A' }, { name: 'B' }], truncated: false });
  await expect(preview(0)).rejects.toMatchObject({ code: 'preview-limit-invalid' });
  await expect(preview(10_001)).rejects.toMatchObject({ code: 'preview-limit-invalid' });
});

test('a preview that takes longer than anybody waits is given up, and what was asked with it is answered on', async () => {
  const world = await openWorld();
  await world.bring(device('A', 'X1'), device('B', 'X1'));
  const endless = `select a.ResourceID from SMS_R_System as a
    inner join SMS_R_System as b on b.Name <> a.Name inner join SMS_R_System as c on c.Name <> b.Name`;
  for (const wql of [endless, `select * from SMS_R_System where ResourceID not in (${endless})`]) {
    const preview = (longestMs?: number) =>
      previewQuery(world.store, { type: 'device', wql, longestMs }, world.clock);
    await expect(preview(-1)).rejects.toMatchObject({ code: 'query-too-long' });
    expect((await preview()).count).toBe(wql === endless ? 2 : 0);
  }
});

test('a preview that reads a collection which was never evaluated says so', async () => {
  const world = await openWorld();
  await world.bring(device('A', 'X1'));
  const id = await world.collection({ name: 'Pilot' }, { kind: 'direct', resources: ['A'] });
  const wql = `select ResourceID from SMS_R_System where ResourceID in (select ResourceID from SMS_CM_RES_COLL_${id})`;
  const preview = () => previewQuery(world.store, { type: 'device', wql }, world.clock);
  expect(await preview()).toMatchObject({ count: 0, notes: [expect.stringContaining(`"Pilot" (${id})`)] });
  await world.evaluate();
  expect(await preview()).toMatchObject({ count: 1, notes: [] });
});

test('a query that compares resources by way of a collection follows that collection', async () => {
  const world = await openWorld();
  await world.bring(device('A', 'X1'), device('B', 'X1'), device('C', 'X2'));
  const id = await world.collection({ name: 'Pilot' });
  const wql = `select * from SMS_R_System as r
    inner join SMS_G_System_COMPUTER_SYSTEM as c on c.ResourceID = r.ResourceId
    where c.Model in (select p.Model from SMS_G_System_COMPUTER_SYSTEM as p
      inner join SMS_CM_RES_COLL_${id} as m on m.ResourceID = p.ResourceID)`;
  await world.collection({ name: 'Same model as a pilot' }, { kind: 'query', wql });
  await world.evaluate();
  await addRule(world.store, id, { kind: 'direct', resources: ['A'] });
  await world.evaluate();
  expect(await world.members('Same model as a pilot')).toEqual(['A', 'B']);
});

test('a full evaluation of one collection is followed by those that depend on it, asked for or not', async () => {
  const world = await openWorld();
  await world.bring(device('A', 'X2'), 'B');
  const id = await world.collection(
    { name: 'One', incremental: false },
    { kind: 'query', wql: modelIs('X1') },
  );
  const asked = await world.collection({ name: 'Asked' }, { kind: 'include', collection: id });
  await world.collection({ name: 'Follows' }, { kind: 'include', collection: id });
  await world.evaluate();
  await world.bring(device('A', 'X1'));
  await world.evaluate();
  expect(await world.members('One')).toEqual([]);
  await world.evaluate({ mode: 'full', collections: ['one', asked] });
  for (const name of ['One', 'Asked', 'Follows']) expect(await world.members(name)).toEqual(['A']);
});
