import {
  type Clock,
  Problem,
  type Progress,
  problemData,
  problemFrom,
  type WorkContext,
} from '../../base/index.ts';
import type { Store } from '../../store/index.ts';
import {
  type ClaimedJob,
  cancelled,
  claimJob,
  finishJob,
  interrupted,
  isCancelRequested,
  type JobArguments,
  type JobEnd,
  type JobKind,
  jobArguments,
  jobKinds,
  saveProgress,
} from '../jobs/index.ts';
import type { EngineEvent } from './events.ts';
import type { Log } from './log.ts';

/** How each kind of job is done. What it returns is kept with the job as JSON. */
export type Handlers = {
  [K in JobKind]: (
    args: JobArguments<K>,
    job: { id: string; requestedBy: string },
    work: WorkContext,
  ) => Promise<unknown>;
};

export interface RunnerOptions {
  store: Store;
  /** The id under which jobs are submitted for this runner. */
  engine: string;
  handlers: Handlers;
  clock: Clock;
  log: Log;
  notify: (event: EngineEvent) => void;
}

export interface Runner {
  /** Says that a job was submitted. */
  wake(): void;
  /** Takes no more jobs, stops the running ones at their next safe point, and resolves when all have ended. */
  close(): Promise<void>;
}

/** How many jobs of a kind run side by side. Two of the same kind that would wait for each other take turns. */
const lanes: Record<JobKind, number> = {
  import: 1,
  discover: 1,
  evaluate: 1,
  synchronize: 4,
  member: 4,
  undo: 2,
  cycle: 1,
  backlog: 2,
};

const progressEveryMs = 400;
const retryAfterMs = 2_000;

interface Running {
  job: ClaimedJob;
  stop: AbortController;
  progress: Progress | null;
  done: Promise<void>;
}

/** Runs the jobs that are submitted for one engine, the oldest first, several side by side. */
export function startRunner(options: RunnerOptions): Runner {
  const { store, engine, handlers, clock, log, notify } = options;
  const running = new Map<string, Running>();
  const closing = new AbortController();
  let wake = () => {};
  let woken = false;

  const wakeUp = () => {
    woken = true;
    wake();
  };
  const waitForWork = () =>
    new Promise<void>(resolve => {
      wake = resolve;
      if (woken) resolve();
    });

  async function pump(): Promise<void> {
    while (!closing.signal.aborted) {
      woken = false;
      try {
        const job = await claimJob(store, engine, freeKinds(), clock);
        if (job) start(job);
        else await waitForWork();
      } catch (error) {
        log.error({ problem: problemData(error) }, 'the queue of jobs can not be read');
        await clock.sleep(retryAfterMs, closing.signal).catch(() => {});
      }
    }
  }

  function freeKinds(): JobKind[] {
    const count = (kind: JobKind) =>
      running
        .values()
        .filter(one => one.job.kind === kind)
        .toArray().length;
    return jobKinds.filter(kind => count(kind) < lanes[kind]);
  }

  function start(job: ClaimedJob): void {
    const one: Running = { job, stop: new AbortController(), progress: null, done: Promise.resolve() };
    running.set(job.id, one);
    one.done = run(one).finally(() => {
      running.delete(job.id);
      wakeUp();
    });
    notify({ type: 'job', id: job.id });
  }

  async function run(one: Running): Promise<void> {
    const { job, stop } = one;
    let saved: Progress | null = null;
    const flush = async () => {
      const { progress } = one;
      const moved = progress !== saved;
      saved = progress;
      const asked = moved
        ? await saveProgress(store, job.id, progress)
        : await isCancelRequested(store, job.id);
      if (moved) tell(job);
      if (asked && !stop.signal.aborted) stop.abort(problemFrom(cancelled('request')));
    };
    const beat = setInterval(() => {
      flush().catch(error => log.warn({ job: job.id, problem: problemData(error) }, 'progress is not saved'));
    }, progressEveryMs);
    const end = await perform(one);
    clearInterval(beat);
    await keepEnd(job.id, end);
    if (end.state === 'failed') log.warn({ job: job.id, kind: job.kind, problem: end.problem }, 'job failed');
    tell(job);
  }

  function tell(job: ClaimedJob): void {
    notify({ type: 'job', id: job.id });
    if (['synchronize', 'cycle', 'backlog', 'member', 'undo'].includes(job.kind))
      notify({ type: 'mappings' });
  }

  async function perform({ job, stop }: Running): Promise<JobEnd> {
    const one = running.get(job.id);
    const work: WorkContext = {
      clock,
      signal: stop.signal,
      report: progress => {
        if (one) one.progress = progress;
      },
    };
    try {
      return { state: 'succeeded', result: await handle(handlers, job, work) };
    } catch (error) {
      if (closing.signal.aborted) return { state: 'failed', problem: interrupted };
      if (stop.signal.aborted) return { state: 'cancelled', problem: problemData(stop.signal.reason) };
      if (!(error instanceof Problem)) log.error({ job: job.id, error: stackOf(error) }, 'defect in a job');
      return { state: 'failed', problem: problemData(error) };
    }
  }

  /** A full disk must not lose the end of a job: it is written as soon as there is room. */
  async function keepEnd(id: string, end: JobEnd): Promise<void> {
    for (;;) {
      try {
        return await finishJob(store, id, end, clock);
      } catch (error) {
        log.error({ job: id, problem: problemData(error) }, 'the end of a job can not be stored yet');
        notify({
          type: 'unsaved',
          id,
          problem: end.state === 'succeeded' ? problemData(error) : end.problem,
        });
        if (closing.signal.aborted) return;
        await clock.sleep(retryAfterMs, closing.signal).catch(() => {});
      }
    }
  }

  const pumping = pump();
  return {
    wake: wakeUp,
    async close() {
      closing.abort();
      wakeUp();
      for (const one of running.values()) one.stop.abort(problemFrom(interrupted));
      await pumping;
      await Promise.all(running.values().map(one => one.done));
    },
  };
}

async function handle<K extends JobKind>(
  handlers: Handlers,
  job: ClaimedJob & { kind: K },
  work: WorkContext,
): Promise<unknown> {
  const args = jobArguments[job.kind].parse(job.arguments) as JobArguments<K>;
  return await handlers[job.kind](args, { id: job.id, requestedBy: job.requestedBy }, work);
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
