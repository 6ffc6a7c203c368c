import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Problem } from '../../base/index.ts';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** OWASP Password Storage Cheat Sheet: N=2^15 (32 MiB), r=8, p=3 is as strong as N=2^17, p=1 with a quarter of the memory. */
const cost = { N: 2 ** 15, r: 8, p: 3 };
const keyBytes = 32;
const saltBytes = 16;
const maxmem = 64 * 1024 * 1024;

/** So many at a time: a flood of sign-ins must neither fill the memory nor take every core. */
const atOnce = 2;
/** So many more may wait; beyond that they are turned away. */
const mayWait = 50;

/** The hash of a password with all that is needed to check it. It is of use to nobody who has not the password. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const key = await inTurn(() => derive(password.normalize('NFKC'), salt, keyBytes, { ...cost, maxmem }));
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), key.toString('base64')].join('$');
}

/**
 * Whether a password is the one of a hash. Without a hash it takes just as long and is false, so that the time does
 * not tell whether an account exists.
 * @throws Problem `too-many-sign-ins` when too many are under way
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const [, n, r, p, salt = '', key = ''] = (hash ?? (await nobodys())).split('$');
  const expected = Buffer.from(key, 'base64');
  const options = { N: Number(n), r: Number(r), p: Number(p), maxmem };
  const found = await inTurn(() =>
    derive(password.normalize('NFKC'), Buffer.from(salt, 'base64'), expected.length, options),
  );
  return timingSafeEqual(found, expected) && hash !== null;
}

let nobody: Promise<string> | undefined;

function nobodys(): Promise<string> {
  nobody ??= hashPassword(randomBytes(32).toString('base64'));
  return nobody;
}

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) {
    if (waiting.length >= mayWait) throw tooMany();
    await new Promise<void>(resolve => waiting.push(resolve));
  }
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.shift()?.();
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
