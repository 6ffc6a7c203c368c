import { Readable } from 'node:stream';
import { getCACertificates } from 'node:tls';
import { Agent, type Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import { createClient } from '../../api/index.ts';
import { Problem } from '../../base/index.ts';
import type { Connection } from './connection.ts';

/** Where a server is and how to be believed there. */
export interface ServerAddress {
  url: URL;
  token: string;
  /** PEM of a certificate authority to trust beside those of the system. */
  ca?: string;
}

/** Connects to a server over HTTP(S), through the proxy of the environment unless it is this machine. */
export function connectServer(server: ServerAddress): Connection {
  const dispatcher = dispatcherFor(server);
  const base = server.url.href.replace(/\/$/, '');
  const client = createClient(async ({ method, url, headers, body }, signal) => {
    try {
      const answer = await request(`${base}${url}`, {
        method: method as Dispatcher.HttpMethod,
        headers,
        body: typeof body === 'object' ? Readable.from(body) : body,
        dispatcher,
        signal,
      });
      const { etag } = answer.headers;
      return {
        status: answer.statusCode,
        body: await answer.body.text(),
        etag: typeof etag === 'string' ? etag : undefined,
      };
    } catch (error) {
      throw signal?.aborted ? signal.reason : unreachable(server.url, error);
    }
  }, server.token);
  return { client, close: () => dispatcher.close() };
}

/** Longer than the server holds a request back; an import may take its time. */
const timeouts = { headersTimeout: 0, bodyTimeout: 0, connectTimeout: 10_000 };

function dispatcherFor(server: ServerAddress): Dispatcher {
  const tls = server.ca ? { ca: [...getCACertificates('default'), server.ca] } : {};
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(server.url.hostname);
  return local
    ? new Agent({ ...timeouts, connect: tls })
    : new EnvHttpProxyAgent({ ...timeouts, connect: tls, requestTls: tls });
}

function unreachable(url: URL, error: unknown): Problem {
  const cause = error instanceof Error ? error : new Error(String(error));
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  const words = certificateCodes.test(code)
    ? ['its certificate is not trusted', 'Give its certificate authority with --server-ca FILE.']
    : [
        connectWords[code] ?? cause.message,
        'Check the address, and that the server runs (rollcall serve) and can be reached from here.',
      ];
  return new Problem(
    'upstream',
    'server-unreachable',
    `The server ${url.href} can not be reached: ${words[0]}.`,
    words[1] ?? '',
    {
      cause,
    },
  );
}

const certificateCodes = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/;

const connectWords: Record<string, string> = {
  ECONNREFUSED: 'nobody listens there',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name can not be looked up now',
  ECONNRESET: 'the connection was cut',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
  UND_ERR_SOCKET: 'the connection was cut',
};
