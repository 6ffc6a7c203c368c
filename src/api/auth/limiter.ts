import type { Clock } from '../../base/index.ts';

/** How many failures are borne, and for how long one counts. */
export interface Allowance {
  failures: number;
  windowMs: number;
}

/** So many keys are remembered; whoever comes from ever new addresses must not fill the memory. */
const remembered = 10_000;

/** Counts failures by key, such as an address or the name of an account, each for a while. */
export class Limiter {
  readonly #allowance: Allowance;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #failures = new Map<string, number[]>();

  constructor(allowance: Allowance, clock: Pick<Clock, 'now'>) {
    this.#allowance = allowance;
    this.#clock = clock;
  }

  /** Notes a failure. */
  failed(key: string): void {
    const recent = this.#recent(key);
    this.#failures.delete(key);
    this.#failures.set(key, [...recent, this.#now()].slice(-this.#allowance.failures));
    const oldest = this.#failures.keys().next().value;
    if (this.#failures.size > remembered && oldest !== undefined) this.#failures.delete(oldest);
  }

  /** For how many seconds nothing more is borne from a key; 0: it may try. */
  waitSeconds(key: string): number {
    const recent = this.#recent(key);
    if (recent.length < this.#allowance.failures) return 0;
    return Math.max(1, Math.ceil(((recent[0] ?? 0) + this.#allowance.windowMs - this.#now()) / 1_000));
  }

  /** Takes the latest failure back: it was none. */
  forgive(key: string): void {
    this.#failures.set(key, this.#recent(key).slice(0, -1));
  }

  /** Forgets the failures of a key. */
  forget(key: string): void {
    this.#failures.delete(key);
  }

  #recent(key: string): number[] {
    const since = this.#now() - this.#allowance.windowMs;
    return (this.#failures.get(key) ?? []).filter(at => at > since);
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}
