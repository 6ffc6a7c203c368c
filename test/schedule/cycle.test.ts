import { describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../src/base/index.ts';
import { listJobs, noLog, startCycle } from '../../src/schedule/index.ts';
import { engineDoing, memoryStore } from './house.ts';

/** A clock that stands still until it is moved; who sleeps is woken by moving. */
function handClock() {
  let ms = Date.parse('2026-11-23T12:00:00.000Z');
  const sleepers = new Set<{ at: number; wake: () => void }>();
  const clock: Clock = {
    now: () => new Date(ms),
    sleep: (duration, signal) =>
      new Promise((resolve, reject) => {
        const sleeper = { at: ms + duration, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      }),
  };
  return {
    clock,
    sleeping: () => sleepers.size,
    move(duration: number) {
      ms += duration;
      for (const sleeper of sleepers) {
        if (sleeper.at > ms) continue;
        sleepers.delete(sleeper);
        sleeper.wake();
      }
    },
  };
}

describe('the cycle', () => {
  it('runs at once, then every five minutes, and stops when told', async () => {
    const store = await memoryStore();
    const rounds: Promise<void>[] = [];
    let arrived = Promise.withResolvers<void>();
    const engine = await engineDoing(store, async () => {
      arrived.resolve();
    });
    const hand = handClock();
    const cycle = startCycle(engine, hand.clock, noLog);
    expect((await cycle.first)?.state).toBe('succeeded');
    for (let round = 0; round < 2; round++) {
      arrived = Promise.withResolvers<void>();
      while (hand.sleeping() === 0) await new Promise(setImmediate);
      hand.move(4 * 60_000);
      hand.move(60_000);
      await arrived.promise;
      rounds.push(arrived.promise);
    }
    cycle.stop();
    hand.move(60 * 60_000);
    const { jobs } = await listJobs(store, { limit: 10 });
    expect(jobs.map(job => [job.kind, job.requestedBy])).toEqual([
      ['cycle', 'schedule'],
      ['cycle', 'schedule'],
      ['cycle', 'schedule'],
    ]);
  });

  it('goes on after a round that failed', async () => {
    const engine = await engineDoing(await memoryStore(), async () => {
      throw new Error('no');
    });
    const cycle = startCycle(engine, systemClock, noLog);
    expect((await cycle.first)?.state).toBe('failed');
    cycle.stop();
  });
});
