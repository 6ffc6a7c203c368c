import type { Clock } from '../../src/base/index.ts';

/** A clock that stands still until somebody waits or moves it. */
export class TestClock implements Clock {
  #now = Date.parse('2026-01-05T08:00:00Z');
  /** How long was waited in all, in milliseconds. */
  slept = 0;

  now(): Date {
    return new Date(this.#now);
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.slept += ms;
    this.#now += ms;
  }

  /** Lets time pass. */
  pass(ms: number): void {
    this.#now += ms;
  }
}
