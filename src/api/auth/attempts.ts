import { type Clock, fold, Problem } from '../../base/index.ts';
import { Limiter } from './limiter.ts';

const minuteMs = 60_000;

/**
 * Wrong tokens and wrong passwords lately.
 *
 * A token can not be guessed, so whoever has a right one is never kept out: a page left open with an old cookie must
 * not lock out the people behind the same address. A password can: there the limit holds for right and wrong alike,
 * by address and by account.
 */
export class Attempts {
  readonly #tokens: Limiter;
  readonly #addresses: Limiter;
  readonly #accounts: Limiter;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#tokens = new Limiter({ failures: 10, windowMs: minuteMs }, clock);
    this.#addresses = new Limiter({ failures: 10, windowMs: minuteMs }, clock);
    this.#accounts = new Limiter({ failures: 10, windowMs: 15 * minuteMs }, clock);
  }

  /** Notes a wrong token. @throws Problem `too-many-attempts` from the eleventh of an address within a minute on */
  wrongToken(address: string): void {
    const isTooMany = this.#tokens.waitSeconds(address) > 0;
    this.#tokens.failed(address);
    if (!isTooMany) return;
    throw new Problem(
      'forbidden',
      'too-many-attempts',
      'Too many wrong tokens came from this address.',
      'Use the token in the file "token" of the data folder, or one that an administrator has made.',
    );
  }

  /** Before a password is looked at. @throws Problem `too-many-attempts` */
  beforePassword(address: string, account: string): void {
    refuse(Math.max(this.#addresses.waitSeconds(address), this.#accounts.waitSeconds(fold(account))));
  }

  /** Before the answer of a provider is looked at. @throws Problem `too-many-attempts` */
  beforeAnswer(address: string): void {
    refuse(this.#addresses.waitSeconds(address));
  }

  /** Notes an answer of a provider that lets nobody in. */
  wrongAnswer(address: string): void {
    this.#addresses.failed(address);
  }

  /** Notes a wrong password. */
  wrongPassword(address: string, account: string): void {
    this.#addresses.failed(address);
    this.#accounts.failed(fold(account));
  }

  /** Notes a right one: what went wrong with this account before is forgotten. */
  rightPassword(account: string): void {
    this.#accounts.forget(fold(account));
  }
}

function refuse(seconds: number): void {
  if (seconds === 0) return;
  throw new Problem(
    'forbidden',
    'too-many-attempts',
    'Too many sign-ins have failed.',
    `Wait ${seconds} seconds, then try again.`,
  );
}
