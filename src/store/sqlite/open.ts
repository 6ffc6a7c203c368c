import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Kysely, type RawBuilder, sql } from 'kysely';
import { Problem } from '../../base/index.ts';
import { makeFolder } from '../folder.ts';
import { migrate } from '../migrate.ts';
import type { MigrationDialect } from '../migrations/dialect.ts';
import type { Database } from '../schema.ts';
import type { Dialect, Queries, Store } from '../store.ts';
import { Cache } from './cache.ts';
import { NodeSqliteDialect } from './driver.ts';
import { insertMany } from './insert-many.ts';
import { sqliteProblem } from './problems.ts';

/**
 * Opens the embedded store in a file, making and migrating it where needed.
 * @param file path of the database, or ':memory:' for one that lives as long as the handle
 * @param options.cacheMiB how much of the file this handle keeps in memory, in MiB, unless work asks for more
 * @throws Problem when the file can not be opened or is not a store
 */
export async function openSqlite(file: string, { cacheMiB = 64 } = {}): Promise<Store> {
  const database = openFile(file);
  const cache = new Cache(database, cacheMiB);
  const db = new Kysely<Database>({ dialect: new NodeSqliteDialect(database) });
  try {
    await migrate(db, sqliteMigrations);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    db,
    dialect: sqliteDialect(database, cache),
    transaction: work => db.transaction().execute(work),
    close: () => db.destroy(),
  };
}

function openFile(file: string): DatabaseSync {
  try {
    if (file !== ':memory:') makeFolder(dirname(file));
    const database = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: 30_000 });
    // WAL lets the server read while the engine writes. NORMAL keeps every commit through a crash of the process
    // and the file whole through a loss of power; FULL keeps the last commits then too, and intent must survive.
    // Page size counts only for a new file; larger pages and fewer checkpoints make imports a quarter faster.
    database.exec('pragma page_size = 8192; pragma journal_mode = wal; pragma synchronous = full');
    database.exec('pragma wal_autocheckpoint = 8000; pragma journal_size_limit = 67108864');
    database.exec('pragma temp_store = memory');
    // SQLite can not be interrupted from outside while it works in this thread.
    database.function('in_time', (_row, until) => {
      if (Date.now() <= Number(until)) return 1;
      throw tooLong();
    });
    return database;
  } catch (error) {
    const problem = sqliteProblem(error, 'open');
    if (problem instanceof Problem) throw problem;
    throw new Problem(
      'storage',
      'store-unavailable',
      `The store ${file} can not be opened: ${error instanceof Error ? error.message : String(error)}.`,
      'Check that the folder given by --data exists, is yours and has space.',
      { cause: error },
    );
  }
}

function tooLong(): Problem {
  return new Problem(
    'invalid',
    'query-too-long',
    'The query takes too long and was given up.',
    'Join its classes by ResourceID, and ask for less.',
  );
}

const sqliteMigrations: MigrationDialect = {
  numbered: (builder, key) => builder.addColumn(key, 'integer', c => c.primaryKey().autoIncrement()),
  clustered: builder => builder.modifyEnd(sql`without rowid`),
  // "blob" gives a column no affinity: SQLite then keeps every value as it comes.
  anyValue: 'blob',
  appendOnly: log => [
    sql`create trigger ${sql.ref(`${log}_is_not_changed`)} before update on ${sql.table(log)} when old.outcome <> 'begun'
      begin select raise(abort, 'the log is append-only'); end`,
    sql`create trigger ${sql.ref(`${log}_is_kept`)} before delete on ${sql.table(log)}
      when old.at > strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-30 days')
      begin select raise(abort, 'the log is append-only'); end`,
  ],
};

function sqliteDialect(database: DatabaseSync, cache: Cache): Dialect {
  return {
    name: 'sqlite',
    clustered: sqliteMigrations.clustered,
    among: values => sql`(select value from json_each(${JSON.stringify(values)}))`,
    async forEach<Row>(db: Queries, query: RawBuilder<Row>, take: (row: Row) => void) {
      const { sql: text, parameters } = query.compile(db);
      const all = async () => {
        try {
          const rows = database.prepare(text).iterate(...(parameters as SQLInputValue[]));
          for (const row of rows) take(row as Row);
        } catch (error) {
          throw sqliteProblem(error, text);
        }
      };
      // In its turn, as every query: another's transaction that is open shows what may never be kept.
      await (db.isTransaction ? all() : db.connection().execute(all));
    },
    withCache: cache.with,
    async insertMany(_db, table, columns, rows, onConflict) {
      insertMany(database, { table, columns, verb: `insert or ${onConflict ?? 'rollback'}` }, rows);
    },
  };
}
