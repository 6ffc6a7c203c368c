import type { Dispatcher } from 'undici';
import { z } from 'zod';
import type { Tenant } from '../tenant/tenant.ts';
import { identityClient, type SignInTrace } from './identity-client.ts';
import { signInProblemOf } from './problems.ts';
import type { AccessToken } from './sign-in.ts';

/** What a user is told: type this code at that address. */
export interface DeviceCode {
  userCode: string;
  verificationUri: string;
  /** Microsoft's sentence with both. */
  message: string;
  /** How long the code can be typed, in seconds. */
  expiresIn: number;
}

/** The token of a user for Graph, with the delegated permissions of the app. Never logged nor stored. */
export interface UserToken extends AccessToken {
  /** The user principal name. */
  user: string | null;
}

// The identity library hands on what Entra has answered (RFC 8628), and declares a part of it.
const codeShape = z.object({
  userCode: z.string(),
  verificationUri: z.string(),
  message: z.string(),
  expiresIn: z.number().default(900),
});

/**
 * Signs a user in by device code (learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code), over the same
 * connections as the app: the tenant's authority, certificate authority and proxy.
 * @param onCode told the code as soon as there is one
 * @param signal gives the sign-in up
 * @throws Problem with Entra's code: declined, too late, device code not allowed for the app …
 */
export async function signInByDeviceCode(
  tenant: Pick<Tenant, 'tenantId' | 'clientId' | 'cloud' | 'loginUrl' | 'graphUrl'>,
  dispatcher: Dispatcher,
  onCode: (code: DeviceCode) => void,
  signal: AbortSignal,
): Promise<UserToken> {
  const trace: SignInTrace = { problem: null, status: null, errorText: null };
  const scope = `${tenant.graphUrl}/.default`;
  try {
    const { DeviceCodeCredential } = await import('@azure/identity');
    const credential = new DeviceCodeCredential({
      tenantId: tenant.tenantId,
      clientId: tenant.clientId,
      authorityHost: tenant.loginUrl,
      disableInstanceDiscovery: tenant.cloud === 'custom',
      httpClient: identityClient(dispatcher, trace, signal),
      retryOptions: { maxRetries: 0 },
      userPromptCallback: info => onCode(codeShape.parse(info)),
    });
    const account = await credential.authenticate(scope, { abortSignal: signal });
    const { token, expiresOnTimestamp } = await credential.getToken(scope, { abortSignal: signal });
    return { token, expiresAt: expiresOnTimestamp, user: account?.username ?? null };
  } catch (error) {
    signal.throwIfAborted();
    throw signInProblemOf(error, trace);
  }
}
