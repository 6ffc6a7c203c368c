import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { type Clock, systemClock } from '../base/index.ts';
import { createEngine, engineCacheMiB, type Log, noLog, openEngineContext } from '../schedule/index.ts';
import { Attempts } from './auth/attempts.ts';
import { type PasswordCost, Passwords } from './auth/passwords.ts';
import { ensureLocalToken } from './auth/tokens.ts';
import { Changes } from './changes.ts';
import { type Client, createClient, type Transport } from './client/index.ts';
import { createApp } from './http/app.ts';
import type { Services } from './services.ts';
import { SignIns } from './sign-ins.ts';
import { packageVersion } from './version.ts';

/** Where an application lives, and what it reads of its surroundings. */
export interface ApplicationOptions {
  dataDir: string;
  /** Environment of the process: keys, proxy. */
  env: Readonly<Record<string, string | undefined>>;
  clock?: Clock;
  log?: Log;
  /** What the hash of a new password takes; OWASP's advice unless given. */
  passwordCost?: PasswordCost;
}

/** The application in this process, spoken to without a socket. */
export interface Application {
  client: Client;
  /** The administrator's token of the data folder. */
  token: string;
  app: FastifyInstance;
  /** Stops what runs at its next safe point, then gives everything back. */
  close(): Promise<void>;
}

/**
 * Opens the application of a data folder for one command: the same routes and checks as the server's, with the
 * engine in this thread.
 * @throws Problem when the folder or its store can not be used
 */
export async function openApplication(options: ApplicationOptions): Promise<Application> {
  const parts = await openParts(options, 'inline');
  try {
    const app = await createApp(parts.services);
    return {
      app,
      token: parts.token,
      client: createClient(injected(app), parts.token),
      async close() {
        await parts.services.engine.close();
        await app.close();
        await parts.close();
      },
    };
  } catch (error) {
    await parts.close();
    throw error;
  }
}

/** What server and one-shot application are both made of. */
export interface Parts {
  services: Services;
  token: string;
  /** Whether this was the data folder's first start. */
  isFirstStart: boolean;
  /** Closes engine, connections and store. */
  close(): Promise<void>;
}

/** Opens store, keys, connections and engine of a data folder. */
export async function openParts(options: ApplicationOptions, mode: 'inline' | 'worker'): Promise<Parts> {
  const { dataDir, env, clock = systemClock, log = noLog, passwordCost } = options;
  const context = await openEngineContext(
    dataDir,
    env,
    clock,
    mode === 'inline' ? engineCacheMiB : undefined,
  );
  try {
    const { token, isNew } = await ensureLocalToken(context.store, dataDir, clock);
    const engine = await createEngine({ context, dataDir, mode, env, log });
    const { store, secrets, directories } = context;
    const signIns = new SignIns(secrets, clock);
    return {
      services: {
        store,
        secrets,
        directories,
        engine,
        clock,
        log,
        dataDir,
        env,
        version: packageVersion(),
        nextCycle: () => null,
        attempts: new Attempts(clock),
        passwords: new Passwords(passwordCost),
        changes: new Changes(),
        signIns,
      },
      token,
      isFirstStart: isNew,
      async close() {
        await engine.close();
        await signIns.close();
        await context.close();
      },
    };
  } catch (error) {
    await context.close();
    throw error;
  }
}

/** Carries requests straight into the application. */
function injected(app: FastifyInstance): Transport {
  return async ({ method, url, headers, body }, signal) => {
    signal?.throwIfAborted();
    const answer = await app.inject({
      method: method as 'GET',
      url,
      headers,
      ...(signal ? { signal } : {}),
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : Readable.from(body) }),
    });
    const { etag } = answer.headers;
    return {
      status: answer.statusCode,
      body: answer.body,
      etag: typeof etag === 'string' ? etag : undefined,
    };
  };
}
