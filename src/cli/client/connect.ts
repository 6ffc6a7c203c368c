import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../../base/index.ts';
import { readText } from '../files.ts';
import { dataFolder, type GlobalOptions } from '../options.ts';
import type { Terminal } from '../terminal.ts';
import type { Connection } from './connection.ts';
import { connectServer } from './http.ts';
import { openLocal, openLocalOrEmpty } from './local.ts';

/**
 * Connects to the server that the options or ROLLCALL_SERVER name, else opens the application in this process.
 * @param store 'kept': the store of the data folder, made where there is none; 'any': an empty one will do as well
 * @throws Problem when there is no token for the server, or the store can not be opened
 */
export async function connect(
  options: GlobalOptions,
  terminal: Terminal,
  store: 'kept' | 'any' = 'kept',
): Promise<Connection> {
  const { env } = terminal;
  const server = options.server ?? (options.data === undefined ? env.ROLLCALL_SERVER : undefined);
  if (!server) {
    const dataDir = dataFolder(options, env);
    return store === 'kept' ? openLocal(dataDir, terminal) : openLocalOrEmpty(dataDir, terminal);
  }
  return connectServer({
    url: new URL(server),
    token: await tokenFor(options, env),
    ...(options.serverCa === undefined ? {} : { ca: await readText(options.serverCa, '--server-ca') }),
  });
}

async function tokenFor(options: GlobalOptions, env: Terminal['env']): Promise<string> {
  const token = (await givenToken(options, env)).trim();
  // It goes into a header: only visible ASCII may.
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new Problem(
    'unauthenticated',
    'bad-token',
    'The token for the server is empty or has signs in it that no token has.',
    'Look at ROLLCALL_TOKEN or at the file given by --token-file.',
  );
}

async function givenToken(options: GlobalOptions, env: Terminal['env']): Promise<string> {
  if (options.tokenFile !== undefined) return readText(options.tokenFile, '--token-file');
  if (env.ROLLCALL_TOKEN) return env.ROLLCALL_TOKEN;
  try {
    return await readFile(join(dataFolder({}, env), 'token'), 'utf8');
  } catch (error) {
    throw new Problem(
      'unauthenticated',
      'no-token',
      'There is no token to sign in to the server with.',
      'Put one into ROLLCALL_TOKEN or into a file given by --token-file; the server wrote its first to DATA/token.',
      { cause: error },
    );
  }
}
