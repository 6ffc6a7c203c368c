// Where Rollcall keeps what it knows: schema, migrations, dialects.

export { makeFolder } from './folder.ts';
export { acquireLease, leaseOwner, releaseLease, renewLease, withLease } from './leases.ts';
export { beginsWith, contains } from './like.ts';
export * from './schema.ts';
export { type SortField, sortedPage } from './sorting.ts';
export { openSqlite } from './sqlite/open.ts';
export type { Dialect, Queries, SqlValue, Store } from './store.ts';
