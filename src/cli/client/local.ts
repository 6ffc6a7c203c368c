import type { Terminal } from '../terminal.ts';
import type { Connection } from './connection.ts';

/** Opens the application in this process on the store of a folder. */
export async function openLocal(dataDir: string, _env: Terminal['env']): Promise<Connection> {
  throw new Error(`not yet: ${dataDir}`);
}
