import { z } from 'zod';
import type { ProblemData } from '../base/index.ts';
import type { Queries } from '../store/index.ts';
import { problem } from './jobs/index.ts';
import type { RunResult } from './work/synchronize.ts';

const key = 'schedule.last_cycle';

const cycleRecord = z.object({
  startedAt: z.string(),
  finishedAt: z.string(),
  elapsedMs: z.number(),
  outcome: z.enum(['done', 'some-failed', 'held', 'failed']),
  /** What ended it before its time. */
  problem: problem.nullable(),
  collections: z.number(),
  joined: z.number(),
  left: z.number(),
  evaluationErrors: z.number(),
  evaluationMs: z.number(),
  groups: z.number(),
  added: z.number(),
  removed: z.number(),
  failed: z.number(),
  requests: z.number(),
  writes: z.number(),
});
/** What a round of the schedule did, in figures. Instants are ISO 8601 in UTC. */
export type CycleRecord = z.output<typeof cycleRecord>;

/** Keeps how the latest round of the schedule ended. */
export async function saveCycle(
  db: Queries,
  times: { startedAt: Date; finishedAt: Date },
  end: { result: RunResult } | { problem: ProblemData },
): Promise<void> {
  const { startedAt, finishedAt } = times;
  const record: CycleRecord = {
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    elapsedMs: finishedAt.getTime() - startedAt.getTime(),
    ...('result' in end ? { ...figures(end.result), problem: null } : { ...nothing, problem: end.problem }),
  };
  const value = JSON.stringify(record);
  await db
    .insertInto('setting')
    .values({ key, value })
    .onConflict(conflict => conflict.column('key').doUpdateSet({ value }))
    .execute();
}

/** The latest round of the schedule that has ended; null before the first. */
export async function lastCycle(db: Queries): Promise<CycleRecord | null> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst();
  return row ? cycleRecord.parse(JSON.parse(row.value)) : null;
}

type Figures = Omit<CycleRecord, 'startedAt' | 'finishedAt' | 'elapsedMs' | 'problem'>;

const nothing: Figures = {
  outcome: 'failed',
  collections: 0,
  joined: 0,
  left: 0,
  evaluationErrors: 0,
  evaluationMs: 0,
  groups: 0,
  added: 0,
  removed: 0,
  failed: 0,
  requests: 0,
  writes: 0,
};

function figures({ outcome, evaluation, groups }: RunResult): Figures {
  const { evaluated, errors } = evaluation;
  return {
    outcome,
    collections: evaluated.length,
    joined: sum(evaluated, one => one.joined),
    left: sum(evaluated, one => one.left),
    evaluationErrors: errors.length,
    evaluationMs: sum(evaluated, one => one.ms),
    groups: groups.length,
    added: sum(groups, one => one.added),
    removed: sum(groups, one => one.removed),
    failed: sum(groups, one => one.failed),
    requests: sum(groups, one => one.requests),
    writes: sum(groups, one => one.writes),
  };
}

function sum<T>(rows: readonly T[], of: (row: T) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}
