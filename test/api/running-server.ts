import type { AddressInfo } from 'node:net';
import { createClient } from '../../src/api/index.ts';
import type { Clock } from '../../src/base/index.ts';
import { type ApplicationSettings, application } from './house.ts';

/**
 * An application that listens on a free port, with a client over it; it ends with the test. Its engine is in this
 * thread: the one of its own, which takes half a second to start, is for server.test.ts.
 */
export async function runningServer(settings: ApplicationSettings = {}) {
  const opened = await application(settings);
  await opened.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = opened.app.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return { ...opened, url, client: clientOf(url, opened.token) };
}

/** A client over the network with a token. */
export function clientOf(url: string, token: string) {
  return createClient(async ({ method, url: path, headers, body }) => {
    const answer = await fetch(url + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: body as string }),
    });
    return {
      status: answer.status,
      body: await answer.text(),
      etag: answer.headers.get('etag') ?? undefined,
    };
  }, token);
}

/** A browser as far as the API is concerned: it keeps cookies and says where its requests come from. */
export function browser(url: string, more: Record<string, string> = {}) {
  const cookies = new Map<string, string>();
  const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(path.startsWith('http') ? path : `${url}/api/v1${path}`, {
      method,
      redirect: 'manual',
      headers: {
        'sec-fetch-site': 'same-origin',
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...more,
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /Max-Age=0/.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json');
    const json: Record<string, unknown> = isJson ? JSON.parse(text) : {};
    return { status: answer.status, json, text, headers: answer.headers };
  };
  return { send, cookies };
}

/** A clock that a test can set forward. */
export function movableClock(): Clock & { forward(ms: number): void } {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead),
    sleep: ms => new Promise(resolve => setTimeout(resolve, ms)),
    forward(ms) {
      ahead += ms;
    },
  };
}
