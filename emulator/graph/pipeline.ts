import { randomUUID } from 'node:crypto';
import type { FaultAction, Faults } from '../faults.ts';
import { isWrite, type RequestLog } from '../log.ts';
import type { TokenIssuer } from '../login/tokens.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { costOf, type Throttle } from '../throttle.ts';
import type { EmulatedTime } from '../time.ts';
import { type Caller, readCaller } from './caller.ts';
import { errorBody, GraphError } from './errors.ts';
import { type GraphAnswer, type GraphContext, type GraphRequest, isRecord } from './request.ts';
import { answerRoute } from './routes.ts';

/** What becomes of a request: an answer, or none in one of the ways in which networks fail. */
export type Outcome =
  | { kind: 'answer'; answer: GraphAnswer; truncate?: boolean; shuffle?: boolean }
  | { kind: 'reset' }
  | { kind: 'hang' }
  | { kind: 'drop' };

/** What the emulated Graph is made of. */
export interface GraphParts {
  readonly tenant: Tenant;
  readonly time: EmulatedTime;
  readonly tokens: TokenIssuer;
  readonly faults: Faults;
  readonly log: RequestLog;
  /** Null: no quotas. */
  readonly throttle: Throttle | null;
  readonly limits: {
    /** Writes to one group at one time before 503; Infinity: no such limit. */
    groupWrites: number;
    /** Milliseconds by which lists of members lag behind. */
    staleMs: number;
    deltaLifeMs: number;
    deltaPageSize: number;
    /** Milliseconds of the machine's time that every request takes. */
    latencyMs: number;
  };
  readonly graphUrl: () => string;
}

/** Where a request came in. */
export interface Arrival {
  /** The number of the HTTP call. */
  readonly call: number;
  readonly inBatch: boolean;
  readonly clientRequestId: string;
}

/** Answers single requests with everything that stands before and around the directory: faults, tokens, quotas. */
export class GraphPipeline {
  readonly parts: GraphParts;
  readonly #groupWrites = new Map<string, number>();

  constructor(parts: GraphParts) {
    this.parts = parts;
  }

  /** Answers one request; never throws for what Graph would answer. */
  async answer(request: GraphRequest, arrival: Arrival): Promise<Outcome> {
    const { faults, log, time, tenant, limits } = this.parts;
    const path = `/v1.0${request.url}`;
    const release = this.#enter(request);
    let outcome: Outcome;
    let appId: string | null = null;
    try {
      // Requests that arrive together are under way together, even where answering takes no time.
      await pause(limits.latencyMs);
      const action = faults.take({
        method: request.method,
        path,
        inBatch: arrival.inBatch,
        body: request.body,
      });
      if (action?.kind === 'delay') await pause(action.ms);
      if (action?.kind === 'run') action.run(tenant);
      const failed = before(action, tenant);
      if (failed === 'none') {
        const { answer, caller } = this.#apply(request, arrival, release.crowded);
        appId = caller?.appId ?? null;
        outcome = after(action, answer);
      } else {
        outcome =
          failed instanceof GraphError || 'status' in failed
            ? { kind: 'answer', answer: this.#failure(failed, arrival) }
            : failed;
      }
    } finally {
      release.leave();
    }
    const answer = outcome.kind === 'answer' ? outcome.answer : null;
    log.record({
      at: time.now(),
      method: request.method,
      path,
      call: arrival.call,
      inBatch: arrival.inBatch,
      status: answer?.status ?? 0,
      code: codeOf(answer?.body),
      appId,
      links: linksOf(request.body),
    });
    return outcome;
  }

  /** An error with its ids, as an answer. */
  refusal(error: GraphError, arrival: Arrival, headers: Readonly<Record<string, string>> = {}): GraphAnswer {
    const ids = { date: this.parts.time.text(), id: randomUUID(), clientId: arrival.clientRequestId };
    return {
      status: error.status,
      headers: { ...headers, ...error.headers },
      body: errorBody(error.code, error.message, ids),
    };
  }

  /** The refusal of a call whose token is missing or not good, or null. */
  refuseCaller(authorization: string | undefined, arrival: Arrival): GraphAnswer | null {
    const { tenant, tokens, time, graphUrl } = this.parts;
    try {
      readCaller(authorization, tenant, tokens, time, graphUrl());
      return null;
    } catch (error) {
      if (error instanceof GraphError) return this.refusal(error, arrival);
      throw error;
    }
  }

  #apply(
    request: GraphRequest,
    arrival: Arrival,
    crowded: boolean,
  ): { answer: GraphAnswer; caller: Caller | null } {
    const { tenant, tokens, time, throttle, log, limits, graphUrl } = this.parts;
    let caller: Caller | null = null;
    let headers: Record<string, string> = {};
    try {
      caller = readCaller(request.headers.authorization, tenant, tokens, time, graphUrl());
      const cost = costOf(request);
      log.counters.resourceUnits += cost.units;
      headers = { 'x-ms-resource-unit': String(cost.units) };
      if (throttle) {
        const verdict = throttle.take(caller.appId, cost);
        headers = verdict.headers;
        if (verdict.refused) {
          throw new GraphError(
            429,
            'TooManyRequests',
            'Too many requests. Please retry after the time in the Retry-After header.',
          );
        }
      }
      if (crowded) {
        throw new GraphError(
          503,
          'serviceNotAvailable',
          'The service is not available. Try the request again after a delay.',
        );
      }
      const context: GraphContext = {
        tenant,
        time,
        caller,
        graphUrl: graphUrl(),
        staleMs: limits.staleMs,
        deltaLifeMs: limits.deltaLifeMs,
        deltaPageSize: limits.deltaPageSize,
      };
      const answer = answerRoute(request, context);
      return { answer: { ...answer, headers: { ...headers, ...answer.headers } }, caller };
    } catch (error) {
      if (error instanceof GraphError) return { answer: this.refusal(error, arrival, headers), caller };
      throw error;
    }
  }

