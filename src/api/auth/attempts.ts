import { isIP } from 'node:net';
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
    const isTooMany = this.#tokens.waitSeconds(networkOf(address)) > 0;
    this.#tokens.failed(networkOf(address));
    if (!isTooMany) return;
    throw new Problem(
      'forbidden',
      'too-many-attempts',
      'Too many wrong tokens came from this address.',
      'Use the token in the file "token" of the data folder, or one that an administrator has made.',
    );
  }

  /**
   * Before a password is looked at. It counts as wrong from here on: looking takes long, and whoever sends many at once
   * gets no more of them looked at than one after another.
   * @throws Problem `too-many-attempts`
   */
  beforePassword(address: string, account: string): void {
    const [network, name] = [networkOf(address), accountKey(account)];
    refuse(Math.max(this.#addresses.waitSeconds(network), this.#accounts.waitSeconds(name)));
    this.#addresses.failed(network);
    this.#accounts.failed(name);
  }

  /** Notes that it was right: what went wrong with this account before is forgotten. */
  rightPassword(address: string, account: string): void {
    this.#addresses.forgive(networkOf(address));
    this.#accounts.forget(accountKey(account));
  }

  /** Notes that it was not looked at after all. */
  notLookedAt(address: string, account: string): void {
    this.#addresses.forgive(networkOf(address));
    this.#accounts.forgive(accountKey(account));
  }

  /** Before the answer of a provider is looked at. @throws Problem `too-many-attempts` */
  beforeAnswer(address: string): void {
    refuse(this.#addresses.waitSeconds(networkOf(address)));
  }

  /** Notes an answer of a provider that lets nobody in. */
  wrongAnswer(address: string): void {
    this.#addresses.failed(networkOf(address));
  }
}

/** An account as it is found by its name (auth/accounts.ts): however it is written, it is one. */
function accountKey(name: string): string {
  return fold(name.trim());
}

/**
 * Whose an address is, as far as it tells: of IPv6 the first 64 bits, since whoever has one address there has all of
 * them (RFC 6177); IPv4 written as IPv6 is IPv4.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.replace(/%.*$/, '').split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const [first, last] = [groups(head), tail === undefined ? [] : groups(tail)];
  const missing = Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0');
  const all = tail === undefined ? first : [...first, ...missing, ...last];
  return `${all
    .slice(0, 4)
    .map(group => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
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
