import { z } from 'zod';
import type { Clock } from '../../base/index.ts';
import { retryAfter } from '../http/retry.ts';
import { assertAllowed, isWrite } from './allowed.ts';
import { failureProblem, readFailure } from './failure.ts';
import type { Transport } from './transport.ts';

/** Graph's own limit of parts in one batch. */
export const batchSize = 20;

/** One part of a batch; `url` is below the version. */
export interface BatchPart {
  method: 'GET' | 'PATCH' | 'DELETE';
  url: string;
  body?: unknown;
}

/** What became of one part. `missing`: the batch was answered, but this part was not. */
export type BatchOutcome =
  | {
      kind: 'answer';
      status: number;
      headers: Record<string, string>;
      body: unknown;
      retryAfterMs: number | null;
    }
  | { kind: 'missing' };

export interface BatchResult {
  /** One for each part, in the order of the parts, whatever order Graph answered in. */
  outcomes: BatchOutcome[];
  /** The whole batch was sent more than once: its parts may have been carried out before. */
  repeated: boolean;
}

const partAnswer = z.object({
  id: z.string(),
  status: z.number().int(),
  headers: z.record(z.string(), z.unknown()).nullish(),
  body: z.unknown().optional(),
});
/** One answer that is not as documented is as good as missing; it takes none of the others with it. */
const batchBody = z.object({ responses: z.array(partAnswer.nullable().catch(null)) });

/**
 * Sends up to 20 requests in one call (learn.microsoft.com/graph/json-batching). They run side by side: none may
 * depend on another.
 * @throws Problem when the batch as a whole gets no answer or is refused
 */
export async function sendBatch(
  transport: Transport,
  parts: readonly BatchPart[],
  clock: Pick<Clock, 'now'>,
  signal?: AbortSignal,
): Promise<BatchResult> {
  const requests = parts.map((part, index) => {
    assertAllowed(part.method, part.url, part.body);
    const payload =
      part.body === undefined ? {} : { body: part.body, headers: { 'Content-Type': 'application/json' } };
    return { id: String(index + 1), method: part.method, url: part.url, ...payload };
  });
  const counted = { requests: parts.length, writes: parts.filter(part => isWrite(part.method)).length };
  const answer = await transport.send(
    { method: 'POST', target: '/$batch', body: { requests }, parts: counted },
    signal,
  );
  if (answer.status >= 400) {
    throw failureProblem(readFailure(answer.status, answer.body, answer.headers), 'a batch of requests');
  }
  const responses = batchBody.safeParse(answer.body).data?.responses ?? [];
  const byId = new Map(responses.flatMap(response => (response ? [[response.id, response] as const] : [])));
  const now = clock.now().getTime();
  const outcomes = requests.map((request): BatchOutcome => {
    const response = byId.get(request.id);
    if (!response) return { kind: 'missing' };
    const headers = lowerCase(response.headers ?? {});
    if (response.status === 429) transport.counters.refused++;
    return {
      kind: 'answer',
      status: response.status,
      headers,
      body: response.body,
      retryAfterMs: retryAfter(headers['retry-after'], now),
    };
  });
  return { outcomes, repeated: answer.repeated };
}

function lowerCase(headers: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}
