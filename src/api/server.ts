import { isIP } from 'node:net';
import type { Logger } from 'pino';
import { Problem } from '../base/index.ts';
import { type Cycle, type Engine, type Job, startCycle } from '../schedule/index.ts';
import { type ApplicationOptions, openParts, type Parts } from './application.ts';
import { createApp } from './http/app.ts';

/** How a server is started. */
export interface ServerOptions extends Omit<ApplicationOptions, 'log'> {
  /** An address of this machine; anything but loopback needs TLS. */
  host: string;
  /** 0: any free one. */
  port: number;
  /** Certificate and key in PEM. */
  tls?: { cert: string; key: string };
  /** Addresses and networks (CIDR) of proxies that are believed whom they speak for. */
  trustedProxies?: readonly string[];
  /** Whether everything is brought in step every five minutes. */
  cycle: boolean;
  log: Logger;
}

/** A server that listens. */
export interface Server {
  /** Where it listens, without a slash at the end. */
  url: string;
  /** The administrator's token; shown once, when `isFirstStart`. */
  token: string;
  isFirstStart: boolean;
  engine: Engine;
  /** Starts the 5-minute cycle where `cycle` was off. @returns the first round's job when that has ended */
  startCycle(): Promise<Job | undefined>;
  /** Takes no more requests, stops running work at its next safe point, and gives everything back. */
  close(): Promise<void>;
}

/**
 * Starts server, engine and schedule on a data folder.
 * @throws Problem `tls-needed`, `address-in-use`, `address-unusable`, or why the data folder can not be used
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  requireTls(options);
  const parts = await openParts(options, 'worker');
  try {
    return await listen(parts, options);
  } catch (error) {
    await parts.close();
    throw error;
  }
}

async function listen(parts: Parts, options: ServerOptions): Promise<Server> {
  const { host, port, tls, trustedProxies, log } = options;
  let cycle: Cycle | undefined;
  const services = { ...parts.services, nextCycle: () => cycle?.next() ?? null };
  const app = await createApp(services, {
    ...(tls ? { tls } : {}),
    ...(trustedProxies ? { trustedProxies } : {}),
    logger: log,
  });
  const start = () => {
    cycle ??= startCycle(services.engine, services.clock, log);
    return cycle.first;
  };
  let closing: Promise<void> | undefined;
  const close = async () => {
    cycle?.stop();
    await services.engine.close();
    await app.close();
    await parts.close();
    log.info({}, 'stopped');
  };
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw listenProblem(error, host, port);
  }
  const url = urlOf(app.server.address(), host, tls !== undefined);
  log.info({ url }, 'listening');
  if (options.cycle) start().catch(() => {});
  return {
    url,
    token: parts.token,
    isFirstStart: parts.isFirstStart,
    engine: services.engine,
    startCycle: start,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** Nothing leaves this machine unencrypted. */
function requireTls({ host, tls }: ServerOptions): void {
  if (tls || isLoopback(host)) return;
  throw new Problem(
    'invalid',
    'tls-needed',
    `The address ${host} can be reached from other machines, and there is no TLS.`,
    'Give --tls-self-signed, or a certificate with --tls-cert and --tls-key, or listen on 127.0.0.1.',
  );
}

function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  if (isIP(bare) === 4) return bare.startsWith('127.');
  return bare === '::1' || bare === 'localhost';
}

function urlOf(
  address: ReturnType<import('node:net').Server['address']>,
  host: string,
  isSecure: boolean,
): string {
  const port = typeof address === 'object' && address ? address.port : 0;
  const name = isIP(host) === 6 ? `[${host}]` : host;
  return `${isSecure ? 'https' : 'http'}://${name}:${port}`;
}

function listenProblem(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new Problem(
      'conflict',
      'address-in-use',
      `Something already listens on ${host}:${port}.`,
      'Is a Rollcall server running? Otherwise choose another port with --port.',
      { cause: error },
    );
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EACCES') {
    return new Problem(
      'invalid',
      'address-unusable',
      `This machine can not listen on ${host}:${port}.`,
      'Choose an address of this machine with --host, and a port above 1023.',
      { cause: error },
    );
  }
  return error;
}
