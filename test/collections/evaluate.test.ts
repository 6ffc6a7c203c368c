import { expect, test } from 'vitest';
import { readCounter, settingKeys, writeCounter } from '../../src/collections/evaluation/settings.ts';
import { addRule, collectionMembers, evaluate, getCollection } from '../../src/collections/index.ts';
import { openWorld, type World } from './world.ts';

async function chain(): Promise<World> {
  const world = await openWorld();
  await world.bring('A', 'B', 'C');
  await world.collection({ name: 'One' }, { kind: 'direct', resources: ['A', 'B'] });
  await world.collection({ name: 'Two' }, { kind: 'include', collection: 'One' });
  return world;
}

test('an evaluation says what it did, reports progress, and writes nothing the second time', async () => {
  const world = await chain();
  const phases: string[] = [];
  const work = { ...world.work, report: ({ phase }: { phase: string }) => void phases.push(phase) };
  const result = await evaluate(world.store, { mode: 'incremental' }, work);
  expect(result.evaluated.map(({ name, joined, members }) => [name, joined, members])).toEqual([
    ['All Systems', 3, 3],
    ['One', 2, 2],
    ['Two', 2, 2],
  ]);
  expect(phases).toContain('Evaluating collections');
  expect(await world.evaluate()).toMatchObject({ lookedAt: 0, evaluated: [] });
  const detail = await getCollection(world.store, 'One');
  expect(detail).toMatchObject({
    memberCount: 2,
    lastJoined: 2,
    evaluationPending: false,
    evaluatedAt: '2026-03-01T08:00:00.000Z',
    dependents: [{ name: 'Two', use: 'include' }],
  });
});

test('an evaluation that is stopped leaves the next one to complete it', async () => {
  const world = await chain();
  const stop = new AbortController();
  const work = { ...world.work, signal: stop.signal, report: () => stop.abort(new Error('stopped')) };
  await expect(evaluate(world.store, { mode: 'incremental' }, work)).rejects.toThrow('stopped');
  await world.evaluate();
  expect(await world.members('Two')).toEqual(['A', 'B']);
});

test('an evaluation does not write once another has begun', async () => {
  const world = await chain();
  let overtaken = false;
  const report = () => {
    if (overtaken) return;
    overtaken = true;
    void readCounter(world.store.db, settingKeys.epoch).then(epoch =>
      writeCounter(world.store.db, settingKeys.epoch, epoch + 1),
    );
  };
  await expect(
    evaluate(world.store, { mode: 'incremental' }, { ...world.work, report }),
  ).rejects.toMatchObject({
    code: 'evaluation-overtaken',
  });
  expect(await world.members('One')).toEqual([]);
});

test('a rule that was added while an evaluation was at work is seen by the next', async () => {
  const world = await chain();
  let added: Promise<unknown> | undefined;
  const report = () => {
    added ??= addRule(world.store, 'One', { kind: 'direct', resources: ['C'] });
  };
  await evaluate(world.store, { mode: 'incremental' }, { ...world.work, report });
  await added;
  await world.evaluate();
  expect(await world.members('Two')).toEqual(['A', 'B', 'C']);
});

test('a query rule that can not run keeps the members there were, says so, and heals', async () => {
  const world = await chain();
  await world.bring({ type: 'device', name: 'A', inventory: { Custom_Thing: [{ Size: 1 }] } });
  const wql = `select SMS_R_System.ResourceId from SMS_R_System
    inner join Custom_Thing on Custom_Thing.ResourceID = SMS_R_System.ResourceId`;
  await world.collection({ name: 'Things' }, { kind: 'query', wql });
  await world.evaluate();
  expect(await world.members('Things')).toEqual(['A']);
  const rename = (name: string) =>
    world.store.db
      .updateTable('inventory_class')
      .set({ name, name_key: name.toLowerCase() })
      .where('name_key', 'like', 'custom_%')
      .execute();
  await rename('Custom_Other');
  await world.store.db
    .updateTable('inventory_property')
    .set({ type: 'real' })
    .where('name', '=', 'Size')
    .execute();
  const failed = await world.evaluate({ mode: 'full' });
  expect(failed).toMatchObject({ failed: 1, left: 0 });
  expect((await getCollection(world.store, 'Things')).error).toContain('Custom_Thing');
  await rename('Custom_Thing');
  await world.store.db
    .updateTable('inventory_property')
    .set({ type: 'integer' })
    .where('name', '=', 'Size')
    .execute();
  await world.evaluate();
  expect(await getCollection(world.store, 'Things')).toMatchObject({ error: null, memberCount: 1 });
});

