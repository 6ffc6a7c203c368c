import { type Clock, problemData } from '../base/index.ts';
import type { Engine } from './engine/engine.ts';
import type { Log } from './engine/log.ts';
import { isFinished, type Job } from './jobs/index.ts';

/** How often everything is brought in step, as in ConfigMgr. */
const cycleMs = 5 * 60_000;

/** A cycle that runs until it is stopped. */
export interface Cycle {
  /** Resolves with the first round's job when that has ended. */
  first: Promise<Job | undefined>;
  /** When the next round begins; null while one is under way or when no more come. */
  next(): Date | null;
  /** Starts no more rounds; one under way is the engine's. */
  stop(): void;
}

/**
 * Submits a round at once and then every five minutes. A round that takes longer is followed by the next one at the
 * next full interval: rounds never pile up.
 */
export function startCycle(engine: Engine, clock: Clock, log: Log, everyMs = cycleMs): Cycle {
  const stopping = new AbortController();
  const first = Promise.withResolvers<Job | undefined>();
  let next: Date | null = null;

  async function turn(): Promise<Job | undefined> {
    try {
      const { id } = await engine.submit({ kind: 'cycle', arguments: {} }, 'schedule');
      const job = await engine.wait(id, { signal: stopping.signal });
      return isFinished(job) ? job : undefined;
    } catch (error) {
      if (!stopping.signal.aborted) log.error({ problem: problemData(error) }, 'the cycle did not start');
      return undefined;
    }
  }

  async function go(): Promise<void> {
    let due = clock.now().getTime();
    while (!stopping.signal.aborted) {
      first.resolve(await turn());
      const now = clock.now().getTime();
      while (due <= now) due += everyMs;
      next = new Date(due);
      await clock.sleep(due - now, stopping.signal).catch(() => {});
      next = null;
    }
    first.resolve(undefined);
  }

  go().catch(error => log.error({ problem: problemData(error) }, 'the cycle has stopped'));
  return { first: first.promise, next: () => next, stop: () => stopping.abort() };
}
