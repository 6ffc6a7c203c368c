import { sql } from 'kysely';
import {
  classTable,
  type ImportLine,
  LinePreparer,
  linesOf,
  loadCatalogue,
  type ResourceLines,
  type ResourceRecord,
} from '../../src/inventory/index.ts';
import type { Store } from '../../src/store/index.ts';

/** Records as the lines of a file. */
export async function* lines(records: Iterable<ResourceRecord>): AsyncGenerator<ImportLine> {
  let line = 0;
  for (const record of records) {
    line += 1;
    yield { line, record };
  }
}

/** All rows of a class by property name, array values gathered and sorted; classes without a table have none. */
export async function classRowsOf(store: Store, name: string): Promise<Record<string, unknown>[]> {
  const known = (await loadCatalogue(store)).findClass(name);
  if (!known?.table) return [];
  const { rows } = await sql<Record<string, unknown>>`
    select * from ${sql.table(known.table)} order by resource_id, row_no`.execute(store.db);
  const properties = known.propertyNames().flatMap(one => known.findProperty(one) ?? []);
  const values = await store.db.selectFrom('resource_value').selectAll().orderBy('value').execute();
  return rows.map(row => {
    const result: Record<string, unknown> = { resource_id: row.resource_id, row_no: row.row_no };
    for (const property of properties) {
      if (property.name === 'ResourceID') continue;
      if (property.column !== null) result[property.name] = row[property.column];
      else if (property.id !== null) {
        result[property.name] = values
          .filter(one => one.property_id === property.id && one.resource_id === row.resource_id)
          .map(one => one.value);
      }
    }
    return result;
  });
}

/** Every stored class by name. */
export async function storedClasses(store: Store): Promise<string[]> {
  const rows = await store.db.selectFrom('inventory_class').selectAll().orderBy('name_key').execute();
  return rows.filter(row => classTable(row.id) !== '').map(row => row.name);
}

/** The same lines as another thread would hand them over, three at a time. */
export function preparedLines(records: Iterable<ResourceRecord>): ResourceLines {
  const preparer = new LinePreparer();
  return {
    tellClasses: registry => preparer.tellClasses(structuredClone(registry)),
    async *[Symbol.asyncIterator]() {
      let some: ImportLine[] = [];
      for await (const line of lines(records)) {
        some.push(structuredClone(line));
        if (some.length < 3) continue;
        yield* linesOf(structuredClone(preparer.prepare(some)));
        some = [];
      }
      yield* linesOf(structuredClone(preparer.prepare(some)));
    },
  };
}
