import type { ColumnDataType, CreateTableBuilder, Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { initial } from './0001-initial.ts';

/** What the definition of a table needs from the database it is made in. */
export interface MigrationDialect {
  /** Adds an integer primary key that the database hands out, ever growing. */
  numbered<T extends string>(builder: CreateTableBuilder<T>, key: string): CreateTableBuilder<T, string>;
  /** Lays the rows in the order of the primary key, where the database can. */
  clustered<T extends string, C extends string>(builder: CreateTableBuilder<T, C>): CreateTableBuilder<T, C>;
  /** A column that holds numbers as numbers and text as text. */
  readonly anyValue: ColumnDataType | ReturnType<typeof import('kysely').sql>;
}

/** All migrations in order. They only ever run forward; a landed one is never edited. */
export function migrations(dialect: MigrationDialect): Record<string, Migration> {
  const step = (up: (db: Kysely<unknown>, dialect: MigrationDialect) => Promise<void>): Migration => ({
    up: db => up(db, dialect),
  });
  return { '0001-initial': step(initial) };
}
