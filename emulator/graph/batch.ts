import { z } from 'zod';
import { isRecord, lowerCase, type Outcome } from '../outcome.ts';
import { GraphError, unreadable } from './errors.ts';
import type { Arrival, GraphPipeline } from './pipeline.ts';
import { type GraphAnswer, type GraphRequest, readTarget } from './request.ts';

/** The most requests in a batch. [concepts/json-batching.md] */
const largestBatch = 20;

const batchBody = z.object({
  requests: z.array(
    z.object({
      id: z.string(),
      method: z.string(),
      url: z.string(),
      headers: z.record(z.string(), z.string()).optional(),
      body: z.unknown().optional(),
      dependsOn: z.array(z.string()).optional(),
    }),
  ),
});

type Step = z.infer<typeof batchBody>['requests'][number];

/**
 * `POST /v1.0/$batch`. Requests run side by side except where they depend on others; answers are put in an order
 * of their own, since Graph promises none.
 * @param headers the headers of the call: the token in them goes for every request
 */
export async function answerBatch(
  body: unknown,
  headers: Readonly<Record<string, string>>,
  arrival: Arrival,
  pipeline: GraphPipeline,
): Promise<Outcome> {
  let steps: Step[];
  try {
    steps = readSteps(body);
  } catch (error) {
    if (error instanceof GraphError) return { kind: 'answer', answer: pipeline.refusal(error, arrival) };
    throw error;
  }
  const outcomes = new Map<string, Promise<Outcome>>();
  for (const step of steps) {
    outcomes.set(step.id.toLowerCase(), runStep(step, headers, arrival, pipeline, outcomes));
  }
  // All at once, so that a defect in one of them is thrown here and not left to nobody.
  await Promise.all(outcomes.values());
  const responses: Record<string, unknown>[] = [];
  for (const step of steps) {
    const outcome = await outcomes.get(step.id.toLowerCase());
    if (outcome?.kind === 'reset' || outcome?.kind === 'hang') return outcome;
    if (outcome?.kind === 'answer') responses.push(wrap(step.id, outcome.answer));
  }
  return { kind: 'answer', answer: { status: 200, body: { responses: mixed(responses) } } };
}

function readSteps(body: unknown): Step[] {
  if (isRecord(body) && Array.isArray(body.requests) && body.requests.length > largestBatch) {
    throw new GraphError(
      400,
      'MaximumValueExceeded',
      `Number of batch request steps exceeds the maximum value of ${largestBatch}.`,
    );
  }
  const parsed = batchBody.safeParse(body);
  if (!parsed.success) throw unreadable('Invalid batch payload format.');
  const steps = parsed.data.requests;
  if (steps.length === 0) throw unreadable('Invalid batch payload format.');
  const ids = new Set<string>();
  for (const step of steps) {
    const id = step.id.toLowerCase();
    if (ids.has(id)) throw unreadable('Request Id have to be unique in a batch.');
    for (const needed of step.dependsOn ?? []) {
      if (!ids.has(needed.toLowerCase()))
        throw unreadable(`Request Id : ${step.id} depends on a request that is not before it.`);
    }
    ids.add(id);
    if (/^https?:/i.test(step.url))
      throw unreadable(`Request Id : ${step.id} has an absolute url: only relative ones are taken.`);
    readTarget(step.url);
    const method = step.method.toUpperCase();
    const typed = Object.keys(lowerCase(step.headers ?? {})).includes('content-type');
    const bodied = step.body !== undefined && step.body !== null;
    if ((method === 'POST' || method === 'PATCH' || method === 'PUT' || bodied) && !(bodied && typed)) {
      throw unreadable(`Write request id : ${step.id} does not contain Content-Type header or body.`);
    }
  }
  return steps;
}

async function runStep(
  step: Step,
  headers: Readonly<Record<string, string>>,
  arrival: Arrival,
  pipeline: GraphPipeline,
  outcomes: ReadonlyMap<string, Promise<Outcome>>,
): Promise<Outcome> {
  // Looked up before anything is awaited, so that all steps without dependencies are under way at the same time.
  const needed = (step.dependsOn ?? []).map(id => outcomes.get(id.toLowerCase()));
  for (const before of needed) {
    const outcome = await before;
    if (outcome?.kind !== 'answer' || outcome.answer.status >= 400) {
      const error = new GraphError(424, 'FailedDependency', 'A request that this one depends on has failed.');
      return { kind: 'answer', answer: pipeline.refusal(error, arrival) };
    }
  }
  const request: GraphRequest = {
    method: step.method.toUpperCase(),
    ...readTarget(step.url),
    headers: { authorization: headers.authorization ?? '', ...lowerCase(step.headers ?? {}) },
    body: step.body,
  };
  return pipeline.answer(request, { ...arrival, inBatch: true });
}

function wrap(id: string, answer: GraphAnswer): Record<string, unknown> {
  const headers: Record<string, string> = { 'Cache-Control': 'no-cache' };
  for (const [name, value] of Object.entries(answer.headers ?? {})) headers[properCase(name)] = value;
  if (answer.body === undefined) return { id, status: answer.status, headers };
  const type =
    'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';
  return { id, status: answer.status, headers: { 'Content-Type': type, ...headers }, body: answer.body };
}

/** Retry-After and Content-Type as Graph writes them in batches; its own x-ms- headers stay in lower case. */
function properCase(name: string): string {
  return name.startsWith('x-ms-')
    ? name
    : name.replaceAll(/(^|-)([a-z])/g, (_all, dash, letter) => `${dash}${letter.toUpperCase()}`);
}

/** Answers in an order unlike that of the requests, the same each time. */
function mixed<T>(list: readonly T[]): T[] {
  return [...list.filter((_, index) => index % 2 === 1), ...list.filter((_, index) => index % 2 === 0)];
}
