import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Problem } from '../../src/base/index.ts';
import { evaluateWith } from '../../src/collections/evaluation/evaluate.ts';
import { addRule, deleteCollection, removeRule, updateCollection } from '../../src/collections/index.ts';
import { loadQueryRules } from '../../src/collections/query-rules.ts';
import { deleteResources, findResources, type ResourceRecord } from '../../src/inventory/index.ts';
import { type Device, Model, type QueryShape, queryShapes, wqlOf } from './model.ts';
import { openWorld, type World } from './world.ts';

// Random collections over random devices, changed at random: an incremental evaluation must end where a full one
// does, and where a few lines of plain code do (model.ts).

const deviceNames = ['a', 'b', 'c', 'd', 'e', 'x', 'y'];
const collectionNames = ['C0', 'C1', 'C2', 'C3', 'C4', 'C5'];

const deviceOf = fc.record<Device>({
  name: fc.constantFrom(...deviceNames),
  models: fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { maxLength: 2 }),
  system: fc.constantFrom(null, 'Windows 10', 'windows 11', 'Linux'),
  units: fc.uniqueArray(fc.constantFrom('u1', 'u2'), { maxLength: 2 }),
});
const some = fc.constantFrom(...collectionNames);
const shape = fc.constantFrom<QueryShape>(...queryShapes);

type Step =
  | { do: 'bring'; devices: Device[] }
  | { do: 'delete'; device: string }
  | { do: 'direct'; to: string; devices: string[] }
  | { do: 'query'; to: string; shape: QueryShape; other: string }
  | { do: 'include' | 'exclude'; to: string; other: string }
  | { do: 'remove-rule'; from: string; nth: number }
  | { do: 'limit'; to: string; by: string }
  | { do: 'drop'; collection: string }
  | { do: 'evaluate'; full: string[]; wholeFrom: number };

const bring = fc.record({ do: fc.constant('bring' as const), devices: fc.array(deviceOf, { maxLength: 2 }) });
const evaluation = fc.record({
  do: fc.constant('evaluate' as const),
  full: fc.oneof(
    { weight: 3, arbitrary: fc.constant<string[]>([]) },
    { weight: 1, arbitrary: fc.array(some) },
  ),
  wholeFrom: fc.constantFrom(1, 3, 1_000),
});
const data: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: bring },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('delete' as const), device: fc.constantFrom(...deviceNames) }),
  },
  { weight: 4, arbitrary: evaluation },
);
const rule: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('direct' as const),
      to: some,
      devices: fc.uniqueArray(fc.constantFrom(...deviceNames), { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('query' as const), to: some, shape, other: some }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('include' as const), to: some, other: some }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('exclude' as const), to: some, other: some }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('remove-rule' as const), from: some, nth: fc.nat(5) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('limit' as const), to: some, by: some }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const), collection: some }) },
);
/** Rules first, so that there is something to keep up; then changes of the data; then of everything. */
const story = fc
  .tuple(
    fc.uniqueArray(deviceOf, { selector: device => device.name, maxLength: 7 }),
    fc.array(rule, { minLength: 3, maxLength: 14 }),
    fc.array(data, { minLength: 3, maxLength: 14 }),
    fc.array(fc.oneof(rule, data), { maxLength: 14 }),
  )
  .map(([devices, ...parts]): Step[] => [{ do: 'bring', devices }, ...parts.flat()]);

test('an incremental evaluation ends where a full one and plain code do, whatever has happened', async () => {
  await fc.assert(
    fc.asyncProperty(story, async steps => {
      const world = await openWorld();
      const model = new Model();
      for (const name of collectionNames) model.add(name, await world.collection({ name }));
      for (const one of steps) await take(world, model, one);
      await evaluateAll(world, 1_000);
      await expectModel(world, model);
      const full = await world.evaluate({ mode: 'full' });
      expect(full.evaluated).toEqual([]);
      await world.store.close();
    }),
    { numRuns: Number(process.env.LAW_RUNS ?? 60) },
  );
}, 180_000);

async function evaluateAll(world: World, wholeFrom: number): Promise<void> {
  const queries = await loadQueryRules(world.store);
  await evaluateWith(world.store, queries, { mode: 'incremental' }, world.work, { wholeFrom });
}

async function expectModel(world: World, model: Model): Promise<void> {
  for (const name of model.collections.keys()) {
    const expected = model.members(name);
    expect({ name, members: await world.members(name) }).toEqual({ name, members: expected });
    expect({ name, members: await world.folded(name) }).toEqual({ name, members: expected });
  }
  const rules = await world.store.db
    .selectFrom('collection_rule')
    .where('kind', '=', 'direct')
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('resource').select('id').whereRef('id', '=', 'collection_rule.resource_id'))),
    )
    .select('id')
    .execute();
  expect(rules).toEqual([]);
}

async function take(world: World, model: Model, one: Step): Promise<void> {
  try {
    await perform(world, model, one);
  } catch (error) {
    // What the product refuses (cycles, rules that are there, names that are not), the model does not do either.
    if (!(error instanceof Problem) || error.kind === 'storage') throw error;
  }
}

async function perform(world: World, model: Model, one: Step): Promise<void> {
  const { store } = world;
  switch (one.do) {
    case 'bring':
      await world.bring(...one.devices.map(recordOf));
      for (const device of one.devices) model.devices.set(device.name, device);
      return;
    case 'delete': {
      const found = await findResources(store, 'device', [one.device]);
      await deleteResources(store, found.get(one.device) ?? [], world.work);
      model.forget(one.device);
      return;
    }
    case 'direct':
      await addRule(store, one.to, { kind: 'direct', resources: one.devices });
      for (const device of one.devices) model.rules(one.to).direct.add(device);
      return;
    case 'query': {
      const wql = wqlOf(one.shape, model.idOf(one.other));
      await addRule(store, one.to, { kind: 'query', wql, name: `${one.shape} ${one.other}` });
      model.rules(one.to).queries.push({ shape: one.shape, other: one.other });
      return;
    }
    case 'include':
    case 'exclude':
      await addRule(store, one.to, { kind: one.do, collection: one.other });
      model.rules(one.to)[one.do].add(one.other);
      return;
    case 'remove-rule': {
      const queries = model.collections.get(one.from)?.queries;
      const query = queries?.[one.nth];
      if (!queries || !query) return;
      await removeRule(store, one.from, `${query.shape} ${query.other}`);
      queries.splice(one.nth, 1);
      return;
    }
    case 'limit':
      await updateCollection(store, one.to, { limitTo: one.by });
      model.rules(one.to).limiting = one.by;
      return;
    case 'drop': {
      const { deleted } = await deleteCollection(store, one.collection, { cascade: true });
      for (const { name } of deleted) model.drop(name);
      return;
    }
    case 'evaluate':
      if (one.full.length > 0) await world.evaluate({ mode: 'full', collections: one.full });
      else await evaluateAll(world, one.wholeFrom);
      return;
  }
}

function recordOf({ name, models, system, units }: Device): ResourceRecord {
  return {
    type: 'device',
    name,
    properties: { OperatingSystemNameandVersion: system, SystemOUName: units },
    inventory: { SMS_G_System_COMPUTER_SYSTEM: models.map(Model => ({ Model })) },
  };
}
