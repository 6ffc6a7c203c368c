import { randomBytes } from 'node:crypto';
import type { EmulatedTime } from '../time.ts';
import { SignInError } from './errors.ts';

interface Pending {
  readonly appId: string;
  readonly scope: string;
  readonly userCode: string;
  readonly expires: number;
  state: { kind: 'waiting' } | { kind: 'declined' } | { kind: 'approved'; userId: string };
}

/** How long a user has to type the code, in seconds. */
const lifeSeconds = 900;

/** The device authorization grant: codes that wait for a user, and what becomes of them. [v2-oauth2-device-code.md] */
export class DeviceCodes {
  readonly #time: EmulatedTime;
  readonly #pending = new Map<string, Pending>();

  constructor(time: EmulatedTime) {
    this.#time = time;
  }

  /** Starts a sign-in. */
  start(appId: string, scope: string, address: string): Record<string, unknown> {
    const deviceCode = randomBytes(48).toString('base64url');
    const userCode = randomBytes(6).toString('hex').slice(0, 9).toUpperCase();
    const expires = this.#time.now() + lifeSeconds * 1000;
    this.#pending.set(deviceCode, { appId, scope, userCode, expires, state: { kind: 'waiting' } });
    return {
      user_code: userCode,
      device_code: deviceCode,
      verification_uri: address,
      expires_in: lifeSeconds,
      interval: 1,
      message: `To sign in, use a web browser to open the page ${address} and enter the code ${userCode} to authenticate.`,
    };
  }

  /** The codes that wait for a user. */
  waiting(): string[] {
    return [...this.#pending.values()].filter(one => one.state.kind === 'waiting').map(one => one.userCode);
  }

  /** A user types the code and agrees. */
  approve(userCode: string, userId: string): void {
    this.#find(userCode).state = { kind: 'approved', userId };
  }

  /** A user types the code and declines. */
  decline(userCode: string): void {
    this.#find(userCode).state = { kind: 'declined' };
  }

  /** Takes the outcome; throws what the token endpoint says while there is none. */
  redeem(deviceCode: string, appId: string): { userId: string; scope: string } {
    const pending = this.#pending.get(deviceCode);
    if (pending?.appId !== appId)
      throw new SignInError(400, 'bad_verification_code', 90019, 'The device code is not valid.');
    if (pending.expires <= this.#time.now())
      throw new SignInError(
        400,
        'expired_token',
        70020,
        'The provided value for the device code has expired.',
      );
    switch (pending.state.kind) {
      case 'waiting':
        throw new SignInError(
          400,
          'authorization_pending',
          70016,
          'OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
        );
      case 'declined':
        throw new SignInError(
          400,
          'authorization_declined',
          70018,
          'The end user has denied the authorization request.',
        );
      case 'approved':
        this.#pending.delete(deviceCode);
        return { userId: pending.state.userId, scope: pending.scope };
    }
  }

  #find(userCode: string): Pending {
    const pending = [...this.#pending.values()].find(one => one.userCode === userCode.toUpperCase());
    if (!pending) throw new Error(`no sign-in waits for the code ${userCode}`);
    return pending;
  }
}
