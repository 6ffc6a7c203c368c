import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { destination } from 'pino';
import { type Emulator, startEmulator } from '../../../../emulator/index.ts';
import { type Client, createLog, type Server, startServer } from '../../../api/index.ts';
import { Problem } from '../../../base/index.ts';
import { connectServer } from '../../client/index.ts';
import type { Terminal } from '../../terminal.ts';
import { usualPort } from '../serve.ts';

/**
 * Where the emulated tenant listens on the first start; later it must be where it was. By chance, so that the
 * demonstrations of several folders do not get into each other's way.
 */
const tenantPorts = { first: 20_000, last: 30_000 };

/** How many ports are tried where the usual one is taken. */
const portsTried = 20;

/** What the demonstration has running. */
export interface Site {
  readonly dataDir: string;
  readonly server: Server;
  readonly emulator: Emulator;
  readonly client: Client;
  /** Ends all of it in good order; the emulated tenant is kept in the data folder. */
  close(): Promise<void>;
}

/**
 * Starts the server on a data folder, and the emulated tenant that is kept there.
 * @param port of the server; absent: the usual one or the next that is free
 * @throws Problem when a port is taken or the folder can not be used
 */
export async function startSite(
  dataDir: string,
  env: Terminal['env'],
  port: number | undefined,
): Promise<Site> {
  const logFile = destination(join(dataDir, 'server.log'));
  // A log that can not be written (a full disk) ends nothing: what matters is told where it is asked for.
  logFile.on('error', () => {});
  const log = createLog('info', logFile);
  const listen = (at: number) =>
    startServer({ dataDir, env, host: '127.0.0.1', port: at, cycle: false, log });
  const server = await (port === undefined ? onFreePort(usualPort, listen) : listen(port));
  const { client, close } = connectServer({ url: new URL(server.url), token: server.token });
  try {
    const emulator = await startTenant(dataDir, client);
    return {
      dataDir,
      server,
      emulator,
      client,
      async close() {
        await close();
        await server.close();
        await emulator.close();
      },
    };
  } catch (error) {
    await close();
    await server.close();
    throw error;
  }
}

/** The emulated tenant; once it is connected it must come back where it was. */
async function startTenant(dataDir: string, client: Client): Promise<Emulator> {
  const stateFile = join(dataDir, 'tenant.json');
  const start = (port: number) =>
    startEmulator({ port, stateFile, displayName: 'Contoso', domain: 'contoso.com' });
  const { items } = await client.call('listTenants', {});
  const [connected] = items;
  if (!connected) return onFreePort(randomInt(tenantPorts.first, tenantPorts.last), start);
  const port = Number(new URL(connected.graphUrl).port);
  try {
    return await start(port);
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new Problem(
      'conflict',
      'address-in-use',
      `Something else listens on 127.0.0.1:${port}, where the emulated tenant of this folder was.`,
      'Is the demonstration running already? Otherwise end what listens there, or give another folder with --data.',
      { cause: error },
    );
  }
}

/** Tries port after port until one is free. */
async function onFreePort<T>(first: number, listen: (port: number) => Promise<T>): Promise<T> {
  for (let port = first; port < first + portsTried; port += 1) {
    try {
      return await listen(port);
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }
  return listen(0);
}

function isTaken(error: unknown): boolean {
  if (error instanceof Problem) return error.code === 'address-in-use';
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
