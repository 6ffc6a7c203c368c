import { failureOf } from '../http/retry.ts';

const suffix = '/v2.0/.well-known/openid-configuration';

/**
 * What the identity library asks for before it signs in, where a host signs in but does not tell its endpoints: they
 * are the same in every Microsoft cloud (learn.microsoft.com/entra/identity-platform/authentication-national-cloud).
 * An error with words of Entra's own (an unknown tenant) and one that may heal are no such case.
 * @returns the document as JSON, or null
 */
export function endpointsInstead(url: string, status: number, text: string): string | null {
  const { origin, pathname } = new URL(url);
  const isMissing = status >= 400 && failureOf(status, null) === null && !text.includes('AADSTS');
  if (!isMissing || !pathname.endsWith(suffix)) return null;
  const base = origin + pathname.slice(0, -suffix.length);
  return JSON.stringify({
    issuer: `${base}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
  });
}
