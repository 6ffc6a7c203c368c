import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign, verify } from 'node:crypto';

/** The claims of an access token that Graph looks at. */
export interface AccessToken {
  aud: string;
  iss: string;
  iat: number;
  nbf: number;
  exp: number;
  appid: string;
  oid: string;
  sub: string;
  tid: string;
  uti: string;
  ver: '1.0';
  idtyp?: 'app';
  roles?: string[];
  scp?: string;
  app_displayname?: string;
}

/** Signs tokens and checks its own signature. */
export interface TokenIssuer {
  /** A signed token of a generation with an id of its own. */
  issue(claims: Omit<AccessToken, 'uti'>, generation: number): string;
  /** An id token or whatever else is to be signed. */
  sign(claims: Readonly<Record<string, unknown>>): string;
  /** The claims of a token; throws where it is not one of ours. Expiry is not looked at. */
  verify(token: string): AccessToken;
  /** The generation a token was issued in. */
  generationOf(token: AccessToken): number;
  /** The public key as a JSON web key set. */
  readonly keys: { keys: unknown[] };
}

let keys: { privateKey: KeyObject; publicKey: KeyObject } | undefined;

/**
 * Makes an issuer. Its RSA key is made once a process, since that takes long: emulators side by side tell their
 * tokens apart by the tenant in them.
 */
export function createTokenIssuer(): TokenIssuer {
  keys ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { privateKey, publicKey } = keys;
  const jwk = publicKey.export({ format: 'jwk' });
  const kid = createHash('sha1').update(String(jwk.n)).digest('base64url');
  const header = encode({ typ: 'JWT', alg: 'RS256', x5t: kid, kid });
  const signed = (claims: unknown) => {
    const text = `${header}.${encode(claims)}`;
    return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
  };
  return {
    issue: (claims, generation) => signed({ ...claims, uti: `${generation}.${randomUUID()}` }),
    sign: signed,
    verify(token) {
      const end = token.lastIndexOf('.');
      const good = verify(
        'sha256',
        Buffer.from(token.slice(0, end)),
        publicKey,
        Buffer.from(token.slice(end + 1), 'base64url'),
      );
      if (!good) throw new Error('not signed by this issuer');
      return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as AccessToken;
    },
    generationOf: token => Number(token.uti.split('.')[0]),
    keys: { keys: [{ ...jwk, kid, x5t: kid, use: 'sig' }] },
  };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
