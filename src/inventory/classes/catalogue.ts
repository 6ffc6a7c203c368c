import { fold } from '../../base/index.ts';
import type { PropertyType, Queries, ResourceType, Store } from '../../store/index.ts';
import { classTable, propertyColumn } from './class-table.ts';
import { resourceIdKey } from './registered-class.ts';
import { allStandard, type KnownStandard } from './standard-lookup.ts';

/** All classes that a query may name: the standard's, and those that the inventory has brought. */
export interface Catalogue {
  /** By name in any case. */
  findClass(name: string): CatalogueClass | undefined;
  classNames(): string[];
}

/** A class as a query sees it. */
export interface CatalogueClass {
  name: string;
  resourceType: ResourceType;
  kind: 'resource' | 'inventory';
  /** Null: known, but the inventory has no row of it. */
  table: string | null;
  /** By name in any case. */
  findProperty(name: string): CatalogueProperty | undefined;
  propertyNames(): string[];
}

/** A property as a query sees it. */
export interface CatalogueProperty {
  name: string;
  type: PropertyType;
  isArray: boolean;
  /** The column of the class's table; null: no value yet, or an array. ResourceID is `resource_id` itself. */
  column: string | null;
  /** Names it in resource_value and in the change feed; null: no value yet. ResourceID's stands for rows coming and going. */
  id: number | null;
}

/** Reads the catalogue as it is now. It does not follow later imports: load it again for each evaluation. */
export async function loadCatalogue(store: Store | { db: Queries }): Promise<Catalogue> {
  const classes = new Map<string, MutableClass>();
  for (const [key, known] of allStandard()) classes.set(key, fromStandard(known));
  const byId = new Map<number, MutableClass>();
  for (const row of await store.db.selectFrom('inventory_class').selectAll().orderBy('id').execute()) {
    const known = classes.get(row.name_key) ?? new MutableClass(row.name, row.resource_type, row.kind);
    known.table = classTable(row.id);
    classes.set(row.name_key, known);
    byId.set(row.id, known);
  }
  for (const row of await store.db.selectFrom('inventory_property').selectAll().orderBy('id').execute()) {
    const isArray = row.is_array === 1;
    const column = isArray ? null : row.name_key === resourceIdKey ? 'resource_id' : propertyColumn(row.id);
    const known = byId.get(row.class_id);
    // The standard's spelling, where there is one: hints in messages show it.
    const name = known?.findProperty(row.name)?.name ?? row.name;
    known?.put({ name, type: row.type as PropertyType, isArray, column, id: row.id });
  }
  return {
    findClass: name => classes.get(fold(name)),
    classNames: () => [...classes.values()].map(one => one.name),
  };
}

class MutableClass implements CatalogueClass {
  readonly name: string;
  readonly resourceType: ResourceType;
  readonly kind: 'resource' | 'inventory';
  table: string | null = null;
  readonly #properties = new Map<string, CatalogueProperty>();

  constructor(name: string, resourceType: ResourceType, kind: 'resource' | 'inventory') {
    this.name = name;
    this.resourceType = resourceType;
    this.kind = kind;
    this.put({ name: 'ResourceID', type: 'integer', isArray: false, column: 'resource_id', id: null });
  }

  put(property: CatalogueProperty): void {
    this.#properties.set(fold(property.name), property);
  }

  findProperty(name: string): CatalogueProperty | undefined {
    return this.#properties.get(fold(name));
  }

  propertyNames(): string[] {
    return [...this.#properties.values()].map(property => property.name);
  }
}

function fromStandard(known: KnownStandard): MutableClass {
  const result = new MutableClass(known.name, known.resourceType, known.kind);
  for (const [key, { name, type, isArray }] of known.properties) {
    if (key !== resourceIdKey) result.put({ name, type, isArray, column: null, id: null });
  }
  return result;
}
