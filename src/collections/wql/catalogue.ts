// What the checker must know of the inventory. inventory/ has structural twins of these: arrows run from
// collections to inventory only, and this room is pure.

export type ResourceType = 'device' | 'user';

/** string: folded text; integer, real: numbers; boolean: 0 or 1; datetime: milliseconds since 1970 in UTC. */
export type PropertyType = 'string' | 'integer' | 'real' | 'boolean' | 'datetime';

/** The classes that queries may name; names ignore case. */
export interface Catalogue {
  findClass(name: string): CatalogueClass | undefined;
  classNames(): string[];
}

/** A class: SMS_R_… ('resource', a row a resource) or SMS_G_… and the like ('inventory', any number of rows). */
export interface CatalogueClass {
  name: string;
  resourceType: ResourceType;
  kind: 'resource' | 'inventory';
  /** The table that holds its rows; null: known, but no rows yet. */
  table: string | null;
  findProperty(name: string): CatalogueProperty | undefined;
  propertyNames(): string[];
}

export interface CatalogueProperty {
  name: string;
  type: PropertyType;
  isArray: boolean;
  /** The column that holds it; null: no values yet, or an array. */
  column: string | null;
  /** Its number in resource_value, where it is an array; null: no values yet. */
  id: number | null;
}
