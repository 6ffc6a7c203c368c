import { Agent, fetch, type RequestInit } from 'undici';
import { afterEach } from 'vitest';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/index.ts';

/** An answer as a test looks at it. */
export interface Seen {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of every shape, and fail where it is not what they expect
  body: any;
}

/** A plain client of an emulator: it knows HTTP and nothing of Graph. */
export interface Client {
  readonly emulator: Emulator;
  /** Signs in with the first app, or with the form's own fields. */
  token(form?: Record<string, string>): Promise<Seen>;
  /** A request to Graph with a token; `path` behind /v1.0 or a link. */
  graph(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Seen>;
  /** A batch of requests, its answers by their ids. */
  batch(
    requests: readonly Record<string, unknown>[],
  ): Promise<Map<string, Omit<Seen, 'headers'> & { headers: Record<string, string> }>>;
  /** Any call. */
  call: Caller;
  /** Forgets the token: the next request signs in anew. */
  signOut(): void;
}

const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** Starts an emulator that ends with the test, and a client of it. */
export async function start(options: EmulatorOptions = {}): Promise<Client> {
  const emulator = await startEmulator(options);
  open.push(() => emulator.close());
  return connect(emulator);
}

/** Calls an address whose certificate an authority has signed. */
export type Caller = (path: string, init?: RequestInit) => Promise<Seen>;

/** Makes calls to one host until the test ends. */
export function caller(base: string, caPem: string): Caller {
  const agent = new Agent({ connect: { ca: caPem } });
  open.push(() => agent.destroy());
  return async (path, init = {}) => {
    const url = path.startsWith('https:') ? path : `${base}${path}`;
    const response = await fetch(url, { dispatcher: agent, ...init });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers as unknown as Headers,
      body: text === '' ? undefined : isJson ? JSON.parse(text) : text,
    };
  };
}

/** A client of an emulator that runs. */
export function connect(emulator: Emulator): Client {
  const call = caller(emulator.graphUrl, emulator.caPem);
  let signedIn: string | null = null;

  function token(form: Record<string, string> = {}): Promise<Seen> {
    const { tenantId, clientId, clientSecret } = emulator.credentials;
    const fields = {
      client_id: clientId,
      client_secret: clientSecret,
      grant_type: 'client_credentials',
      scope: `${emulator.graphUrl}/.default`,
      ...form,
    };
    return call(`/${tenantId}/oauth2/v2.0/token`, { method: 'POST', body: new URLSearchParams(fields) });
  }

  async function graph(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Seen> {
    signedIn ??= (await token()).body.access_token;
    const url = path.startsWith('https:') ? path : `/v1.0${path}`;
    return call(url, {
      method,
      headers: {
        authorization: `Bearer ${signedIn}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  return {
    emulator,
    call,
    token,
    graph,
    async batch(requests) {
      const answer = await graph('POST', '/$batch', { requests });
      if (answer.status !== 200)
        throw new Error(`the batch was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      return new Map(answer.body.responses.map((response: { id: string }) => [response.id, response]));
    },
    signOut() {
      signedIn = null;
    },
  };
}

/** The body of a PATCH that adds members. */
export function bind(client: Client, ids: readonly string[]): Record<string, unknown> {
  return { 'members@odata.bind': ids.map(id => reference(client, id)['@odata.id']) };
}

/** The body of a POST of a member. */
export function reference(client: Client, id: string): { '@odata.id': string } {
  return { '@odata.id': `${client.emulator.graphUrl}/v1.0/directoryObjects/${id}` };
}

/** So many devices, by their object ids. */
export function devices(client: Client, count: number): string[] {
  return Array.from(
    { length: count },
    (_, n) => client.emulator.tenant.addDevice({ displayName: `PC-${n}` }).id,
  );
}

/** A clock that a test moves. */
export function testClock(start = '2026-03-01T12:00:00Z') {
  let now = Date.parse(start);
  return {
    now: () => new Date(now),
    advance(ms: number) {
      now += ms;
    },
  };
}