  #failure(failed: GraphError | GraphAnswer, arrival: Arrival): GraphAnswer {
    return failed instanceof GraphError ? this.refusal(failed, arrival) : failed;
  }

  /** Counts writes that are under way to a group, for as long as the request takes. */
  #enter(request: GraphRequest): { crowded: boolean; leave: () => void } {
    const [set, id] = request.segments;
    if (set !== 'groups' || !id || !isWrite(request.method, request.url))
      return { crowded: false, leave: () => {} };
    const key = id.toLowerCase();
    const count = (this.#groupWrites.get(key) ?? 0) + 1;
    this.#groupWrites.set(key, count);
    return {
      crowded: count > this.parts.limits.groupWrites,
      leave: () => {
        const left = (this.#groupWrites.get(key) ?? 1) - 1;
        if (left > 0) this.#groupWrites.set(key, left);
        else this.#groupWrites.delete(key);
      },
    };
  }
}

/** What a fault makes of a request that is not applied; 'none' where it is. */
function before(action: FaultAction | null, tenant: Tenant): 'none' | GraphError | GraphAnswer | Outcome {
  switch (action?.kind) {
    case 'status':
      if (action.body !== undefined)
        return { status: action.status, headers: action.headers ?? {}, body: action.body };
      return new GraphError(
        action.status,
        action.code ?? usualCode(action.status),
        action.message ?? 'A scripted fault.',
        lowerCase(action.headers ?? {}),
      );
    case 'expire-token':
      tenant.expireAccessTokens();
      return 'none';
    case 'reset':
      return action.when === 'before' ? { kind: 'reset' } : 'none';
    case 'hang':
      return action.apply ? 'none' : { kind: 'hang' };
    case 'drop':
      return action.apply ? 'none' : { kind: 'drop' };
    default:
      return 'none';
  }
}

/** What a fault makes of the answer to a request that was applied. */
function after(action: FaultAction | null, answer: GraphAnswer): Outcome {
  switch (action?.kind) {
    case 'reset':
      return { kind: 'reset' };
    case 'hang':
      return { kind: 'hang' };
    case 'drop':
      return { kind: 'drop' };
    case 'truncate':
      return { kind: 'answer', answer, truncate: true };
    default:
      return { kind: 'answer', answer };
  }
}

/** The code that goes with a status when a fault names none. */
function usualCode(status: number): string {
  const codes: Readonly<Record<number, string>> = {
    401: 'InvalidAuthenticationToken',
    403: 'Authorization_RequestDenied',
    404: 'Request_ResourceNotFound',
    429: 'TooManyRequests',
    500: 'Service_InternalServerError',
    502: 'BadGateway',
    503: 'serviceNotAvailable',
    504: 'UnknownError',
  };
  return codes[status] ?? 'Request_BadRequest';
}

/** Headers with their names in lower case. */
export function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Waits in the machine's time. */
export function pause(ms: number): Promise<void> {
  return ms > 0 ? new Promise(resolve => setTimeout(resolve, ms)) : Promise.resolve();
}

function codeOf(body: unknown): string | null {
  if (!isRecord(body) || !isRecord(body.error)) return null;
  return typeof body.error.code === 'string' ? body.error.code : null;
}

function linksOf(body: unknown): number {
  if (!isRecord(body)) return 0;
  const links = body['members@odata.bind'];
  return Array.isArray(links) ? links.length : '@odata.id' in body ? 1 : 0;
}
