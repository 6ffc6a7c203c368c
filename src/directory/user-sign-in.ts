import { type Directory, openDirectory } from './directory.ts';
import { openConnections } from './http/dispatcher.ts';
import type { DirectoryOptions } from './session.ts';
import { type DeviceCode, signInByDeviceCode } from './signin/device-code.ts';
import type { Secrets } from './tenant/secrets.ts';
import type { Tenant } from './tenant/tenant.ts';

/** A user's sign-in to a tenant, for as long as its token lives. */
export interface UserSignIn {
  /** What the user is to type; as soon as Entra has given it. @throws Problem when it gives none */
  readonly code: Promise<DeviceCode>;
  /** Who has signed in, until when, and the directory as that user sees it. @throws Problem when nobody has */
  readonly signedIn: Promise<{ user: string | null; expiresAt: Date; directory: Directory }>;
  /** Gives it up, forgets the token and ends the connections. */
  close(): Promise<void>;
}

/** Starts a user's sign-in by device code. The token stays in this object alone. */
export function openUserSignIn(tenant: Tenant, secrets: Secrets, options: DirectoryOptions = {}): UserSignIn {
  const dispatcher = options.dispatcher ?? openConnections(tenant.ca, options.env ?? process.env);
  const givenUp = new AbortController();
  const code = Promise.withResolvers<DeviceCode>();
  const signedIn = (async () => {
    const token = await signInByDeviceCode(tenant, dispatcher, code.resolve, givenUp.signal);
    const directory = openDirectory(tenant, secrets, { ...options, dispatcher, signIn: async () => token });
    return { user: token.user, expiresAt: new Date(token.expiresAt), directory };
  })();
  // Both tell of the same failure; whoever asks hears of it.
  signedIn.catch(code.reject);
  code.promise.catch(() => {});
  return {
    code: code.promise,
    signedIn,
    async close() {
      givenUp.abort(new Error('the sign-in was given up'));
      if (!options.dispatcher) await dispatcher.destroy();
    },
  };
}
