import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { Problem } from '../base/index.ts';
import type { MigrationDialect } from './migrations/dialect.ts';
import { migrations } from './migrations/index.ts';
import type { Database } from './schema.ts';

/**
 * Brings a store's tables up to this version: all in one transaction, so that a store is never between two versions,
 * and whoever opens it at the same time waits. A store that is up to date is only read: somebody may be writing.
 * @throws Problem when a newer version of Rollcall has written the store
 */
export async function migrate(db: Kysely<Database>, dialect: MigrationDialect): Promise<void> {
  const all: Record<string, Migration> = migrations(dialect);
  const migrator = new Migrator({ db, provider: { getMigrations: async () => all } });
  const isUpToDate = (await migrator.getMigrations()).every(({ executedAt }) => executedAt !== undefined);
  const { error } = await migrator.migrateToLatest({ disableTransactions: isUpToDate });
  if (!error) return;
  if (error instanceof Error && error.message.includes('corrupted migrations')) {
    throw new Problem(
      'storage',
      'store-too-new',
      'The data folder was written by a newer version of Rollcall.',
      'Update Rollcall, or point --data at another folder.',
      { cause: error },
    );
  }
  throw error;
}
