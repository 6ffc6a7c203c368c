import type { Clock } from '../../base/index.ts';
import { taken, waitFor } from './bucket.ts';
import type { Limits } from './limits.ts';
import {
  type Answered,
  answered,
  choose,
  forgotten,
  granted,
  newQuota,
  otherLimits,
  type QuotaState,
  quotaUsed,
  throttled,
  type Waiter,
} from './quota.ts';

/** Leave to send some writes. `done` must be called once, with what came of it. */
export interface Lease {
  /** How many writes may be sent, at most what was wanted. */
  batch: number;
  done(result: LeaseResult): void;
}

export type LeaseResult = Pick<Answered, 'throttled' | 'overloaded' | 'retryAfterMs' | 'used'>;

interface Waiting extends Waiter {
  grant(batch: number): void;
}

/**
 * Decides who may write to Graph and when, for one app in one tenant. All that write to the tenant share one
 * governor; the rules are in quota.ts, the waiting is here.
 */
export class Governor {
  #limits: Limits;
  readonly #clock: Clock;
  readonly #random: () => number;
  #state: QuotaState;
  #waiting: Waiting[] = [];
  /** The latest time seen, and by how much the clock has been set back since the start. */
  #last = 0;
  #setBack = 0;
  /** Ends the present wait for time to pass. */
  #alarm: AbortController | null = null;

  constructor(limits: Limits, clock: Clock, random: () => number) {
    this.#limits = limits;
    this.#clock = clock;
    this.#random = random;
    this.#state = newQuota(limits, this.#now());
  }

  /** Waits for leave to send up to `wanted` writes to a group. Rejects with the signal's reason when aborted. */
  acquire(waiter: Waiter, signal?: AbortSignal): Promise<Lease> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const give = () => {
        this.#waiting = this.#waiting.filter(w => w !== waiting);
        reject(signal?.reason);
      };
      const waiting: Waiting = {
        ...waiter,
        grant: batch => {
          signal?.removeEventListener('abort', give);
          resolve(this.#lease(waiter.group, batch));
        },
      };
      signal?.addEventListener('abort', give, { once: true });
      this.#waiting.push(waiting);
      this.#pump();
    });
  }

  /** Waits until a read of so many resource units may be sent. */
  async beforeRead(units: number, signal?: AbortSignal): Promise<void> {
    if (units === 0) return;
    for (;;) {
      const now = this.#now();
      const { readsPausedUntil } = this.#state;
      const ms = Math.max(readsPausedUntil - now, waitFor(this.#state.units, this.#limits.units, units, now));
      if (ms <= 0) break;
      await this.#clock.sleep(ms, signal);
    }
    this.#state = {
      ...this.#state,
      units: taken(this.#state.units, this.#limits.units, units, this.#now()),
    };
  }

  /** Keeps to other limits from now on. */
  changeLimits(limits: Limits): void {
    this.#state = otherLimits(this.#state, this.#limits, limits, this.#now());
    this.#limits = limits;
    this.#pump();
  }

  /** Takes note of the answer to a call: its refusal, and how much of the limit Graph says is used. */
  heard(
    kind: 'read' | 'write',
    status: number,
    headers: Readonly<Record<string, string>>,
    retryAfterMs: number | null,
  ): void {
    const now = this.#now();
    const used = usedPart(headers);
    if (status === 429) this.#state = throttled(this.#state, this.#limits, kind, retryAfterMs, now);
    if (used !== null) this.#state = quotaUsed(this.#state, this.#limits, kind, used, now);
  }

  /** A group's run has ended: nothing more of it is kept. */
  forget(group: string): void {
    this.#state = forgotten(this.#state, group);
  }

  #lease(group: string, batch: number): Lease {
    const sentAt = this.#now();
    return {
      batch,
      done: result => {
        const answer = { ...result, group, batch, sentAt };
        this.#state = answered(this.#state, this.#limits, answer, this.#random(), this.#now());
        this.#pump();
      },
    };
  }

  #pump(): void {
    this.#alarm?.abort();
    this.#alarm = null;
    for (;;) {
      const now = this.#now();
      const choice = choose(this.#state, this.#limits, this.#waiting, now);
      if (choice.kind === 'wait') {
        if (choice.ms !== null) this.#wakeAfter(choice.ms);
        return;
      }
      const [chosen] = this.#waiting.splice(choice.index, 1);
      if (!chosen) return;
      const othersWait = this.#waiting.some(w => w.priority !== chosen.priority);
      this.#state = granted(this.#state, this.#limits, chosen, choice.batch, othersWait, now);
      chosen.grant(choice.batch);
    }
  }

  #wakeAfter(ms: number): void {
    const alarm = new AbortController();
    this.#alarm = alarm;
    this.#clock.sleep(ms, alarm.signal).then(
      () => {
        if (this.#alarm === alarm) this.#pump();
      },
      () => {
        // Somebody came or answered meanwhile, and the wait was taken up anew.
      },
    );
  }

  /** The time by which rates are reckoned. Where the clock is set back it goes on: nobody waits for an hour twice. */
  #now(): number {
    const shown = this.#clock.now().getTime();
    this.#setBack = Math.max(this.#setBack, this.#last - shown);
    this.#last = shown + this.#setBack;
    return this.#last;
  }
}

/** x-ms-throttle-limit-percentage of an answer, as a part of 1. */
export function usedPart(headers: Readonly<Record<string, string>>): number | null {
  const value = Number.parseFloat(headers['x-ms-throttle-limit-percentage'] ?? '');
  return Number.isFinite(value) && value > 0 ? value : null;
}
