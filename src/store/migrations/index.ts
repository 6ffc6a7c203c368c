import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { initial } from './0001-initial.ts';
import { forConsole } from './0006-console.ts';
import type { MigrationDialect } from './dialect.ts';

/** All migrations in order. They only ever run forward; a landed one is never edited. */
export function migrations(dialect: MigrationDialect): Record<string, Migration> {
  const step = (up: (db: Kysely<unknown>, dialect: MigrationDialect) => Promise<void>): Migration => ({
    up: db => up(db, dialect),
  });
  return { '0001-initial': step(initial), '0006-console': step(forConsole) };
}
