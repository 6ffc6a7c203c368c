import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog, openApplication } from '../../api/index.ts';
import { storeFile } from '../../schedule/index.ts';
import type { Terminal } from '../terminal.ts';
import type { Connection } from './connection.ts';

/** What ROLLCALL_LOG may be; a command alone logs nothing, for its errors are told in words. */
const logLevels = ['error', 'warn', 'info', 'debug'];

/**
 * Opens the application in this process on the store of a folder.
 * @throws Problem when the store can not be opened
 */
export async function openLocal(dataDir: string, { env, stderr }: Terminal): Promise<Connection> {
  const level = env.ROLLCALL_LOG;
  const log =
    level && logLevels.includes(level) ? createLog(level, { write: text => stderr.write(text) }) : undefined;
  return openApplication({ dataDir, env, ...(log ? { log } : {}) });
}

/** As `openLocal`, but on an empty store for this once where the folder has none: nothing is made there. */
export async function openLocalOrEmpty(dataDir: string, terminal: Terminal): Promise<Connection> {
  if (existsSync(storeFile(dataDir))) return openLocal(dataDir, terminal);
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-'));
  const forget = () => rm(folder, { recursive: true, force: true });
  try {
    const application = await openLocal(folder, terminal);
    return { client: application.client, close: () => application.close().finally(forget) };
  } catch (error) {
    await forget();
    throw error;
  }
}
