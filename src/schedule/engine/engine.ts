import { randomUUID } from 'node:crypto';
import { type Clock, Problem, type ProblemData } from '../../base/index.ts';
import { acquireLease, leaseOwner, releaseLease, renewLease, type Store } from '../../store/index.ts';
import {
  cancelJob,
  engineLease,
  failRunning,
  getJob,
  insertJob,
  interrupted,
  isFinished,
  type Job,
  type JobRequest,
  recoverJobs,
} from '../jobs/index.ts';
import type { Answers, Question } from '../questions.ts';
import { createEvents, type EngineEvent } from './events.ts';
import type { Log } from './log.ts';

/** What takes long work and does it, in this thread or in another. */
export interface Engine {
  /** Takes a job; it starts when its turn comes. */
  submit(request: JobRequest, requestedBy: string): Promise<Job>;
  /** How a job stands. @throws Problem `job-not-found` */
  job(id: string): Promise<Job>;
  /** Waits until a job has ended, or `timeoutMs` has passed; then tells how it stands. */
  wait(id: string, options?: { timeoutMs?: number; signal?: AbortSignal }): Promise<Job>;
  /** Asks a job to stop at its next safe point. */
  cancel(id: string, by: string): Promise<Job>;
  /** Finds something out that may take seconds. @throws Problem as the rooms behind do, or the signal's reason */
  ask<T extends Question['type']>(
    question: Extract<Question, { type: T }>,
    signal: AbortSignal,
  ): Promise<Answers[T]>;
  /** Calls the listener with each event, until the returned function is called. */
  subscribe(listener: (event: EngineEvent) => void): () => void;
  /** Stops what runs at its next safe point and gives everything back. What is queued stays for the next engine. */
  close(): Promise<void>;
}

/** Where the jobs of an engine run: here, or in a worker thread. */
export interface Executor {
  wake(): void;
  /** Answers a question with what `Answers` has for its type. */
  ask(question: Question, signal: AbortSignal): Promise<Answers[keyof Answers]>;
  close(): Promise<void>;
}

/** What an executor is given to tell how things go. */
export interface ExecutorOptions {
  engine: string;
  notify: (event: EngineEvent) => void;
  /** Called when the executor has broken down and started anew: what it was doing is lost. */
  brokeDown: () => Promise<void>;
}

const heartbeatMs = 20_000;
/** Events may come from another process only through the store, so waiting looks there now and then. */
const lookEveryMs = 1_000;

/**
 * Opens an engine over a store: takes over what a dead engine left, keeps its own lease alive, and hands jobs to its
 * executor.
 */
export async function openEngine(
  store: Store,
  settings: { clock: Clock; log: Log },
  openExecutor: (options: ExecutorOptions) => Promise<Executor>,
): Promise<Engine> {
  const { clock, log } = settings;
  const engine = randomUUID();
  const lease = engineLease(engine);
  const owner = leaseOwner();
  const events = createEvents();
  // Jobs whose end the store could not keep; told from here as long as this process lives.
  const unsaved = new Map<string, ProblemData>();

  events.subscribe(event => {
    if (event.type === 'unsaved') unsaved.set(event.id, event.problem);
  });
  await acquireLease(store, lease, owner, clock.now());
  const heartbeat = setInterval(() => {
    renewLease(store, lease, owner, clock.now()).catch(error =>
      log.warn({ error: String(error) }, 'the lease of the engine is not renewed'),
    );
  }, heartbeatMs);
  heartbeat.unref();
  const recovered = await recoverJobs(store, engine, clock);
  if (recovered.interrupted + recovered.takenOver > 0)
    log.warn(recovered, 'jobs of an earlier run were found');

  const executor = await openExecutor({
    engine,
    notify: event => events.emit(event),
    brokeDown: async () => {
      await failRunning(store, engine, interrupted, clock);
    },
  }).catch(async error => {
    clearInterval(heartbeat);
    await releaseLease(store, lease, owner);
    throw error;
  });
  executor.wake();
  let closed = false;

  async function job(id: string): Promise<Job> {
    const found = await getJob(store, id);
    const problem = unsaved.get(id);
    if (!problem || isFinished(found)) return found;
    return { ...found, state: 'failed', problem, finishedAt: clock.now().toISOString() };
  }

  return {
    async submit(request, requestedBy) {
      if (closed) throw stopping();
      const submitted = await insertJob(store, request, { requestedBy, engine }, clock);
      executor.wake();
      return submitted;
    },
    job,
    async wait(id, { timeoutMs = Number.POSITIVE_INFINITY, signal } = {}) {
      const until = Date.now() + timeoutMs;
      for (;;) {
        const left = until - Date.now();
        const moved = nextEvent(events, id, Math.min(left, lookEveryMs));
        try {
          const found = await job(id);
          if (isFinished(found) || left <= 0 || closed || signal?.aborted) return found;
          await moved.promise;
        } finally {
          moved.forget();
        }
      }
    },
    async cancel(id, by) {
      const found = await cancelJob(store, id, by, clock);
      events.emit({ type: 'job', id });
      return found;
    },
    async ask<T extends Question['type']>(question: Extract<Question, { type: T }>, signal: AbortSignal) {
      if (closed) throw stopping();
      return (await executor.ask(question, signal)) as Answers[T];
    },
    subscribe: listener => events.subscribe(listener),
    async close() {
      if (closed) return;
      closed = true;
      await executor.close();
      clearInterval(heartbeat);
      await releaseLease(store, lease, owner);
    },
  };
}

/** The next event about a job, listened for from now on, or the passing of `ms`. */
function nextEvent(events: ReturnType<typeof createEvents>, id: string, ms: number) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const unsubscribe = events.subscribe(event => {
    if (event.type !== 'mappings' && event.id === id) resolve();
  });
  const timer = setTimeout(resolve, Math.max(0, ms));
  const forget = () => {
    unsubscribe();
    clearTimeout(timer);
  };
  return { promise, forget };
}

function stopping(): Problem {
  return new Problem(
    'conflict',
    'server-stopping',
    'Rollcall is stopping and takes no more work.',
    'Ask again when it has started anew.',
  );
}
