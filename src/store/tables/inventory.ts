import type { Generated } from 'kysely';
import type { Flag } from './flag.ts';

/** Resources, what is known of them, and the feed of what changes. */
export interface InventoryTables {
  inventory_class: InventoryClassTable;
  inventory_property: InventoryPropertyTable;
  resource: ResourceTable;
  resource_value: ResourceValueTable;
  resource_change: ResourceChangeTable;
  import_run: ImportTable;
}

export type ResourceType = 'device' | 'user';

/** A class that the inventory has brought: SMS_R_System, SMS_R_User, SMS_G_System_… or a custom one. */
export interface InventoryClassTable {
  id: Generated<number>;
  name: string;
  name_key: string;
  resource_type: ResourceType;
  /** 'resource': one row a resource (SMS_R_…); 'inventory': any number of rows a resource. */
  kind: 'resource' | 'inventory';
}

/** A property of a class. Scalars live in column p<id> of table class_<class_id>, arrays in resource_value. */
export interface InventoryPropertyTable {
  id: Generated<number>;
  class_id: number;
  name: string;
  name_key: string;
  type: PropertyType;
  is_array: Flag;
}

/** string: folded text; integer, real: numbers; boolean: 0 or 1; datetime: milliseconds since 1970 in UTC. */
export type PropertyType = 'string' | 'integer' | 'real' | 'boolean' | 'datetime';

export interface ResourceTable {
  id: number;
  type: ResourceType;
  name: string;
  name_key: string;
  /** Which source brought it: 'import' unless the import named another, 'entra' for discovered ones. */
  source: string;
  external_id: string | null;
  /** Lower-case deviceId of Entra (devices). */
  entra_device_id: string | null;
  /** Lower-case object id (users). */
  entra_user_id: string | null;
  user_principal_name: string | null;
  /** Folded. */
  upn_key: string | null;
  on_premises_sid: string | null;
  /** JSON {properties, inventory} with values as they were given; class tables are made from it. */
  document: string;
  /** The import that saw it last, for --complete. */
  seen_import: number | null;
  created_at: string;
  updated_at: string;
}

/** One value of an array property. Strings are folded, as in the class tables. */
export interface ResourceValueTable {
  property_id: number;
  resource_id: number;
  value: string | number;
}

/** The change feed: which resource changed in which properties. Read by evaluation from its watermark on. */
export interface ResourceChangeTable {
  seq: Generated<number>;
  resource_id: number;
  resource_type: ResourceType;
  /** Property ids, ascending, joined by commas; '*' for a new or deleted resource. */
  touched: string;
  at: string;
}

/** One import run: its counts, and what it held back. */
export interface ImportTable {
  id: Generated<number>;
  source: string;
  started_at: string;
  finished_at: string | null;
  created: number;
  changed: number;
  unchanged: number;
  deleted: number;
  rejected: number;
  held: number;
}
