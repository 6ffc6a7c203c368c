import * as oidc from 'openid-client';
import { type Dispatcher, fetch } from 'undici';
import { openConnections, type Secrets } from '../../directory/index.ts';
import { redirectPath } from '../contract/index.ts';
import { type Claims, valuesOf } from './claims.ts';
import type { StoredOidc } from './settings.ts';

/** What must be remembered from the start of a sign-in to its end. */
export interface Begun {
  state: string;
  nonce: string;
  verifier: string;
  redirectUri: string;
}

/** A provider whose addresses are known. */
export interface Provider {
  /** Where a browser signs in, and what its answer is checked against. */
  begin(origin: string): Promise<{ url: URL; begun: Begun }>;
  /** What the provider says of who has signed in. @throws whatever is wrong with the answer */
  finish(answer: URL, begun: Begun): Promise<{ issuer: string; subject: string; claims: Claims }>;
  close(): Promise<void>;
}

/**
 * Opens a provider: reads its description at the issuer's well-known address, over the machine's proxy and with the
 * extra authority of the settings.
 */
export async function openProvider(
  settings: StoredOidc,
  secrets: Secrets,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Provider> {
  const dispatcher = openConnections(settings.ca, env);
  try {
    const config = await discover(settings, secrets, dispatcher);
    return {
      begin: origin => begin(config, settings, origin),
      finish: (answer, begun) => finish(config, settings, answer, begun),
      close: () => dispatcher.close(),
    };
  } catch (error) {
    await dispatcher.close();
    throw error;
  }
}

async function discover(
  { issuer, clientId, secret }: StoredOidc,
  secrets: Secrets,
  dispatcher: Dispatcher,
): Promise<oidc.Configuration> {
  const send: oidc.CustomFetch = async (url, { body, ...options }) => {
    const answer = await fetch(url, {
      ...options,
      body: body instanceof URLSearchParams ? body.toString() : ((body as string | null | undefined) ?? null),
      dispatcher,
    });
    return answer as unknown as Response;
  };
  const authentication = secret === null ? oidc.None() : oidc.ClientSecretPost(secrets.open(secret));
  return await oidc.discovery(new URL(issuer), clientId, {}, authentication, {
    [oidc.customFetch]: send,
    timeout: 15,
  });
}

/** Authorization code with PKCE, state and nonce (RFC 9700). */
async function begin(config: oidc.Configuration, { scopes, publicUrl }: StoredOidc, origin: string) {
  const begun: Begun = {
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    verifier: oidc.randomPKCECodeVerifier(),
    redirectUri: new URL(redirectPath, publicUrl ?? origin).href,
  };
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: begun.redirectUri,
    scope: scopes,
    state: begun.state,
    nonce: begun.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(begun.verifier),
    code_challenge_method: 'S256',
  });
  return { url, begun };
}

async function finish(
  config: oidc.Configuration,
  settings: StoredOidc,
  answer: URL,
  { state, nonce, verifier, redirectUri }: Begun,
) {
  // The address as the provider was given it, whatever a proxy has made of it on the way back.
  const url = new URL(redirectUri);
  url.search = answer.search;
  const tokens = await oidc.authorizationCodeGrant(config, url, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  });
  const told = tokens.claims();
  if (!told) throw new Error('the provider sent no ID token');
  const lacking = [settings.nameClaim, settings.roleClaim].some(claim => valuesOf(told, claim).length === 0);
  const more =
    lacking && config.serverMetadata().userinfo_endpoint
      ? await oidc.fetchUserInfo(config, tokens.access_token, told.sub)
      : {};
  return { issuer: told.iss, subject: told.sub, claims: { ...more, ...told } };
}
