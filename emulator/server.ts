import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Control } from './control.ts';
import { answerBatch } from './graph/batch.ts';
import { GraphError, methodNotAllowed, unreadable } from './graph/errors.ts';
import type { Arrival, GraphPipeline } from './graph/pipeline.ts';
import { readTarget } from './graph/request.ts';
import type { LoginEndpoint } from './login/endpoint.ts';
import { type Answer, type Outcome, withFaults } from './outcome.ts';

/** What answers HTTP calls. */
export interface ServerParts {
  readonly pipeline: GraphPipeline;
  readonly login: LoginEndpoint;
  readonly control: Control;
}

/** One HTTP call, read. */
interface Call {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** The largest body taken, in bytes. */
const largestBody = 4 * 1024 * 1024;

const jsonType =
  'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

/** Makes the listener: Graph under /v1.0, the control API under /emulator, everything else is the token endpoint. */
export function createListener(
  parts: ServerParts,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  let calls = 0;
  return async (request, response) => {
    calls += 1;
    try {
      const call = await readCall(request);
      if (/^\/emulator(?:\/|$|\?)/.test(call.url)) {
        await parts.control.answer(request, response, call.text);
      } else if (/^\/v1\.0(?:\/|$|\?)/i.test(call.url)) {
        deliver(await answerGraph(parts.pipeline, call, calls), request, response);
      } else {
        deliver(await answerLogin(parts, call), request, response);
      }
    } catch (error) {
      if (!isAborted(error)) console.error(error);
      if (response.headersSent || response.destroyed) response.destroy();
      else
        send(response, { status: 500, body: { error: { code: 'EmulatorDefect', message: String(error) } } });
    }
  };
}

async function answerGraph(pipeline: GraphPipeline, call: Call, number: number): Promise<Outcome> {
  const { log } = pipeline.parts;
  log.counters.httpCalls += 1;
  const { method, headers } = call;
  const clientRequestId = headers['client-request-id'] ?? randomUUID();
  const arrival: Arrival = { call: number, inBatch: false, clientRequestId };
  const target = call.url.slice('/v1.0'.length);
  let outcome: Outcome;
  try {
    const body = readJson(call);
    if (/^\/\$batch(?:\?|$)/.test(target)) {
      log.counters.batches += 1;
      const place = { method, path: `/v1.0${target}`, inBatch: false, body };
      outcome = await pipeline.guarded(place, arrival, async () => {
        if (method !== 'POST') throw methodNotAllowed();
        const refused = pipeline.refuseCaller(headers.authorization, arrival);
        return refused ? { kind: 'answer', answer: refused } : answerBatch(body, headers, arrival, pipeline);
      });
    } else {
      outcome = await pipeline.answer({ method, ...readTarget(target), headers, body }, arrival);
    }
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    outcome = { kind: 'answer', answer: pipeline.refusal(error, arrival) };
  }
  if (outcome.kind !== 'answer') return outcome;
  const ids = { 'request-id': randomUUID(), 'client-request-id': clientRequestId, 'odata-version': '4.0' };
  return { ...outcome, answer: { ...outcome.answer, headers: { ...ids, ...outcome.answer.headers } } };
}

async function answerLogin({ login, pipeline }: ServerParts, call: Call): Promise<Outcome> {
  pipeline.parts.log.counters.tokenCalls += 1;
  const { method, url, headers, text } = call;
  const form = new URLSearchParams(text);
  const target = { method, path: url, inBatch: false, body: Object.fromEntries(form) };
  return withFaults(
    pipeline.parts,
    target,
    ({ status, code, message, headers: scripted }) => ({
      status,
      headers: scripted,
      body: { error: code, error_description: message },
    }),
    async () => {
      const { pathname, searchParams } = new URL(url, 'https://emulator');
      const answer =
        pathname === '/msi/token'
          ? login.managedIdentity(searchParams, headers)
          : login.answer(method, pathname, form, headers);
      const nothing = { error: 'not_found', error_description: `Nothing answers ${method} ${url}` };
      return { kind: 'answer', answer: answer ?? { status: 404, body: nothing } };
    },
  );
}

function deliver(outcome: Outcome, request: IncomingMessage, response: ServerResponse): void {
  switch (outcome.kind) {
    case 'reset':
    case 'drop':
      request.socket.destroy();
      return;
    case 'hang':
      return;
    case 'answer':
      send(response, outcome.answer, outcome.truncate);
  }
}

/** Sends JSON, or plain text where the body is text; `truncate`: half of it, as a proxy that gives up does. */
function send(response: ServerResponse, { status, headers, body }: Answer, truncate = false): void {
  const type = body === undefined ? {} : { 'content-type': jsonType };
  response.writeHead(status, { ...type, 'cache-control': 'no-cache', ...headers });
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  response.end(truncate ? text.slice(0, text.length / 2) : text);
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  return { method: request.method ?? 'GET', url: request.url ?? '/', headers, text: await readBody(request) };
}

function readJson({ text, headers }: Call): unknown {
  if (text === '') return undefined;
  try {
    if (/json/i.test(headers['content-type'] ?? '')) return JSON.parse(text);
  } catch {
    // Told below in Graph's words.
  }
  throw unreadable(
    'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
  );
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) throw new Error('the request is larger than 4 MB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function isAborted(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
}
