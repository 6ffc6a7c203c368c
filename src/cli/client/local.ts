import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApplication } from '../../api/index.ts';
import { storeFile } from '../../schedule/index.ts';
import type { Terminal } from '../terminal.ts';
import type { Connection } from './connection.ts';

/**
 * Opens the application in this process on the store of a folder.
 * @throws Problem when the store can not be opened
 */
export async function openLocal(dataDir: string, env: Terminal['env']): Promise<Connection> {
  return openApplication({ dataDir, env });
}

/** As `openLocal`, but on an empty store for this once where the folder has none: nothing is made there. */
export async function openLocalOrEmpty(dataDir: string, env: Terminal['env']): Promise<Connection> {
  if (existsSync(storeFile(dataDir))) return openLocal(dataDir, env);
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-'));
  const forget = () => rm(folder, { recursive: true, force: true });
  try {
    const application = await openLocal(folder, env);
    return { client: application.client, close: () => application.close().finally(forget) };
  } catch (error) {
    await forget();
    throw error;
  }
}
