import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { z } from 'zod';
import { type App, certificateFacts } from '../tenant/apps.ts';
import { SignInError, signInError } from './errors.ts';

const header = z.object({ alg: z.string(), x5t: z.string().optional(), 'x5t#S256': z.string().optional() });

const claims = z.object({
  aud: z.union([z.string(), z.array(z.string())]),
  iss: z.string(),
  sub: z.string(),
  exp: z.number(),
  nbf: z.number().optional(),
});

/**
 * Checks a `client_assertion`: signed by a certificate registered on the app and named by its thumbprint, or issued
 * by a party that the app trusts. Throws the AADSTS refusal where it is not good.
 * @param audiences what the assertion may be made out for: the addresses of this token endpoint
 * @param now milliseconds since 1970 UTC
 */
export function checkAssertion(text: string, app: App, audiences: readonly string[], now: number): void {
  const names = { app: app.appId, name: app.displayName, tenant: '' };
  const parts = text.split('.');
  const head = header.safeParse(decode(parts[0]));
  const body = claims.safeParse(decode(parts[1]));
  if (parts.length !== 3 || !head.success || !body.success) {
    throw new SignInError(400, 'invalid_request', 50027, 'JWT token is invalid or malformed.');
  }
  const { iss, sub, exp, nbf, aud } = body.data;
  const seconds = now / 1000;
  const timely = exp > seconds && (nbf ?? 0) <= seconds + 300;
  if (iss !== app.appId) {
    const credential = app.federatedCredentials.find(entry => entry.issuer === iss && entry.subject === sub);
    if (!credential || ![aud].flat().includes(credential.audience)) throw signInError(700213, names);
    if (!isSigned(text, head.data.alg, createPublicKey(credential.publicKey)))
      throw signInError(700213, names);
    if (!timely) throw signInError(700024, names);
    return;
  }
  const certificate = app.certificates
    .map(entry => certificateFacts(entry.pem))
    .find(facts => facts.x5tS256 === head.data['x5t#S256'] || facts.x5t === head.data.x5t);
  if (!certificate || !isSigned(text, head.data.alg, certificate.publicKey)) throw signInError(700027, names);
  if (certificate.validTo.getTime() < now) throw signInError(700027, names);
  if (!timely) throw signInError(700024, names);
  if (sub !== app.appId || ![aud].flat().some(one => audiences.includes(one.toLowerCase()))) {
    throw new SignInError(
      401,
      'invalid_client',
      700023,
      'Client assertion audience claim does not match Realm issuer. Review the documentation.',
    );
  }
}

function isSigned(token: string, algorithm: string, key: KeyObject): boolean {
  const end = token.lastIndexOf('.');
  const data = Buffer.from(token.slice(0, end));
  const signature = Buffer.from(token.slice(end + 1), 'base64url');
  switch (algorithm) {
    case 'RS256':
      return verify('sha256', data, key, signature);
    case 'PS256':
      return verify(
        'sha256',
        data,
        { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
        signature,
      );
    case 'ES256':
      return verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, signature);
    default:
      return false;
  }
}

function decode(part: string | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString());
  } catch {
    return null;
  }
}
