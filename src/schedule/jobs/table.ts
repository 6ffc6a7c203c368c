import { randomUUIDv7 } from 'node:crypto';
import { type Clock, Problem, type ProblemData, type Progress } from '../../base/index.ts';
import type { Store } from '../../store/index.ts';
import { type Job, jobOf } from './job.ts';
import { type JobArguments, type JobKind, type JobRequest, jobArguments, jobKinds } from './kinds.ts';

/** A job as its engine gets it. */
export interface ClaimedJob {
  id: string;
  kind: JobKind;
  arguments: unknown;
  requestedBy: string;
}

/** How a job ended. */
export type JobEnd =
  | { state: 'succeeded'; result: unknown }
  | { state: 'failed' | 'cancelled'; problem: ProblemData };

/**
 * Writes a job for an engine to find. Ids grow with time.
 * @param engine id of the engine that is to run it
 */
export async function insertJob(
  store: Store,
  request: JobRequest,
  by: { requestedBy: string; engine: string },
  clock: Pick<Clock, 'now'>,
): Promise<Job> {
  const row = await store.db
    .insertInto('job')
    .values({
      id: nextId(),
      kind: request.kind,
      arguments: JSON.stringify(request.arguments),
      state: 'queued',
      requested_by: by.requestedBy,
      engine: by.engine,
      cancel_requested: 0,
      created_at: clock.now().toISOString(),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return jobOf(row);
}

/** Writes a job for the engine that runs another one, which asks for it. It is found when that one has ended. */
export async function insertBeside(
  store: Store,
  asking: { id: string; requestedBy: string },
  request: JobRequest,
  clock: Pick<Clock, 'now'>,
): Promise<Job> {
  const { engine } = await store.db
    .selectFrom('job')
    .select('engine')
    .where('id', '=', asking.id)
    .executeTakeFirstOrThrow();
  return insertJob(store, request, { requestedBy: asking.requestedBy, engine }, clock);
}

/** What the jobs of a kind that have not ended were asked to do. */
export async function unfinished<K extends JobKind>(store: Store, kind: K): Promise<JobArguments<K>[]> {
  const rows = await store.db
    .selectFrom('job')
    .select('arguments')
    .where('kind', '=', kind)
    .where('state', 'in', ['queued', 'running'])
    .execute();
  return rows.map(row => jobArguments[kind].parse(JSON.parse(row.arguments)) as JobArguments<K>);
}

/** A job by its id. @throws Problem `job-not-found` */
export async function getJob(store: Store, id: string): Promise<Job> {
  const row = await store.db.selectFrom('job').selectAll().where('id', '=', id).executeTakeFirst();
  if (row) return jobOf(row);
  throw new Problem(
    'not-found',
    'job-not-found',
    `There is no job "${id}".`,
    'Jobs are kept for a week after their end.',
  );
}

/** Jobs, the newest first, a page at a time. */
export async function listJobs(
  store: Store,
  page: { after?: string | undefined; limit: number; requestedBy?: string | undefined },
): Promise<{ jobs: Job[]; next: string | null }> {
  const { after, limit, requestedBy } = page;
  const rows = await store.db
    .selectFrom('job')
    .selectAll()
    .$if(after !== undefined, query => query.where('id', '<', after ?? ''))
    .$if(requestedBy !== undefined, query => query.where('requested_by', '=', requestedBy ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const jobs = rows.slice(0, limit).map(jobOf);
  return { jobs, next: rows.length > limit ? (jobs.at(-1)?.id ?? null) : null };
}

let lastId = '';

/** An id greater than the one before: a UUID of version 7 is ordered by its millisecond only, jobs are queued by it. */
function nextId(): string {
  let id = randomUUIDv7();
  while (id <= lastId) id = randomUUIDv7();
  lastId = id;
  return id;
}

/** Takes the oldest queued job of one of the kinds for an engine, which must then run it. */
export async function claimJob(
  store: Store,
  engine: string,
  kinds: readonly JobKind[],
  clock: Pick<Clock, 'now'>,
): Promise<ClaimedJob | undefined> {
  if (kinds.length === 0) return undefined;
  const row = await store.db
    .updateTable('job')
    .set({ state: 'running', started_at: clock.now().toISOString() })
    .where('state', '=', 'queued')
    .where('id', '=', db =>
      db
        .selectFrom('job')
        .select('id')
        .where('state', '=', 'queued')
        .where('engine', '=', engine)
        .where('kind', 'in', kinds)
        .orderBy('id')
        .limit(1),
    )
    .returning(['id', 'kind', 'arguments', 'requested_by'])
    .executeTakeFirst();
  const kind = jobKinds.find(known => known === row?.kind);
  if (!row || !kind) return undefined;
  return { id: row.id, kind, arguments: JSON.parse(row.arguments), requestedBy: row.requested_by };
}

/**
 * Stores how far a job is.
 * @returns whether somebody has asked to cancel it
 */
export async function saveProgress(store: Store, id: string, progress: Progress | null): Promise<boolean> {
  const row = await store.db
    .updateTable('job')
    .set(progress === null ? { id } : { progress: JSON.stringify(progress) })
    .where('id', '=', id)
    .returning('cancel_requested')
    .executeTakeFirst();
  return row?.cancel_requested === 1;
}

/** Whether somebody has asked to cancel the job. */
export async function isCancelRequested(store: Store, id: string): Promise<boolean> {
  const row = await store.db
    .selectFrom('job')
    .select('cancel_requested')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.cancel_requested === 1;
}

/** Stores how a running job ended. */
export async function finishJob(
  store: Store,
  id: string,
  end: JobEnd,
  clock: Pick<Clock, 'now'>,
): Promise<void> {
  await store.db
    .updateTable('job')
    .set({
      state: end.state,
      result: end.state === 'succeeded' ? JSON.stringify(end.result) : null,
      problem: end.state === 'succeeded' ? null : JSON.stringify(end.problem),
      finished_at: clock.now().toISOString(),
    })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute();
}

/**
 * Asks a job to stop: a queued one ends at once, a running one at its next safe point, a finished one stays.
 * @throws Problem `job-not-found`
 */
export async function cancelJob(
  store: Store,
  id: string,
  by: string,
  clock: Pick<Clock, 'now'>,
): Promise<Job> {
  await store.db
    .updateTable('job')
    .set({
      state: 'cancelled',
      problem: JSON.stringify(cancelled(by)),
      finished_at: clock.now().toISOString(),
    })
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .execute();
  await store.db
    .updateTable('job')
    .set({ cancel_requested: 1 })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute();
  return await getJob(store, id);
}

/** Forgets jobs that ended before an instant. */
export async function pruneJobs(store: Store, before: Date): Promise<void> {
  await store.db.deleteFrom('job').where('finished_at', '<', before.toISOString()).execute();
}

/** The problem of a job that somebody stopped. */
export function cancelled(by: string): ProblemData {
  return {
    kind: 'conflict',
    code: 'job-cancelled',
    message: `The work was stopped by ${by}.`,
    hint: 'What was done so far stays; run it again to go on.',
  };
}
