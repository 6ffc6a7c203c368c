import { CompiledQuery } from 'kysely';
import { fold } from '../../../src/base/index.ts';
import type {
  Catalogue,
  CatalogueClass,
  PropertyType,
  ResourceType,
} from '../../../src/collections/wql/index.ts';
import { standardClasses } from '../../../src/inventory/classes/standard/index.ts';
import { openSqlite, type Store } from '../../../src/store/index.ts';

/** A value of a test inventory; dates are ISO text. */
export type Value = string | number | boolean | null;

/** A class of a test inventory: property → type, with [] for arrays. */
export interface ClassDefinition {
  resourceType?: ResourceType;
  kind?: 'resource' | 'inventory';
  properties: Record<string, PropertyType | `${PropertyType}[]`>;
}

/** A resource of a test inventory: class → rows. */
export interface TestResource {
  id: number;
  type?: ResourceType;
  rows: Record<string, Record<string, Value | Value[]>[]>;
}

/** An inventory in a store of its own, with the catalogue of its classes. */
export interface Site {
  store: Store;
  catalogue: Catalogue;
  run(sql: string, parameters?: readonly (string | number | null)[]): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** Makes a store with class tables as the inventory lays them out, and fills them. */
export async function makeSite(
  definitions: Record<string, ClassDefinition>,
  resources: readonly TestResource[],
): Promise<Site> {
  const store = await openSqlite(':memory:');
  const run = async (text: string, parameters: readonly (string | number | null)[] = []) => {
    const result = await store.db.executeQuery(CompiledQuery.raw(text, [...parameters]));
    return result.rows as Record<string, unknown>[];
  };
  const catalogue = makeCatalogue(definitions);
  for (const name of catalogue.classNames()) {
    const owner = catalogue.findClass(name);
    if (owner?.table) await createTable(owner, run);
  }
  for (const resource of resources) await insert(resource, catalogue, run);
  return { store, catalogue, run, close: () => store.close() };
}

/** A catalogue of classes whose tables are class_1, class_2 … in the order given. */
function makeCatalogue(
  definitions: Record<string, ClassDefinition>,
  options: { tables: boolean } = { tables: true },
): Catalogue {
  const classes = new Map<string, CatalogueClass>();
  let properties = 0;
  for (const [name, definition] of Object.entries(definitions)) {
    const entries = Object.entries(definition.properties).map(([property, declared]) => {
      const isArray = declared.endsWith('[]');
      const id = ++properties;
      return {
        name: property,
        type: (isArray ? declared.slice(0, -2) : declared) as PropertyType,
        isArray,
        column: isArray || !options.tables ? null : `p${id}`,
        id: options.tables ? id : null,
      };
    });
    classes.set(name.toLowerCase(), {
      name,
      resourceType: definition.resourceType ?? (name.startsWith('SMS_R_User') ? 'user' : 'device'),
      kind: definition.kind ?? (name.startsWith('SMS_R_') ? 'resource' : 'inventory'),
      table: options.tables ? `class_${classes.size + 1}` : null,
      findProperty: wanted => entries.find(entry => entry.name.toLowerCase() === wanted.toLowerCase()),
      propertyNames: () => entries.map(entry => entry.name),
    });
  }
  return {
    findClass: name => classes.get(name.toLowerCase()),
    classNames: () => [...classes.values()].map(owner => owner.name),
  };
}

async function createTable(owner: CatalogueClass, run: Site['run']): Promise<void> {
  const columns = owner
    .propertyNames()
    .flatMap(name => owner.findProperty(name)?.column ?? [])
    .map(column => `${column}`);
  await run(
    `create table ${owner.table} (resource_id integer not null, row_no integer not null,
      ${columns.map(column => `${column} blob,`).join(' ')} primary key (resource_id, row_no)) without rowid`,
  );
}

async function insert(resource: TestResource, catalogue: Catalogue, run: Site['run']): Promise<void> {
  const type = resource.type ?? 'device';
  const own = resource.rows[type === 'device' ? 'SMS_R_System' : 'SMS_R_User']?.[0];
  const name = String(own?.Name ?? resource.id);
  await run(
    `insert into resource (id, type, name, name_key, source, document, created_at, updated_at)
      values (?, ?, ?, ?, 'test', '{}', '', '')`,
    [resource.id, type, name, fold(name)],
  );
  for (const [className, rows] of Object.entries(resource.rows)) {
    const owner = catalogue.findClass(className);
    if (!owner) throw new Error(`the test names no class ${className}`);
    for (const [rowNumber, row] of rows.entries()) {
      const columns: string[] = [];
      const values: (string | number | null)[] = [];
      for (const [propertyName, value] of Object.entries(row)) {
        const property = owner.findProperty(propertyName);
        if (!property) throw new Error(`${className} has no ${propertyName}`);
        if (property.isArray) {
          for (const item of Array.isArray(value) ? value : [value]) {
            const stored = storedValue(item, property.type);
            if (stored === null) continue;
            await run('insert or ignore into resource_value values (?, ?, ?)', [
              property.id,
              resource.id,
              stored,
            ]);
          }
        } else if (!Array.isArray(value)) {
          columns.push(`, ${property.column}`);
          values.push(storedValue(value, property.type));
        }
      }
      await run(
        `insert into ${owner.table} (resource_id, row_no${columns.join('')})
          values (?, ?${columns.map(() => ', ?').join('')})`,
        [resource.id, rowNumber, ...values],
      );
    }
  }
}

/** A value as the class tables hold it. */
function storedValue(value: Value, type: PropertyType): string | number | null {
  if (value === null) return null;
  if (type === 'datetime') return Date.parse(String(value));
  if (type === 'string') return fold(String(value));
  return Number(value);
}

/** The standard classes as definitions of a test inventory. */
export function standardDefinitions(): Record<string, ClassDefinition> {
  const definitions: Record<string, ClassDefinition> = {};
  for (const { name, kind, resourceType, properties } of standardClasses) {
    const declared = properties
      .filter(property => property.name !== 'ResourceID')
      .map(property => [property.name, property.isArray ? `${property.type}[]` : property.type] as const);
    definitions[name] = {
      kind,
      resourceType,
      properties: Object.fromEntries(declared) as ClassDefinition['properties'],
    };
  }
  return definitions;
}
