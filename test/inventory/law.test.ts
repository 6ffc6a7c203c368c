import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { ClassRegistry } from '../../src/inventory/classes/class-registry.ts';
import { rebuildClass } from '../../src/inventory/classes/rebuild.ts';
import {
  getResource,
  importResources,
  listResources,
  type ResourceRecord,
} from '../../src/inventory/index.ts';
import { openSqlite, type Store } from '../../src/store/index.ts';
import { classRowsOf, lines, preparedLines, storedClasses } from './helpers.ts';
import { Model } from './model.ts';
import { work } from './world.ts';

const scalar = fc.constantFrom<string | number | boolean>('a', 'B', 'b', 1, 2, 1.5, true, '2026-01-01', '7');
const property = fc.constantFrom('Client', 'client', 'Own', 'OWN', 'Other', 'SystemOUName', 'systemouname');
const row = fc.dictionary(fc.constantFrom('Model', 'MODEL', 'Size'), fc.oneof(scalar, fc.constant(null)), {
  maxKeys: 3,
});
const record: fc.Arbitrary<ResourceRecord> = fc
  .record(
    {
      type: fc.constantFrom('device' as const, 'device' as const, 'user' as const),
      name: fc.constantFrom('A', 'a', 'B', 'C'),
      externalId: fc.constantFrom('1', '2', '3'),
      entraDeviceId: fc.constantFrom('d1', 'D2', null),
      properties: fc.dictionary(
        property,
        fc.oneof(scalar, fc.constant(null), fc.array(scalar, { maxLength: 2 })),
        { maxKeys: 3 },
      ),
      inventory: fc.dictionary(fc.constantFrom('Own_Class', 'OWN_CLASS'), fc.array(row, { maxLength: 3 }), {
        maxKeys: 1,
      }),
      deleted: fc.constantFrom(true, false, false, false),
    },
    { requiredKeys: ['type', 'name'] },
  )
  // A class belongs to one type of resource: users bring one of their own.
  .map(({ inventory, ...rest }) => (rest.type === 'user' || !inventory ? rest : { ...rest, inventory }));

test.each([
  ['as read', lines],
  ['prepared in another thread', preparedLines],
])(
  'importing in any batches ends in the state of a naive model, and class tables follow the documents: %s',
  async (_, linesOfFile) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(record, { maxLength: 6 }), { maxLength: 5 }), async files => {
        const store = await openSqlite(':memory:');
        try {
          const model = new Model();
          for (const file of files) {
            const options = { source: 'import', complete: false, approve: false };
            const result = await importResources(store, linesOfFile(file), options, work);
            expect(result.rejected).toBe(file.filter(one => !model.take(one)).length);
          }
          expect(await stateOf(store)).toEqual(model.state());
          await expectTablesOfDocuments(store);
          await expectWholeFeed(store);
        } finally {
          await store.close();
        }
      }),
      { numRuns: 150 },
    );
  },
  120_000,
);

async function stateOf(store: Store): Promise<string[]> {
  const { resources } = await listResources(store, { limit: 1000 });
  const details = await Promise.all(resources.map(one => getResource(store, String(one.id))));
  return details
    .map(({ type, name, externalId, entraDeviceId, properties, inventory }) =>
      Model.text({ type, name, externalId, entraDeviceId, properties, inventory }),
    )
    .sort();
}

async function expectTablesOfDocuments(store: Store): Promise<void> {
  const names = await storedClasses(store);
  const read = () => Promise.all(names.map(name => classRowsOf(store, name)));
  const before = await read();
  const registry = await ClassRegistry.load(store.db);
  await store.transaction(async tx => {
    for (const known of registry.stored()) await rebuildClass(tx, store.dialect, known);
  });
  expect(before).toEqual(await read());
}

/** Every resource there is was told as new, and no change names a property that does not exist. */
async function expectWholeFeed(store: Store): Promise<void> {
  const { rows } = await sql<{ missing: number }>`select count(*) as missing from resource
    where id not in (select resource_id from resource_change where touched = '*')`.execute(store.db);
  expect(rows).toEqual([{ missing: 0 }]);
  const ids = new Set(
    (await store.db.selectFrom('inventory_property').select('id').execute()).map(one => one.id),
  );
  const changes = await store.db.selectFrom('resource_change').select('touched').execute();
  for (const { touched } of changes) {
    if (touched !== '*') for (const id of touched.split(',')) expect(ids).toContain(Number(id));
  }
}
