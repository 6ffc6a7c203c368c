import type { ColumnDataType, CreateTableBuilder, RawBuilder } from 'kysely';

/** What the definition of a table needs from the database it is made in. */
export interface MigrationDialect {
  /** Adds an integer primary key that the database hands out, ever growing. */
  numbered<T extends string>(builder: CreateTableBuilder<T>, key: string): CreateTableBuilder<T, string>;
  /** Lays the rows in the order of the primary key, where the database can. */
  clustered<T extends string, C extends string>(builder: CreateTableBuilder<T, C>): CreateTableBuilder<T, C>;
  /** A column that holds numbers as numbers and text as text. */
  readonly anyValue: ColumnDataType;
  /**
   * What makes the database itself refuse to change a row of the log whose `outcome` is no longer 'begun', and to
   * delete one that is younger than 30 days by its `at`.
   */
  appendOnly(log: string): readonly RawBuilder<unknown>[];
}
