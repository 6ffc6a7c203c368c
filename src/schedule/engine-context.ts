import { join } from 'node:path';
import type { Clock } from '../base/index.ts';
import { openSecrets, type Secrets } from '../directory/index.ts';
import { openSqlite, type Store } from '../store/index.ts';
import { type Directories, openDirectories } from './directories.ts';

/** What the work is done with, one in each thread that works: store, keys, connections to Entra. */
export interface EngineContext {
  dataDir: string;
  store: Store;
  secrets: Secrets;
  directories: Directories;
  clock: Clock;
  close(): Promise<void>;
}

/** The file of the store in a data folder. */
export function storeFile(dataDir: string): string {
  return join(dataDir, 'rollcall.db');
}

/** The folder where files lie while they wait to be imported. */
export function spoolFolder(dataDir: string): string {
  return join(dataDir, 'spool');
}

/** How much of the store the engine keeps in memory: runs of groups gain nothing by more. */
export const engineCacheMiB = 16;

/** And while it evaluates or imports: the indexes of a million resources. */
export const sweepCacheMiB = 256;

/**
 * Limits of the engine's heap. They are far above what it needs; V8 collects garbage the later the higher they are, so
 * they decide how much of it lies about: with the limits that a large machine gives by itself, runs of large groups
 * take 90 MiB more for the same processor time (docs/benchmarks.md). V8 keeps 4 times what lives from 2 GiB on.
 */
export const engineLimits = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 1024 };

/**
 * Opens all that a thread needs to work on a data folder.
 * @param cacheMiB how much of the store it keeps in memory; without it, what `openSqlite` takes by itself
 * @throws Problem when the folder, the store or the key can not be used
 */
export async function openEngineContext(
  dataDir: string,
  env: Readonly<Record<string, string | undefined>>,
  clock: Clock,
  cacheMiB?: number,
): Promise<EngineContext> {
  const store = await openSqlite(storeFile(dataDir), cacheMiB === undefined ? {} : { cacheMiB });
  try {
    const secrets = await openSecrets(dataDir, env);
    const directories = openDirectories(store, secrets, clock);
    return {
      dataDir,
      store,
      secrets,
      directories,
      clock,
      async close() {
        await directories.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
