import type { AccessTables } from './tables/access.ts';
import type { CollectionTables } from './tables/collections.ts';
import type { GroupTables } from './tables/groups.ts';
import type { InventoryTables } from './tables/inventory.ts';
import type { RunTables } from './tables/runs.ts';
import type { TenantTables } from './tables/tenants.ts';
import type { WorkTables } from './tables/work.ts';

export type * from './tables/access.ts';
export type * from './tables/collections.ts';
export type * from './tables/flag.ts';
export type * from './tables/groups.ts';
export type * from './tables/inventory.ts';
export type * from './tables/runs.ts';
export type * from './tables/tenants.ts';
export type * from './tables/work.ts';

/**
 * The tables as Kysely sees them. Instants are ISO 8601 text in UTC; flags are 0 or 1; JSON is text. Tables of inventory
 * classes (class_<id>) come and go with the inventory and are not listed here: inventory/classes.ts makes them.
 */
export interface Database
  extends AccessTables,
    CollectionTables,
    GroupTables,
    InventoryTables,
    RunTables,
    TenantTables,
    WorkTables {}
