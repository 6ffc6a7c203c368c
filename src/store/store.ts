import type { CreateTableBuilder, Kysely, RawBuilder, Transaction } from 'kysely';
import type { Database } from './schema.ts';

/** A value that goes into or comes out of a column. */
export type SqlValue = string | number | null | Uint8Array;

/** Either the store's handle or an open transaction: what a function takes that only reads or writes rows. */
export type Queries = Kysely<Database> | Transaction<Database>;

/**
 * The one place where Rollcall keeps what it knows. One handle a thread; several threads or processes may open
 * the same store.
 */
export interface Store {
  /** Queries outside a transaction. Inside `transaction`, use the handle given there. */
  readonly db: Kysely<Database>;
  /** What differs between the databases. */
  readonly dialect: Dialect;
  /**
   * Runs `work` in one write transaction: all of it is kept or nothing. It must not wait for the network: the
   * store has one writer at a time.
   */
  transaction<T>(work: (tx: Transaction<Database>) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** What differs between SQLite and PostgreSQL. Whoever adds a database writes one file of this shape. */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres';
  /**
   * Inserts many rows into a table with as little overhead as the database allows, within an open transaction: where it
   * fails, nothing more can be done in that transaction. `onConflict` 'replace' overwrites the row with the same primary
   * key, 'ignore' keeps it. A row has been read when the next one is asked for: one list may serve for all of them.
   */
  insertMany(
    db: Queries,
    table: string,
    columns: readonly string[],
    rows: Iterable<readonly SqlValue[]>,
    onConflict?: 'replace' | 'ignore',
  ): Promise<void>;
  /**
   * Gives the rows of a query one by one, without holding them all: for results by the hundred thousand. They are of one
   * instant. `take` must not use the store.
   */
  forEach<Row>(db: Queries, query: RawBuilder<Row>, take: (row: Row) => void): Promise<void>;
  /**
   * A list of values as a subquery, for `column in ${among(values)}`: one parameter however many there are, so that the
   * statement stays prepared.
   */
  among(values: readonly string[] | readonly number[]): RawBuilder<unknown>;
  /**
   * Keeps up to so much of the store in memory while `work` goes on, for work that comes back to the same places all
   * over the store. What is more than the handle's usual share is given back when the last of such work has ended.
   */
  withCache<T>(mebibytes: number, work: () => Promise<T>): Promise<T>;
  /** Lays the rows of a table about to be made in the order of its primary key, where the database can. */
  clustered<T extends string, C extends string>(builder: CreateTableBuilder<T, C>): CreateTableBuilder<T, C>;
}
