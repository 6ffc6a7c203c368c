import { Problem } from '../../base/index.ts';
import {
  type AnswerOf,
  apiRoot,
  httpProblem,
  type Job,
  type JobKind,
  type JobResult,
  jobResults,
  type RequestOf,
  type RouteName,
  routes,
} from '../contract/index.ts';

/** A request as it goes over whatever carries it: a socket, or straight into the application. */
export interface WireRequest {
  method: string;
  /** Path with query, from the root. */
  url: string;
  headers: Record<string, string>;
  body?: string | AsyncIterable<Uint8Array>;
}

export interface WireAnswer {
  status: number;
  body: string;
  /** The answer's ETag header, where the transport gives it. */
  etag?: string | undefined;
}

/** Carries requests to the API. Throws a Problem of kind `upstream` when it can not be reached. */
export type Transport = (request: WireRequest, signal?: AbortSignal) => Promise<WireAnswer>;

/** The API with types: each call takes what its route takes and gives what it answers, or throws a Problem. */
export interface Client {
  /**
   * As `call`, with the tag of the state that was read or made. Given as `ifMatch` with a change, the change is refused
   * with `changed-meanwhile` when somebody has changed the thing since.
   */
  read<N extends RouteName>(
    name: N,
    request: RequestOf<(typeof routes)[N]> & { ifMatch?: string | undefined },
    signal?: AbortSignal,
  ): Promise<{ answer: AnswerOf<(typeof routes)[N]>; etag: string | undefined }>;
  call<N extends RouteName>(
    name: N,
    request: RequestOf<(typeof routes)[N]> & { ifMatch?: string | undefined },
    signal?: AbortSignal,
  ): Promise<AnswerOf<(typeof routes)[N]>>;
}

/** Makes a client over a transport; `token` goes as a bearer token where given. */
export function createClient(transport: Transport, token?: string): Client {
  const client: Client = {
    async read(name, request, signal) {
      const route = routes[name];
      const answer = await transport(wireRequest(name, request, token), signal);
      if (answer.status >= 400) throw problemOf(answer);
      const body = answer.body === '' ? undefined : parseJson(answer);
      return {
        answer: route.answer.parse(body) as AnswerOf<(typeof routes)[typeof name]>,
        etag: answer.etag,
      };
    },
    call: async (name, request, signal) => (await client.read(name, request, signal)).answer,
  };
  return client;
}

/**
 * The result of a finished job, parsed.
 * @throws Problem the job's own where it failed or was cancelled
 */
export function jobResult<K extends JobKind>(job: Job, kind: K): JobResult<K> {
  if (job.state === 'succeeded') return jobResults[kind].parse(job.result) as JobResult<K>;
  const { problem } = job;
  if (problem) throw new Problem(problem.kind, problem.code, problem.message, problem.hint);
  throw new Problem(
    'conflict',
    'job-not-finished',
    `The job ${job.id} is ${job.state}.`,
    'Wait for its end.',
  );
}

interface LooseRequest {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  ifMatch?: string | undefined;
}

function wireRequest(name: RouteName, request: LooseRequest, token: string | undefined): WireRequest {
  const route = routes[name];
  const path = route.path.replaceAll(/:(\w+)/g, (_, key: string) =>
    encodeURIComponent(String(request.params?.[key])),
  );
  const headers: Record<string, string> = { accept: 'application/json' };
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  if (request.ifMatch !== undefined) headers['if-match'] = request.ifMatch;
  const wire: WireRequest = { method: route.method, url: apiRoot + path + queryText(request.query), headers };
  if (!('body' in route)) return wire;
  if (route.body === 'stream') {
    headers['content-type'] = 'application/octet-stream';
    return { ...wire, body: request.body as string | AsyncIterable<Uint8Array> };
  }
  headers['content-type'] = 'application/json';
  return { ...wire, body: JSON.stringify(request.body) };
}

function queryText(query: Record<string, unknown> | undefined): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(key, String(one));
  }
  return search.size > 0 ? `?${search}` : '';
}

function problemOf(answer: WireAnswer): Problem {
  const parsed = httpProblem.safeParse(parseJson(answer));
  if (!parsed.success) return notOurs(answer);
  const { kind, code, detail, hint } = parsed.data;
  return new Problem(kind, code, detail, hint);
}

function parseJson(answer: WireAnswer): unknown {
  try {
    return JSON.parse(answer.body);
  } catch {
    throw notOurs(answer);
  }
}

function notOurs(answer: WireAnswer): Problem {
  return new Problem(
    'upstream',
    'not-rollcall',
    `The server answered ${answer.status} with something that is not Rollcall's.`,
    'Check the address of the server, and any proxy on the way.',
  );
}
