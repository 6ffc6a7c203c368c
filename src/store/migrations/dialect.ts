import type { ColumnDataType, CreateTableBuilder } from 'kysely';

/** What the definition of a table needs from the database it is made in. */
export interface MigrationDialect {
  /** Adds an integer primary key that the database hands out, ever growing. */
  numbered<T extends string>(builder: CreateTableBuilder<T>, key: string): CreateTableBuilder<T, string>;
  /** Lays the rows in the order of the primary key, where the database can. */
  clustered<T extends string, C extends string>(builder: CreateTableBuilder<T, C>): CreateTableBuilder<T, C>;
  /** A column that holds numbers as numbers and text as text. */
  readonly anyValue: ColumnDataType;
}
