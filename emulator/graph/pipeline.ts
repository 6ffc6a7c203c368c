import { randomUUID } from 'node:crypto';
import type { Faults, FaultTarget } from '../faults.ts';
import { isWrite, type RequestLog } from '../log.ts';
import type { TokenIssuer } from '../login/tokens.ts';
import { isRecord, type Outcome, pause, type ScriptedStatus, withFaults } from '../outcome.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { costOf, type Throttle } from '../throttle.ts';
import type { EmulatedTime } from '../time.ts';
import { type Caller, readCaller } from './caller.ts';
import { errorBody, GraphError } from './errors.ts';
import type { GraphAnswer, GraphContext, GraphRequest } from './request.ts';
import { answerRoute } from './routes.ts';

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
    staleDeltaMs: number;
    memberPageSize: number;
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
    const { log, time, limits } = this.parts;
    const path = `/v1.0${request.url}`;
    const target = { method: request.method, path, inBatch: arrival.inBatch, body: request.body };
    const entry = this.#enter(request);
    let appId: string | null = null;
    let outcome: Outcome;
    try {
      // Requests that arrive together are under way together, even where answering takes no time.
      await pause(limits.latencyMs);
      outcome = await this.guarded(target, arrival, async () => {
        const applied = this.#apply(request, arrival, entry.crowded);
        appId = applied.caller?.appId ?? null;
        return { kind: 'answer', answer: applied.answer };
      });
    } finally {
      entry.leave();
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

  /** Does a piece of work with the faults that wait for it; a scripted status is told in Graph's form. */
  guarded(target: FaultTarget, arrival: Arrival, work: () => Promise<Outcome>): Promise<Outcome> {
    const refuse = ({ status, code, message, headers }: ScriptedStatus) =>
      this.refusal(new GraphError(status, code, message), arrival, headers);
    return withFaults(this.parts, target, refuse, work);
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
        staleDeltaMs: limits.staleDeltaMs,
        memberPageSize: limits.memberPageSize,
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

function codeOf(body: unknown): string | null {
  if (!isRecord(body) || !isRecord(body.error)) return null;
  return typeof body.error.code === 'string' ? body.error.code : null;
}

function linksOf(body: unknown): number {
  if (!isRecord(body)) return 0;
  const links = body['members@odata.bind'];
  return Array.isArray(links) ? links.length : '@odata.id' in body ? 1 : 0;
}
