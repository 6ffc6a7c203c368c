import { z } from 'zod';
import { evaluationResult } from './collections.ts';
import { instant } from './common.ts';
import { memberResult, memberStep, synchronizationResult, undoResult } from './mappings.ts';
import { storedProblem } from './problem.ts';
import { importResult } from './resources.ts';
import { discoveryState } from './tenants.ts';

const progress = z.object({
  phase: z.string(),
  done: z.number(),
  total: z.number().optional(),
  unit: z.string().optional(),
  steps: z
    .array(memberStep.extend({ groupName: z.string().nullable() }))
    .optional()
    .describe('Of a member that is pushed through: the steps so far, as they happen.'),
});

const jobState = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']);

/** What each kind of job leaves when it succeeds. */
export const jobResults = {
  import: importResult,
  discover: z.array(discoveryState),
  evaluate: evaluationResult,
  synchronize: synchronizationResult,
  member: memberResult,
  undo: undoResult,
  cycle: synchronizationResult,
  backlog: synchronizationResult,
};
export type JobKind = keyof typeof jobResults;
export type JobResult<K extends JobKind> = z.output<(typeof jobResults)[K]>;

/** Long work: who asked, how far it is, how it ended. `result` is of the shape that `jobResults` has for its kind. */
export const job = z
  .object({
    id: z.string(),
    kind: z.enum(['import', 'discover', 'evaluate', 'synchronize', 'member', 'undo', 'cycle', 'backlog']),
    state: jobState,
    progress: progress.nullable(),
    result: z.unknown(),
    problem: storedProblem.nullable(),
    requestedBy: z.string(),
    createdAt: instant,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
  })
  .meta({ id: 'Job' });
export type Job = z.output<typeof job>;

/** What the stream of server-sent events carries; the event's name is `type`. */
export const event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('job'), job }),
  z
    .object({ type: z.literal('mappings') })
    .describe('The status of mappings may have changed: read it again.'),
  z.object({ type: z.literal('overview') }).describe('The overview may have changed.'),
  z
    .object({ type: z.literal('changed'), what: z.string() })
    .describe('Somebody has changed something; `what` is as in the address: collections, tenants …'),
  z.object({ type: z.literal('resync') }).describe('There was a break in the stream: read everything again.'),
  z.object({ type: z.literal('signed-out') }).describe('The session has ended, and the stream with it.'),
]);
export type ServerEvent = z.output<typeof event>;