test('a collection whose rules have never run is none that was evaluated to nobody', async () => {
  const world = await chain();
  await world.bring({ type: 'device', name: 'A', inventory: { Custom_Thing: [{ Size: 1 }] } });
  const wql = `select SMS_R_System.ResourceId from SMS_R_System
    inner join Custom_Thing on Custom_Thing.ResourceID = SMS_R_System.ResourceId`;
  await world.collection({ name: 'Things' }, { kind: 'query', wql });
  const things = (name: string, type: 'integer' | 'real') =>
    world.store.transaction(async tx => {
      await tx
        .updateTable('inventory_class')
        .set({ name, name_key: name.toLowerCase() })
        .where('name_key', 'like', 'custom_%')
        .execute();
      await tx.updateTable('inventory_property').set({ type }).where('name', '=', 'Size').execute();
    });
  await things('Custom_Other', 'real');
  expect(await world.evaluate()).toMatchObject({ failed: 1 });
  expect((await getCollection(world.store, 'Things')).evaluatedAt).toBeNull();
  await things('Custom_Thing', 'integer');
  await world.evaluate();
  expect(await getCollection(world.store, 'Things')).toMatchObject({
    error: null,
    memberCount: 1,
    evaluatedAt: expect.any(String),
  });
});

test('a collection that becomes incremental catches up with what it has missed', async () => {
  const world = await openWorld();
  await world.bring({ type: 'device', name: 'A', properties: { Build: '1' } });
  const wql = `select * from SMS_R_System where Build = '2'`;
  const id = await world.collection({ name: 'Slow', incremental: false }, { kind: 'query', wql });
  await world.evaluate();
  await world.bring({ type: 'device', name: 'A', properties: { Build: '2' } });
  await world.evaluate();
  expect(await world.members(id)).toEqual([]);
  await world.evaluate({ mode: 'incremental', collections: [id] });
  expect(await world.members(id)).toEqual(['A']);
});

test('users and devices are evaluated side by side', async () => {
  const world = await openWorld();
  await world.bring('A', { type: 'user', name: 'CONTOSO\\ann', properties: { Department: 'HR' } });
  await world.collection(
    { name: 'HR', type: 'user' },
    { kind: 'query', wql: `select * from SMS_R_User where Department = 'hr'` },
  );
  await world.evaluate();
  expect(await world.members('HR')).toEqual(['CONTOSO\\ann']);
  expect(await world.members('All Users')).toEqual(['CONTOSO\\ann']);
  expect(await world.members('All Systems')).toEqual(['A']);
});

test('members come by name, a page at a time, and are searched by a part of the name', async () => {
  const world = await openWorld();
  await world.bring('b', 'A', 'c10', 'c9', 'd_e');
  await world.evaluate();
  const names: string[] = [];
  let after: string | undefined;
  do {
    const page = await collectionMembers(world.store, 'SMS00001', { limit: 2, after });
    names.push(...page.members.map(member => member.name));
    expect(page.total).toBe(5);
    after = page.next ?? undefined;
  } while (after);
  expect(names).toEqual(['A', 'b', 'c10', 'c9', 'd_e']);
  const found = await collectionMembers(world.store, 'SMS00001', { limit: 9, search: 'C' });
  expect(found.members.map(member => member.name)).toEqual(['c10', 'c9']);
});
