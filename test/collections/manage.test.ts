import { expect, test } from 'vitest';
import {
  addRule,
  createCollection,
  deleteCollection,
  dueCollections,
  getCollection,
  listCollections,
  removeRule,
  updateCollection,
} from '../../src/collections/index.ts';
import { mapToGroup } from './mapping.ts';
import { openWorld, type World } from './world.ts';

const code = (code: string, message = '') => ({ code, message: expect.stringContaining(message) });

async function nested(): Promise<World> {
  const world = await openWorld();
  await world.bring('A', 'B', 'C');
  await world.collection({ name: 'Outer' }, { kind: 'direct', resources: ['A', 'B'] });
  await world.collection({ name: 'Middle', limitTo: 'Outer' }, { kind: 'direct', resources: ['A'] });
  await world.collection({ name: 'Inner' }, { kind: 'include', collection: 'Middle' });
  return world;
}

test('ids are site code and five hexadecimal digits, and references ignore case', async () => {
  const world = await openWorld();
  const id = await world.collection({ name: 'Münchner Geräte ' });
  expect(id).toMatch(/^RCL[0-9A-F]{5}$/);
  for (const ref of [id, id.toLowerCase(), 'MÜNCHNER GERÄTE', 'münchner geräte']) {
    expect(await getCollection(world.store, ref)).toMatchObject({ id, name: 'Münchner Geräte', rules: [] });
  }
  await expect(getCollection(world.store, 'nothing')).rejects.toMatchObject(code('collection-not-found'));
});

test('the site code is a setting', async () => {
  const world = await openWorld();
  await world.store.db.insertInto('setting').values({ key: 'site.code', value: 'XYZ' }).execute();
  expect(await world.collection({ name: 'One' })).toMatch(/^XYZ/);
});

test('a collection is limited to all of its type unless it is said otherwise', async () => {
  const world = await openWorld();
  const make = (type: 'device' | 'user', limitTo?: string) =>
    createCollection(world.store, { name: `${type} ${limitTo}`, type, limitTo }, world.clock);
  expect(await make('device')).toMatchObject({ limitingCollectionId: 'SMS00001' });
  expect(await make('user')).toMatchObject({ limitingCollectionId: 'SMS00002' });
  await expect(make('user', 'All Systems')).rejects.toMatchObject(code('collection-type-differs'));
});

test('what is built in stays as it is', async () => {
  const { store } = await nested();
  const builtIn = code('collection-built-in');
  await expect(updateCollection(store, 'SMS00001', { name: 'Mine' })).rejects.toMatchObject(builtIn);
  await expect(deleteCollection(store, 'All Users')).rejects.toMatchObject(builtIn);
  await expect(addRule(store, 'All Systems', { kind: 'direct', resources: ['A'] })).rejects.toMatchObject(
    builtIn,
  );
});

test('names are unique in any case, and a new name is carried into the rules that bear the old one', async () => {
  const { store } = await nested();
  await expect(updateCollection(store, 'Inner', { name: 'OUTER' })).rejects.toMatchObject(
    code('collection-exists', 'Outer'),
  );
  await updateCollection(store, 'Middle', { name: 'Centre' });
  expect((await getCollection(store, 'Inner')).rules).toMatchObject([
    { kind: 'include', name: 'Centre', collectionName: 'Centre' },
  ]);
});

test.each([
  ['limiting', (w: World) => updateCollection(w.store, 'Outer', { limitTo: 'Inner' })],
  ['include', (w: World) => addRule(w.store, 'Outer', { kind: 'include', collection: 'Inner' })],
  ['exclude', (w: World) => addRule(w.store, 'Outer', { kind: 'exclude', collection: 'Inner' })],
  [
    'query',
    async (w: World) => {
      const { id } = await getCollection(w.store, 'Inner');
      const wql = `select * from SMS_R_System where ResourceId in (select ResourceID from SMS_CM_RES_COLL_${id})`;
      return addRule(w.store, 'Outer', { kind: 'query', wql });
    },
  ],
])('a circle by %s is refused with its path', async (_, close) => {
  const world = await nested();
  await expect(close(world)).rejects.toMatchObject(
    code('collection-cycle', '"Outer" → "Inner" → "Middle" → "Outer"'),
  );
});

test('a collection can not depend on itself', async () => {
  const { store } = await nested();
  await expect(addRule(store, 'Outer', { kind: 'include', collection: 'outer' })).rejects.toMatchObject(
    code('collection-cycle', '"Outer" → "Outer"'),
  );
});

