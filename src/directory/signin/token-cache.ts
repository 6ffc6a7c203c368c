import type { Clock } from '../../base/index.ts';
import type { AccessToken, SignIn } from './sign-in.ts';

/** A token is renewed this long before it ends, so that no request meets one that ends on the way. */
const renewBeforeMs = 5 * 60_000;
/** Where tokens live shortly, it is renewed when this part of its life is left. */
const renewBeforePart = 0.2;

/**
 * After a sign-in that failed, others are told of it for so long instead of trying again: thousands of groups must not
 * besiege Entra with a secret that has expired.
 */
const restMs = 10_000;

/** Keeps one token for all requests to a tenant; whoever asks while a sign-in is under way waits for that one. */
export class TokenCache {
  readonly #signIn: SignIn;
  readonly #clock: Pick<Clock, 'now'>;
  #token: AccessToken | null = null;
  #renewAt = 0;
  #failure: { error: unknown; at: number } | null = null;
  #pending: Promise<AccessToken> | null = null;

  constructor(signIn: SignIn, clock: Pick<Clock, 'now'>) {
    this.#signIn = signIn;
    this.#clock = clock;
  }

  /** A token that is good for the next minutes. @throws Problem when the sign-in fails */
  async get(): Promise<string> {
    const now = this.#clock.now().getTime();
    const kept = this.#token;
    if (kept && now < this.#renewAt) return kept.token;
    try {
      // A failure that is still to come is of before the clock was set back.
      const since = this.#failure ? now - this.#failure.at : Number.NaN;
      if (this.#failure && since >= 0 && since < restMs) throw this.#failure.error;
      return (await this.#renew()).token;
    } catch (error) {
      // Renewing early failed, and the one we have is still good.
      if (kept && this.#token === kept && kept.expiresAt > now) return kept.token;
      throw error;
    }
  }

  /** Graph has refused this token: the next `get` signs in anew, unless somebody has done so meanwhile. */
  refuse(token: string): void {
    if (this.#token?.token === token) this.#token = null;
  }

  /** Graph has refused the present token, inside a batch that does not tell which it was. */
  refuseCurrent(): void {
    this.#token = null;
  }

  #renew(): Promise<AccessToken> {
    // Not bound to one caller's abort: others wait for it too.
    this.#pending ??= this.#signIn()
      .then(
        token => {
          const life = token.expiresAt - this.#clock.now().getTime();
          this.#token = token;
          this.#renewAt = token.expiresAt - Math.min(renewBeforeMs, life * renewBeforePart);
          return token;
        },
        error => {
          this.#failure = { error, at: this.#clock.now().getTime() };
          throw error;
        },
      )
      .finally(() => {
        this.#pending = null;
      });
    return this.#pending;
  }
}
