import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Problem } from '../../base/index.ts';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** What the derivation of a key takes: memory is 128 × N × r bytes, time N × r × p. */
export interface PasswordCost {
  N: number;
  r: number;
  p: number;
}

/** OWASP Password Storage Cheat Sheet: N=2^15 (32 MiB), r=8, p=3 is as strong as N=2^17, p=1 with a quarter of the memory. */
const usualCost: PasswordCost = { N: 2 ** 15, r: 8, p: 3 };
const keyBytes = 32;
const saltBytes = 16;
const maxmem = 64 * 1024 * 1024;

/** So many at a time: a flood of sign-ins must neither fill the memory nor take every core. */
const atOnce = 2;
/** So many more may wait; beyond that they are turned away. */
const mayWait = 50;

/** Makes and checks the hashes of passwords, a few at a time. */
export class Passwords {
  readonly #cost: PasswordCost;
  #nobodys: Promise<string> | undefined;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  /** @param cost of new hashes; each tells its own, so that those of before stay good */
  constructor(cost: PasswordCost = usualCost) {
    this.#cost = cost;
  }

  /**
   * The hash of a password with all that is needed to check it. It is of use to nobody who has not the password.
   * @throws Problem `too-many-sign-ins` when too many are under way
   */
  async hash(password: string): Promise<string> {
    const { N, r, p } = this.#cost;
    const salt = randomBytes(saltBytes);
    const key = await this.#derive(password, salt, keyBytes, { N, r, p });
    return ['scrypt', N, r, p, salt.toString('base64'), key.toString('base64')].join('$');
  }

  /**
   * Whether a password is the one of a hash. Without a hash it takes just as long and is false, so that the time does
   * not tell whether an account exists.
   * @throws Problem `too-many-sign-ins` when too many are under way
   */
  async verify(password: string, hash: string | null): Promise<boolean> {
    const [, n, r, p, salt = '', key = ''] = (hash ?? (await this.#nobody())).split('$');
    const expected = Buffer.from(key, 'base64');
    const cost = { N: Number(n), r: Number(r), p: Number(p) };
    const found = await this.#derive(password, Buffer.from(salt, 'base64'), expected.length, cost);
    return timingSafeEqual(found, expected) && hash !== null;
  }

  #nobody(): Promise<string> {
    this.#nobodys ??= this.hash(randomBytes(32).toString('base64'));
    return this.#nobodys;
  }

  #derive(password: string, salt: Buffer, bytes: number, cost: PasswordCost): Promise<Buffer> {
    return this.#inTurn(() => derive(password.normalize('NFKC'), salt, bytes, { ...cost, maxmem }));
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= atOnce) {
      if (this.#waiting.length >= mayWait) throw tooMany();
      await new Promise<void>(resolve => this.#waiting.push(resolve));
    }
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }
}

function tooMany(): Problem {
  return new Problem(
    'forbidden',
    'too-many-sign-ins',
    'Too many sign in at this moment.',
    'Try again in some seconds.',
  );
}
