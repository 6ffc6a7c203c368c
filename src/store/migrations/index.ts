import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { initial } from './0001-initial.ts';
import { arrayIndexes } from './0002-array-indexes.ts';
import { decisionsAndUndo } from './0003-decisions-and-undo.ts';
import { groupReadings } from './0004-group-readings.ts';
import { forTenants } from './0005-tenants.ts';
import { forConsole } from './0006-console.ts';
import { wholeReads } from './0007-whole-reads.ts';
import { forLists } from './0008-lists.ts';
import type { MigrationDialect } from './dialect.ts';

/** All migrations in order. They only ever run forward; a landed one is never edited. */
export function migrations(dialect: MigrationDialect): Record<string, Migration> {
  const step = (up: (db: Kysely<unknown>, dialect: MigrationDialect) => Promise<void>): Migration => ({
    up: db => up(db, dialect),
  });
  return {
    '0001-initial': step(initial),
    '0002-array-indexes': step(arrayIndexes),
    '0003-decisions-and-undo': step(decisionsAndUndo),
    '0004-group-readings': step(groupReadings),
    '0005-tenants': step(forTenants),
    '0006-console': step(forConsole),
    '0007-whole-reads': step(wholeReads),
    '0008-lists': step(forLists),
  };
}
