import { createSign, generateKeyPairSync } from 'node:crypto';
import type { FederatedCredential } from '../tenant/apps.ts';

/** A party whose tokens an app can trust, such as a Kubernetes cluster or a build service. */
export interface FederatedIssuer {
  /** What `addFederatedCredential` takes. */
  readonly credential: FederatedCredential;
  /** A token as the party would put it into a file; good for so many seconds. */
  token(lifeSeconds?: number, subject?: string): string;
}

/** Makes such a party with a key of its own. */
export function makeFederatedIssuer(
  names: Partial<Omit<FederatedCredential, 'publicKey'>> = {},
): FederatedIssuer {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const {
    issuer = 'https://issuer.example',
    subject = 'system:serviceaccount:default:rollcall',
    audience = 'api://AzureADTokenExchange',
  } = names;
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return {
    credential: {
      issuer,
      subject,
      audience,
      publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    },
    token(lifeSeconds = 3600, sub = subject) {
      const now = Math.floor(Date.now() / 1000);
      const claims = { iss: issuer, sub, aud: audience, iat: now, nbf: now, exp: now + lifeSeconds };
      const text = `${encode({ alg: 'ES256', typ: 'JWT' })}.${encode(claims)}`;
      const signature = createSign('sha256')
        .update(text)
        .sign({ key: privateKey, dsaEncoding: 'ieee-p1363' });
      return `${text}.${signature.toString('base64url')}`;
    },
  };
}
