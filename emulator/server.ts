import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Control } from './control.ts';
import { answerBatch } from './graph/batch.ts';
import { GraphError, unreadable } from './graph/errors.ts';
import { type Arrival, type GraphPipeline, lowerCase, type Outcome, pause } from './graph/pipeline.ts';
import { type GraphRequest, isRecord, readTarget } from './graph/request.ts';
import type { LoginEndpoint } from './login/endpoint.ts';

/** What answers HTTP calls. */
export interface ServerParts {
  readonly pipeline: GraphPipeline;
  readonly login: LoginEndpoint;
  readonly control: Control;
}

/** The largest body taken, in bytes. [concepts/json-batching.md speaks of 4 MB] */
const largestBody = 4 * 1024 * 1024;

/** Makes the listener: Graph under /v1.0, the control API under /emulator, everything else is the token endpoint. */
export function createListener(
  parts: ServerParts,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  let calls = 0;
  return async (request, response) => {
    calls += 1;
    try {
      const text = await readBody(request);
      const path = request.url ?? '/';
      if (/^\/emulator(?:\/|$|\?)/.test(path)) await parts.control.answer(request, response, text);
      else if (/^\/v1\.0(?:\/|$|\?)/i.test(path)) await answerGraph(parts, request, response, text, calls);
      else await answerLogin(parts, request, response, text);
    } catch (error) {
      if (response.headersSent || response.destroyed) response.destroy();
      else send(response, 500, {}, { error: { code: 'EmulatorDefect', message: String(error) } });
      if (!isAborted(error)) console.error(error);
    }
  };
}

async function answerGraph(
  { pipeline }: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
  text: string,
  call: number,
): Promise<void> {
  const { log, faults, tenant } = pipeline.parts;
  log.counters.httpCalls += 1;
  const headers = headersOf(request);
  const arrival: Arrival = {
    call,
    inBatch: false,
    clientRequestId: headers['client-request-id'] ?? randomUUID(),
  };
  const method = request.method ?? 'GET';
  const target = (request.url ?? '').replace(/^\/v1\.0/i, '');
  let outcome: Outcome;
  try {
    const body = readJson(text, headers);
    if (/^\/\$batch(?:\?|$)/.test(target)) {
      log.counters.batches += 1;
      const action = faults.take({ method, path: `/v1.0${target}`, inBatch: false, body });
      outcome = await (async (): Promise<Outcome> => {
        switch (action?.kind) {
          case 'status': {
            if (action.body === undefined) {
              const error = new GraphError(
                action.status,
                action.code ?? 'UnknownError',
                action.message ?? 'A scripted fault.',
              );
              return {
                kind: 'answer',
                answer: pipeline.refusal(error, arrival, lowerCase(action.headers ?? {})),
              };
            }
            return {
              kind: 'answer',
              answer: { status: action.status, headers: action.headers ?? {}, body: action.body },
            };
          }
          case 'delay':
            await pause(action.ms);
            break;
          case 'run':
            action.run(tenant);
            break;
          case 'expire-token':
            tenant.expireAccessTokens();
            break;
          case 'reset':
            if (action.when === 'before') return { kind: 'reset' };
            break;
          case 'hang':
            if (!action.apply) return { kind: 'hang' };
            break;
        }
        if (method !== 'POST')
          throw new GraphError(
            405,
            'Request_BadRequest',
            'Specified HTTP method is not allowed for the request target.',
          );
        const refused = pipeline.refuseCaller(headers.authorization, arrival);
        if (refused) return { kind: 'answer', answer: refused };
        const result = await answerBatch(body, headers, arrival, pipeline);
        if (action?.kind === 'reset') return { kind: 'reset' };
        if (action?.kind === 'hang') return { kind: 'hang' };
        if (action?.kind === 'truncate' && result.kind === 'answer') return { ...result, truncate: true };
        if (
          action?.kind === 'shuffle' &&
          result.kind === 'answer' &&
          isRecord(result.answer.body) &&
          Array.isArray(result.answer.body.responses)
        ) {
          result.answer.body.responses.reverse();
        }
        return result;
      })();
    } else {
      const graphRequest: GraphRequest = { method, ...readTarget(target), headers, body };
      outcome = await pipeline.answer(graphRequest, arrival);
    }
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    outcome = { kind: 'answer', answer: pipeline.refusal(error, arrival) };
  }
  deliver(outcome, arrival, request, response);
}

async function answerLogin(
  { login, pipeline }: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
  text: string,
): Promise<void> {
  const { log, faults, tenant } = pipeline.parts;
  log.counters.tokenCalls += 1;
  const method = request.method ?? 'GET';
  const path = request.url ?? '/';
  const form = new URLSearchParams(text);
  const action = faults.take({ method, path, inBatch: false, body: Object.fromEntries(form) });
  if (action?.kind === 'delay') await pause(action.ms);
  if (action?.kind === 'run') action.run(tenant);
  if (action?.kind === 'reset' || action?.kind === 'drop') {
    request.socket.destroy();
    return;
  }
  if (action?.kind === 'hang') return;
  if (action?.kind === 'status') {
    send(
      response,
      action.status,
      action.headers ?? {},
      action.body ?? {
        error: action.code ?? 'server_error',
        error_description: action.message ?? 'A scripted fault.',
      },
    );
    return;
  }
  const answer = login.answer(method, path.split('?')[0] ?? '/', form, headersOf(request));
  if (answer) send(response, answer.status, {}, answer.body);
  else
    send(response, 404, {}, { error: 'not_found', error_description: `Nothing answers ${method} ${path}` });
}

function deliver(
  outcome: Outcome,
  arrival: Arrival,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (outcome.kind === 'reset' || outcome.kind === 'drop') {
    request.socket.destroy();
    return;
  }
  if (outcome.kind === 'hang') return;
  const { answer, truncate } = outcome;
  const headers = {
    'request-id': randomUUID(),
    'client-request-id': arrival.clientRequestId,
    'odata-version': '4.0',
    ...answer.headers,
  };
  if (truncate) {
    const text = JSON.stringify(answer.body ?? {});
    response.writeHead(answer.status, { 'content-type': 'application/json', ...headers });
    response.end(text.slice(0, Math.floor(text.length / 2)));
    return;
  }
  send(response, answer.status, headers, answer.body);
}

/** Sends JSON, or plain text where the headers say so. */
function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: unknown,
): void {
  const type =
    'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';
  if (body === undefined) {
    response.writeHead(status, { 'cache-control': 'no-cache', ...headers });
    response.end();
    return;
  }
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-cache', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

function readJson(text: string, headers: Readonly<Record<string, string>>): unknown {
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
