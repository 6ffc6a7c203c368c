import { randomUUID } from 'node:crypto';
import { type Clock, Problem, problemData } from '../base/index.ts';
import {
  type DeviceCode,
  type Directory,
  openUserSignIn,
  type Secrets,
  type Tenant,
  type UserSignIn,
} from '../directory/index.ts';
import type { Identity } from './auth/identity.ts';
import type { EntraSignIn } from './contract/index.ts';

/** A sign-in serves this long at most, whatever the life of its token. */
const servesMs = 60 * 60_000;
/** How many one caller may have at a time: enough for a few windows, too few to fill memory. */
const perCaller = 5;

interface Kept {
  shown: EntraSignIn;
  /** The account or token that started it. */
  owner: string;
  tenant: Tenant;
  flow: UserSignIn;
  directory: Directory | null;
  /** Resolves when the sign-in has succeeded or failed. */
  ended: Promise<void>;
}

/**
 * Users' sign-ins by device code, in the memory of this process alone: each belongs to the account or token that started it, and
 * is forgotten when it has served its time.
 */
export class SignIns {
  readonly #secrets: Secrets;
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();

  constructor(secrets: Secrets, clock: Clock) {
    this.#secrets = secrets;
    this.#clock = clock;
  }

  /** Starts one and gives it with its code. @throws Problem when Entra gives no code, or the caller has too many */
  async start(tenant: Tenant, caller: Identity): Promise<EntraSignIn> {
    await this.#forgetOld();
    if (
      this.#kept
        .values()
        .filter(one => one.owner === ownerOf(caller))
        .toArray().length >= perCaller
    ) {
      throw tooMany();
    }
    const flow = openUserSignIn(tenant, this.#secrets, { clock: this.#clock });
    try {
      const shown = this.#begun(tenant, await flow.code);
      const kept: Kept = {
        shown,
        owner: ownerOf(caller),
        tenant,
        flow,
        directory: null,
        ended: Promise.resolve(),
      };
      kept.ended = this.#follow(kept);
      this.#kept.set(shown.id, kept);
      return shown;
    } catch (error) {
      await flow.close();
      throw error;
    }
  }

  /**
   * How one stands, at once or when it has ended, after `waitSeconds` at the latest.
   * @throws Problem `sign-in-not-found` where the caller has none of that id
   */
  async show(id: string, caller: Identity, waitSeconds: number, signal: AbortSignal): Promise<EntraSignIn> {
    const kept = await this.#find(id, caller);
    if (waitSeconds > 0 && kept.shown.state === 'waiting') {
      const waiting = new AbortController();
      const either = AbortSignal.any([waiting.signal, signal]);
      const time = this.#clock.sleep(waitSeconds * 1000, either).catch(() => {});
      await Promise.race([kept.ended, time]);
      waiting.abort();
    }
    return kept.shown;
  }

  /**
   * The directory of a tenant as the user who signed in sees it.
   * @throws Problem `sign-in-not-found`, `sign-in-waits`, `sign-in-of-another-tenant`, or what made it fail
   */
  async directory(id: string, caller: Identity, tenant: Tenant): Promise<Directory> {
    const kept = await this.#find(id, caller);
    if (kept.tenant.id !== tenant.id) {
      throw new Problem(
        'conflict',
        'sign-in-of-another-tenant',
        `The sign-in is to ${kept.tenant.name}, not to ${tenant.name}.`,
        'Sign in to that tenant.',
      );
    }
    if (kept.directory) return kept.directory;
    const { problem } = kept.shown;
    if (problem) throw new Problem(problem.kind, problem.code, problem.message, problem.hint);
    throw new Problem(
      'conflict',
      'sign-in-waits',
      'Nobody has signed in with the code yet.',
      `Open ${kept.shown.verificationUri} and type ${kept.shown.userCode}.`,
    );
  }

  /** Gives one up and forgets it. @throws Problem `sign-in-not-found` */
  async end(id: string, caller: Identity): Promise<void> {
    await this.#find(id, caller);
    await this.#forget(id);
  }

  /** Forgets all. */
  async close(): Promise<void> {
    for (const id of [...this.#kept.keys()]) await this.#forget(id);
  }

  #begun(tenant: Tenant, { userCode, verificationUri, message, expiresIn }: DeviceCode): EntraSignIn {
    const expiresAt = new Date(this.#clock.now().getTime() + expiresIn * 1000).toISOString();
    return {
      id: randomUUID(),
      cloudServiceId: tenant.id,
      state: 'waiting',
      userCode,
      verificationUri,
      message,
      expiresAt,
      user: null,
      problem: null,
    };
  }

  async #follow(kept: Kept): Promise<void> {
    try {
      const { user, expiresAt, directory } = await kept.flow.signedIn;
      const until = Math.min(expiresAt.getTime(), this.#clock.now().getTime() + servesMs);
      kept.directory = directory;
      kept.shown = {
        ...kept.shown,
        state: 'signed-in',
        user,
        expiresAt: new Date(until).toISOString(),
      };
    } catch (error) {
      kept.shown = { ...kept.shown, state: 'failed', problem: problemData(error) };
    }
  }

  async #find(id: string, caller: Identity): Promise<Kept> {
    await this.#forgetOld();
    const kept = this.#kept.get(id);
    // Somebody else's is as if it were not there.
    if (kept?.owner === ownerOf(caller)) return kept;
    throw new Problem(
      'not-found',
      'sign-in-not-found',
      'There is no such sign-in of yours, or it has served its time.',
      'Sign in again.',
    );
  }

  async #forgetOld(): Promise<void> {
    const now = this.#clock.now().toISOString();
    for (const [id, { shown }] of this.#kept) if (shown.expiresAt <= now) await this.#forget(id);
  }

  async #forget(id: string): Promise<void> {
    const kept = this.#kept.get(id);
    this.#kept.delete(id);
    await kept?.flow.close();
  }
}

function tooMany(): Problem {
  return new Problem(
    'conflict',
    'too-many-sign-ins',
    `${perCaller} sign-ins of yours are open already.`,
    'Complete one of them or give it up; they end by themselves.',
  );
}

function ownerOf({ accountId, tokenId }: Identity): string {
  return accountId === null ? `token ${tokenId}` : `account ${accountId}`;
}