test('a collection that others use is not deleted, and they are named', async () => {
  const { store } = await nested();
  await expect(deleteCollection(store, 'Middle')).rejects.toMatchObject(code('collection-in-use', 'Inner'));
  await expect(deleteCollection(store, 'Outer')).rejects.toMatchObject(code('collection-in-use', 'Middle'));
});

test('deleting with cascade takes what is limited to it and the rules that name it', async () => {
  const world = await nested();
  await world.evaluate();
  expect(await world.members('Inner')).toEqual(['A']);
  const result = await deleteCollection(world.store, 'Outer', { cascade: true });
  expect(result.deleted.map(one => one.name)).toEqual(['Middle', 'Outer']);
  expect(result.rulesRemoved).toMatchObject([{ collectionName: 'Inner', use: 'include' }]);
  await world.evaluate();
  expect(await world.members('Inner')).toEqual([]);
});

test('a collection that feeds a group is not deleted', async () => {
  const { store } = await nested();
  await mapToGroup(store, 'Inner', 0);
  await expect(deleteCollection(store, 'Inner')).rejects.toMatchObject(code('collection-mapped', 'Group'));
});

test('lists go by name, a page at a time, and are searched by a part of the name', async () => {
  const world = await openWorld();
  for (const name of ['b1', 'B2', 'a', 'c_x', 'cyx']) await world.collection({ name });
  const names: string[] = [];
  let after: string | undefined;
  do {
    const page = await listCollections(world.store, { type: 'device', limit: 2, after });
    names.push(...page.collections.map(one => one.name));
    after = page.next ?? undefined;
  } while (after);
  expect(names).toEqual(['a', 'All Systems', 'b1', 'B2', 'c_x', 'cyx']);
  const found = await listCollections(world.store, { search: 'C_', limit: 10 });
  expect(found.collections.map(one => one.name)).toEqual(['c_x']);
  await expect(listCollections(world.store, { limit: 2, after: 'x' })).rejects.toMatchObject(
    code('bad-page'),
  );
});

test('direct rules are added many at once, all or none, and those that are there stay', async () => {
  const { store } = await nested();
  const add = (...resources: string[]) => addRule(store, 'Inner', { kind: 'direct', resources });
  await expect(add('A', 'nobody', 'none')).rejects.toMatchObject(code('resource-unknown', 'nobody, none'));
  expect((await getCollection(store, 'Inner')).ruleCounts.direct).toBe(0);
  expect(await add('A', 'b')).toMatchObject({ added: 2 });
  expect(await add('A', 'C')).toMatchObject({ added: 1 });
  const { rules } = await getCollection(store, 'Inner');
  expect(rules.filter(rule => rule.kind === 'direct').map(rule => rule.name)).toEqual(['A', 'B', 'C']);
});

test('a name that several resources bear is told with their numbers, which can be given instead', async () => {
  const world = await nested();
  await world.bring(
    { type: 'device', name: 'Twin', externalId: '1' },
    { type: 'device', name: 'Twin', externalId: '2' },
  );
  const add = (name: string) => addRule(world.store, 'Inner', { kind: 'direct', resources: [name] });
  const refused = add('twin');
  await expect(refused).rejects.toMatchObject(code('resource-ambiguous', 'twin (16777220, 16777221)'));
  await add('16777221');
  await world.evaluate();
  expect(await world.members('Inner')).toEqual(['A', 'Twin']);
});

test('a rule is removed by its number or name', async () => {
  const world = await nested();
  await addRule(world.store, 'Inner', { kind: 'direct', resources: ['B', 'C'] });
  await removeRule(world.store, 'Inner', 'middle');
  await removeRule(world.store, 'Inner', 'b');
  const { rules } = await getCollection(world.store, 'Inner');
  expect(rules.map(rule => rule.name)).toEqual(['C']);
  await removeRule(world.store, 'Inner', String(rules[0]?.id));
  await expect(removeRule(world.store, 'Inner', 'C')).rejects.toMatchObject(code('rule-not-found'));
});

test('a schedule is a cron expression, and a collection is due once an instant of it has passed', async () => {
  const world = await openWorld();
  await expect(world.collection({ name: 'Bad', schedule: 'every day' })).rejects.toMatchObject(
    code('schedule-invalid'),
  );
  const id = await world.collection({ name: 'Hourly', schedule: '30 * * * *', incremental: false });
  expect(await dueCollections(world.store, world.clock.now())).toEqual([]);
  world.clock.forward(31);
  expect(await dueCollections(world.store, world.clock.now())).toEqual([id]);
  await world.evaluate({ mode: 'full', collections: [id] });
  expect(await dueCollections(world.store, world.clock.now())).toEqual([]);
});
