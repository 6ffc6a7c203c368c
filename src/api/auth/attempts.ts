import { type Clock, Problem } from '../../base/index.ts';

const windowMs = 60_000;
const allowed = 10;

/**
 * Counts wrong tokens by where they come from. Whoever has a right one is never kept out: a page left open with an
 * old cookie must not lock out the people behind the same address.
 */
export class Attempts {
  readonly #clock: Pick<Clock, 'now'>;
  #failures = new Map<string, number>();
  #since = 0;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** Notes a wrong token. @throws Problem `too-many-attempts` from the eleventh of an address within a minute on */
  failed(address: string): void {
    const now = this.#clock.now().getTime();
    if (now - this.#since >= windowMs) {
      this.#failures = new Map();
      this.#since = now;
    }
    const failures = (this.#failures.get(address) ?? 0) + 1;
    this.#failures.set(address, failures);
    if (failures <= allowed) return;
    throw new Problem(
      'forbidden',
      'too-many-attempts',
      'Too many wrong tokens came from this address.',
      'Use the token in the file "token" of the data folder, or one that an administrator has made.',
    );
  }
}
