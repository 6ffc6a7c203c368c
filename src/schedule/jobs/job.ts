import type { Selectable } from 'kysely';
import { z } from 'zod';
import { type ProblemData, type Progress, problemKinds } from '../../base/index.ts';
import type { JobTable } from '../../store/index.ts';
import { type JobKind, jobKinds } from './kinds.ts';

export type JobState = JobTable['state'];

/** Long work that somebody asked for: how far it is, and how it ended. Instants are ISO 8601 in UTC. */
export interface Job {
  id: string;
  kind: JobKind;
  state: JobState;
  progress: Progress | null;
  /** What the work gave; null until it has succeeded. */
  result: unknown;
  /** Why it failed or was cancelled. */
  problem: ProblemData | null;
  requestedBy: string;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
}

/** Whether nothing will happen to the job any more. */
export function isFinished(job: Job): boolean {
  return job.state !== 'queued' && job.state !== 'running';
}

const kind = z.enum(jobKinds);
const progress = z.object({
  phase: z.string(),
  done: z.number(),
  total: z.number().optional(),
  unit: z.string().optional(),
  steps: z
    .array(
      z.object({
        groupName: z.string().nullable(),
        step: z.enum(['inventory', 'collection', 'identity', 'group', 'action', 'answer']),
        outcome: z.enum(['ok', 'stopped', 'held', 'failed']),
        text: z.string(),
      }),
    )
    .optional(),
});
/** A problem as it is kept with a job. */
export const problem = z.object({
  kind: z.enum(problemKinds),
  code: z.string(),
  message: z.string(),
  hint: z.string(),
});

/** A job of its row. */
export function jobOf(row: Selectable<JobTable>): Job {
  return {
    id: row.id,
    kind: kind.parse(row.kind),
    state: row.state,
    progress: row.progress === null ? null : progress.parse(JSON.parse(row.progress)),
    result: row.result === null ? null : JSON.parse(row.result),
    problem: row.problem === null ? null : problem.parse(JSON.parse(row.problem)),
    requestedBy: row.requested_by,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}
