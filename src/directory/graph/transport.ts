import type { Dispatcher } from 'undici';
import { type Clock, Problem } from '../../base/index.ts';
import { exchange, type HttpAnswer } from '../http/exchange.ts';
import { networkFailure } from '../http/network-problem.ts';
import { type Failure, failureOf, retryAfter, retryDelay } from '../http/retry.ts';
import type { Governor } from '../rate/governor.ts';
import type { TokenCache } from '../signin/token-cache.ts';
import { assertAllowed, isWrite } from './allowed.ts';
import { failureProblem, readFailure } from './failure.ts';

/** What a directory has done so far. */
export interface Counters {
  /** Requests as Graph counts them: each part of a batch is one. */
  requests: number;
  /** Calls over the network. */
  httpCalls: number;
  /** Requests that change something. */
  writes: number;
  /** Requests refused with 429. */
  refused: number;
}

/** Takes what happened with a call, for the log. Never a token, a header or a body. */
export type DirectoryLog = (entry: {
  method: string;
  path: string;
  status: number | string;
  ms: number;
  attempt: number;
  requestId?: string;
}) => void;

/** A request to Graph: below the version (`/groups/…`), or a whole link that Graph gave. */
export interface GraphRequest {
  method: 'GET' | 'POST';
  target: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** For a batch: what is in it, as Graph counts. */
  parts?: { requests: number; writes: number };
  /** Resource units by the documentation of throttling; 1 unless told. */
  units?: number;
  /** False: sending it twice would do it twice, so an unknown outcome is not tried again. */
  repeatable?: boolean;
}

/** How something is read. */
export interface ReadOptions {
  /** Resource units by the documentation of throttling; 1 unless told. */
  units?: number;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

/** Graph's answer, whatever its status. */
export interface GraphAnswer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
  /** An earlier attempt ended without an answer: it may have been carried out already. */
  repeated: boolean;
}

export interface TransportOptions {
  graphUrl: string;
  dispatcher: Dispatcher;
  token: TokenCache;
  governor: Governor;
  clock: Clock;
  random: () => number;
  log?: DirectoryLog;
}

/** Sends requests to Graph: signs them, waits where Graph says so, and tries again what is transient. */
export class Transport {
  readonly counters: Counters = { requests: 0, httpCalls: 0, writes: 0, refused: 0 };
  readonly #options: TransportOptions;
  readonly #base: string;

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#base = `${options.graphUrl}/v1.0`;
  }

  /** The address that a reference to a directory object has in a body. */
  objectUrl(objectId: string): string {
    return `${this.#base}/directoryObjects/${objectId}`;
  }

  /** Reads. @throws Problem when Graph refuses or can not be reached */
  async read(target: string, what: string, options: ReadOptions = {}) {
    const { units = 1, headers = {}, signal } = options;
    const answer = await this.send({ method: 'GET', target, headers, units }, signal);
    if (answer.status < 400) return answer.body;
    throw failureProblem(readFailure(answer.status, answer.body, answer.headers), what);
  }

  /**
   * Sends until there is an answer that trying again would not better.
   * @throws Problem when no answer comes, or `graph-unavailable` when Graph refuses for too long
   */
  async send(request: GraphRequest, signal?: AbortSignal): Promise<GraphAnswer> {
    const { clock, governor, random } = this.#options;
    const url = this.#urlOf(request.target);
    if (request.target !== '/$batch') assertAllowed(request.method, request.target, request.body);
    let repeated = false;
    let renewed = false;
    for (let attempt = 1; ; attempt++) {
      signal?.throwIfAborted();
      await governor.beforeRead(request.method === 'GET' ? (request.units ?? 1) : 0, signal);
      const token = await this.#options.token.get();
      const got = await this.#once(request, url, token, attempt, signal);
      if ('problem' in got) {
        signal?.throwIfAborted();
        const failure: Failure = { kind: got.outcome === 'unknown' ? 'no-answer' : 'not-sent' };
        if (failure.kind === 'no-answer') repeated = true;
        const mayRepeat = got.outcome === 'not-sent' || (repeated && request.repeatable !== false);
        const delay = mayRepeat ? retryDelay(failure, attempt, random()) : null;
        if (delay === null) throw got.problem;
        await clock.sleep(delay, signal);
        continue;
      }
      if (got.status === 401 && !renewed) {
        renewed = true;
        this.#options.token.refuse(token);
        continue;
      }
      // A token that was good in between may have ended while Graph made us wait.
      if (got.status !== 401) renewed = false;
      const waitMs = retryAfter(got.headers['retry-after'], clock.now().getTime());
      const failure = failureOf(got.status, waitMs);
      if (failure?.kind === 'throttled') this.counters.refused++;
      governor.heard(isWrite(request.method) ? 'write' : 'read', got.status, got.headers, waitMs);
      if (failure === null) return { status: got.status, headers: got.headers, body: got.body, repeated };
      const delay =
        failure.kind === 'unavailable' && request.repeatable === false
          ? null
          : retryDelay(failure, attempt, random());
      if (delay === null) throw failureProblem(readFailure(got.status, got.body, got.headers), 'the request');
      if (failure.kind === 'unavailable') repeated = true;
      await clock.sleep(delay, signal);
    }
  }

  async #once(request: GraphRequest, url: string, token: string, attempt: number, signal?: AbortSignal) {
    const { clock, dispatcher, log } = this.#options;
    const started = clock.now().getTime();
    const path = new URL(url).pathname;
    const tell = (status: number | string, requestId?: string) =>
      log?.({
        method: request.method,
        path,
        status,
        ms: clock.now().getTime() - started,
        attempt,
        ...(requestId === undefined ? {} : { requestId }),
      });
    const { requests, writes } = request.parts ?? { requests: 1, writes: isWrite(request.method) ? 1 : 0 };
    this.counters.httpCalls++;
    this.counters.requests += requests;
    this.counters.writes += writes;
    const json = request.body === undefined ? undefined : JSON.stringify(request.body);
    const headers = {
      ...request.headers,
      accept: 'application/json, text/plain',
      authorization: `Bearer ${token}`,
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
    };
    try {
      const outgoing = {
        method: request.method,
        url,
        headers,
        ...(json === undefined ? {} : { body: json }),
      };
      const answer: HttpAnswer = await exchange(dispatcher, outgoing, signal);
      tell(answer.status, answer.headers['request-id']);
      return { ...answer, body: parse(answer) };
    } catch (error) {
      const failure = networkFailure(error, url);
      tell(failure.problem.code);
      return failure;
    }
  }

  /** A link is followed as it is, but never to another host: it would be given our token. */
  #urlOf(target: string): string {
    if (target.startsWith('/')) return this.#base + target;
    if (URL.canParse(target) && new URL(target).origin === new URL(this.#base).origin) return target;
    throw new Problem(
      'upstream',
      'unexpected-link',
      'Microsoft Graph gave a link to another host; Rollcall does not follow it.',
      'Check the Graph URL of the tenant, and whether a proxy rewrites answers.',
    );
  }
}

/** The body of an answer. @throws SyntaxError when JSON was cut short: the answer is as good as lost then */
function parse({ status, headers, text }: HttpAnswer): unknown {
  if (text === '') return undefined;
  const type = headers['content-type'];
  if (type === undefined ? !/^\s*[{[]/.test(text) : !type.includes('json')) return text;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (status >= 400) return text;
    throw error;
  }
}
