import type { AccessToken, TokenIssuer } from '../login/tokens.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { EmulatedTime } from '../time.ts';
import { invalidToken } from './errors.ts';

/** Who asks: an app by itself, or an app for a signed-in user. */
export interface Caller {
  readonly appId: string;
  /** Object id of the app's service principal, or of the user. */
  readonly objectId: string;
  /** Whether a user is signed in. */
  readonly isUser: boolean;
  /** Permissions in the token: application permissions, or delegated ones. */
  readonly permissions: ReadonlySet<string>;
}

/** Graph's own identifiers, which a token may be made out for. */
const graphAudiences = [
  '00000003-0000-0000-c000-000000000000',
  'https://graph.microsoft.com',
  'https://graph.microsoft.us',
  'https://dod-graph.microsoft.us',
  'https://microsoftgraph.chinacloudapi.cn',
];

/** Whether a token made out for `resource` opens the Graph at `graphUrl`. */
export function isGraph(resource: string, graphUrl: string): boolean {
  const text = resource.replace(/\/$/, '').toLowerCase();
  return text === graphUrl.toLowerCase() || graphAudiences.includes(text);
}

/** Reads the caller from the Authorization header; throws Graph's 401 where the token is missing or not good. */
export function readCaller(
  authorization: string | undefined,
  tenant: Tenant,
  tokens: TokenIssuer,
  time: EmulatedTime,
  graphUrl: string,
): Caller {
  if (!authorization) throw invalidToken('Access token is empty.');
  const text = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (!text) throw invalidToken('CompactToken parsing failed with error code: 80049217');
  let token: AccessToken;
  try {
    token = tokens.verify(text);
  } catch {
    throw invalidToken('IDX14100: JWT is not well formed or its signature is not valid.');
  }
  if (token.exp * 1000 <= time.now() || tokens.generationOf(token) < tenant.tokenGeneration) {
    throw invalidToken('Lifetime validation failed, the token is expired.');
  }
  if (token.tid !== tenant.id) throw invalidToken('Invalid issuer.');
  if (!isGraph(token.aud, graphUrl)) throw invalidToken('Access token validation failure. Invalid audience.');
  return {
    appId: token.appid,
    objectId: token.oid,
    isUser: token.idtyp !== 'app',
    permissions: new Set([...(token.roles ?? []), ...(token.scp?.split(' ') ?? [])]),
  };
}
