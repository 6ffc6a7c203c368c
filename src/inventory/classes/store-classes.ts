import { type ColumnDataType, sql, type Transaction } from 'kysely';
import { fold } from '../../base/index.ts';
import type { Database, Dialect, PropertyType, Queries } from '../../store/index.ts';
import { type ClassRegistry, classesVersionKey } from './class-registry.ts';
import { classTable, propertyColumn } from './class-table.ts';
import { dropPropertyIndex } from './property-indexes.ts';
import { rebuildClass } from './rebuild.ts';
import { type RegisteredClass, type RegisteredProperty, resourceIdKey } from './registered-class.ts';

const columnTypes: Record<PropertyType, ColumnDataType> = {
  string: 'text',
  integer: 'bigint',
  real: 'double precision',
  boolean: 'integer',
  datetime: 'bigint',
};

/**
 * Puts into the store what a batch has brought to the registry: tables of new classes, columns of new properties, and
 * columns made again where a value did not fit the type so far. Everything within the transaction of the batch.
 */
export async function storeClasses(
  tx: Transaction<Database>,
  dialect: Dialect,
  registry: ClassRegistry,
  at: string,
): Promise<void> {
  let changed = false;
  for (const known of registry.all()) {
    const fresh = [...known.properties()].filter(
      one => one.used && one.id === null && one.key !== resourceIdKey,
    );
    const widened = [...known.properties()].filter(one => one.widened && one.id !== null);
    if (known.id === null && !known.wanted) continue;
    if (known.id !== null && fresh.length === 0 && widened.length === 0) continue;
    changed = true;
    await makeClass(tx, dialect, known);
    for (const property of fresh) await makeProperty(tx, known, property);
    for (const property of widened) await remakeProperty(tx, known, property, at);
    for (const property of known.properties()) property.widened = false;
    known.columnsChanged();
    if (widened.length > 0) await rebuildClass(tx, dialect, known);
  }
  if (changed) await countVersion(tx, registry);
}

async function makeClass(
  tx: Transaction<Database>,
  dialect: Dialect,
  known: RegisteredClass,
): Promise<number> {
  if (known.id !== null) return known.id;
  const { id } = await tx
    .insertInto('inventory_class')
    .values({
      name: known.name,
      name_key: fold(known.name),
      resource_type: known.resourceType,
      kind: known.kind,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  known.id = id;
  const table = tx.schema
    .createTable(classTable(id))
    .addColumn('resource_id', 'integer', column => column.notNull())
    .addColumn('row_no', 'integer', column => column.notNull())
    .addPrimaryKeyConstraint(`${classTable(id)}_key`, ['resource_id', 'row_no']);
  await dialect.clustered(table).execute();
  const marker = known.property('ResourceID');
  marker.used = true;
  marker.type = 'integer';
  marker.isArray = false;
  marker.id = await insertProperty(tx, id, marker);
  return id;
}

async function makeProperty(
  tx: Transaction<Database>,
  known: RegisteredClass,
  property: RegisteredProperty,
): Promise<void> {
  const classId = storedId(known);
  property.id = await insertProperty(tx, classId, property);
  if (!property.isArray) await addColumn(tx, classId, property.id, property.type);
}

async function insertProperty(
  tx: Transaction<Database>,
  classId: number,
  property: RegisteredProperty,
): Promise<number> {
  const { id } = await tx
    .insertInto('inventory_property')
    .values({
      class_id: classId,
      name: property.name,
      name_key: property.key,
      type: property.type,
      is_array: property.isArray ? 1 : 0,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Gives a stored property its wider form, empty for now, and tells the feed whose values mean something else now. */
async function remakeProperty(
  tx: Transaction<Database>,
  known: RegisteredClass,
  property: RegisteredProperty,
  at: string,
): Promise<void> {
  const classId = storedId(known);
  const { id, type, isArray } = property;
  if (id === null) return;
  const before = await tx
    .selectFrom('inventory_property')
    .select('is_array')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  await tellHolders(tx, known, classId, id, before.is_array === 1, at);
  await tx
    .updateTable('inventory_property')
    .set({ type, is_array: isArray ? 1 : 0 })
    .where('id', '=', id)
    .execute();
  if (before.is_array === 1) return;
  await dropPropertyIndex(tx, { table: classTable(classId), column: propertyColumn(id) });
  await tx.schema.alterTable(classTable(classId)).dropColumn(propertyColumn(id)).execute();
  if (!isArray) await addColumn(tx, classId, id, type);
}

async function tellHolders(
  tx: Transaction<Database>,
  known: RegisteredClass,
  classId: number,
  id: number,
  wasArray: boolean,
  at: string,
): Promise<void> {
  const holders = wasArray
    ? sql`select distinct resource_id from resource_value where property_id = ${id}`
    : sql`select distinct resource_id from ${sql.table(classTable(classId))}
          where ${sql.ref(propertyColumn(id))} is not null`;
  await sql`insert into resource_change (resource_id, resource_type, touched, at)
    select resource_id, ${known.resourceType}, ${String(id)}, ${at} from (${holders}) as holders`.execute(tx);
}

async function addColumn(
  tx: Transaction<Database>,
  classId: number,
  id: number,
  type: PropertyType,
): Promise<void> {
  await tx.schema.alterTable(classTable(classId)).addColumn(propertyColumn(id), columnTypes[type]).execute();
}

async function countVersion(tx: Queries, registry: ClassRegistry): Promise<void> {
  registry.version += 1;
  const value = String(registry.version);
  await tx
    .insertInto('setting')
    .values({ key: classesVersionKey, value })
    .onConflict(conflict => conflict.column('key').doUpdateSet({ value }))
    .execute();
}

function storedId(known: RegisteredClass): number {
  if (known.id === null) throw new Error(`class ${known.name} is not stored yet`);
  return known.id;
}
