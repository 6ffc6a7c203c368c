import { Worker } from 'node:worker_threads';
import { type Clock, Problem, problemData, problemFrom } from '../../base/index.ts';
import { engineLimits } from '../engine-context.ts';
import type { Answers } from '../questions.ts';
import type { Executor, ExecutorOptions } from './engine.ts';
import type { Log } from './log.ts';
import { type FromWorker, fromWorker, type ToWorker, type WorkerStart } from './messages.ts';
import { brokenOff, Pending } from './pending.ts';

type AnyAnswer = Answers[keyof Answers];
type PendingAnswers = Pending<AnyAnswer>;

const startTimeoutMs = 60_000;
const restartAfterMs = 1_000;

/** What a worker needs to find its store and its keys. */
export interface WorkerSettings {
  dataDir: string;
  env: Readonly<Record<string, string | undefined>>;
  clock: Clock;
  log: Log;
  /** The thread's entry, where it is not the usual one. */
  file?: URL;
}

/**
 * Runs jobs in a worker thread that opens the same store, so that the server never waits for them. A worker that
 * dies is replaced, and the jobs it held are told as interrupted.
 */
export async function openWorkerExecutor(
  options: ExecutorOptions,
  settings: WorkerSettings,
): Promise<Executor> {
  const { clock, log } = settings;
  let closing = false;
  const pending: PendingAnswers = new Pending();
  let worker = await startWorker(options, settings, pending, replace);

  function replace(error: unknown): void {
    pending.breakOff();
    if (closing) return;
    log.error({ problem: problemData(error) }, 'the engine broke down and is started anew');
    revive().catch(again => replace(again));
  }

  async function revive(): Promise<void> {
    await options.brokeDown();
    await clock.sleep(restartAfterMs);
    if (closing) return;
    worker = await startWorker(options, settings, pending, replace);
    tell(worker, { type: 'wake' });
  }

  return {
    wake: () => tell(worker, { type: 'wake' }),
    async ask(question, signal) {
      if (!isAlive(worker)) throw brokenOff();
      return await pending.ask(
        number => tell(worker, { type: 'ask', number, question }),
        number => tell(worker, { type: 'forget', number }),
        signal,
      );
    },
    async close() {
      closing = true;
      if (!isAlive(worker)) return;
      const ended = new Promise(resolve => worker.once('exit', resolve));
      tell(worker, { type: 'close' });
      await ended;
    },
  };
}

/** Starts the thread and waits until its store is open; `died` is called if it ends unasked later. */
async function startWorker(
  options: ExecutorOptions,
  { dataDir, env, log, file = workerFile() }: WorkerSettings,
  pending: PendingAnswers,
  died: (error: unknown) => void,
): Promise<Worker> {
  const start: WorkerStart = { dataDir, engine: options.engine };
  const worker = new Worker(file, { workerData: start, env: { ...env }, resourceLimits: engineLimits });
  const ready = Promise.withResolvers<void>();
  let failure: unknown;
  let isReady = false;
  const timer = setTimeout(() => ready.reject(tooSlow()), startTimeoutMs);

  worker.on('message', (raw: unknown) => {
    const message: FromWorker = fromWorker.parse(raw);
    if (message.type === 'event') options.notify(message.event);
    else if (message.type === 'log') log[message.level](message.data, message.message);
    else if (message.type === 'answer') pending.answer(message.number, message.value as AnyAnswer);
    else if (message.type === 'refusal') pending.refuse(message.number, problemFrom(message.problem));
    else if (message.type === 'failed') ready.reject(problemFrom(message.problem));
    else {
      isReady = true;
      ready.resolve();
    }
  });
  worker.on('error', error => {
    failure = error;
  });
  worker.on('exit', code => {
    const cause = failure ?? new Error(`the worker thread ended with code ${code}`);
    if (isReady) died(cause);
    else ready.reject(cause);
  });
  try {
    await ready.promise;
    return worker;
  } catch (error) {
    await worker.terminate();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** The entry of the thread lies beside this file's folder, as source or compiled. */
function workerFile(): URL {
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new URL(`../worker.${ending}`, import.meta.url);
}

function isAlive(worker: Worker): boolean {
  return worker.threadId !== -1;
}

function tell(worker: Worker, message: ToWorker): void {
  worker.postMessage(message);
}

function tooSlow(): Problem {
  return new Problem(
    'storage',
    'engine-not-started',
    'The engine did not start within a minute.',
    'Look at the load of this machine and its disk, then start Rollcall again.',
  );
}
