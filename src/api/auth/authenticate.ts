import type { FastifyRequest } from 'fastify';
import { type Clock, Problem } from '../../base/index.ts';
import type { Store } from '../../store/index.ts';
import { type Role, roles } from '../contract/index.ts';
import type { Attempts } from './attempts.ts';
import { type Identity, identify } from './tokens.ts';

/** The cookie that carries a browser's token. */
export const sessionCookie = 'rollcall_session';

/** What signing in needs. */
interface SignInServices {
  store: Store;
  attempts: Attempts;
  clock: Pick<Clock, 'now'>;
}

/**
 * Who sends a request: by its bearer token, or by the cookie of a browser that has signed in.
 * @throws Problem `not-signed-in`, `wrong-token`, `too-many-attempts`, or `foreign-page` for a change that another site's page sends
 */
export async function authenticate(
  { store, attempts, clock }: SignInServices,
  request: FastifyRequest,
): Promise<Identity> {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const cookie = bearer === undefined ? cookieOf(request, sessionCookie) : undefined;
  const token = bearer ?? cookie;
  if (token === undefined) throw notSignedIn();
  if (cookie !== undefined) refuseForeignPages(request);
  const identity = await identify(store, token, clock);
  if (identity) return identity;
  attempts.failed(request.ip);
  throw wrongToken();
}

/** @throws Problem `role-too-low` unless the identity has at least the role */
export function requireRole(identity: Identity, least: Role): void {
  if (roles.indexOf(identity.role) >= roles.indexOf(least)) return;
  throw new Problem(
    'forbidden',
    'role-too-low',
    `This needs the role ${least}; the token "${identity.name}" has ${identity.role}.`,
    'Use a token with that role, or ask an administrator to do it.',
  );
}

/** The problem of a token that nobody has. */
export function wrongToken(): Problem {
  return new Problem(
    'unauthenticated',
    'wrong-token',
    'The token is wrong or has expired.',
    'Use the token in the file "token" of the data folder, or one that an administrator has made.',
  );
}

/** The Set-Cookie value that signs a browser in for 12 hours, or out when the token is empty. */
export function sessionCookieHeader(token: string, isSecure: boolean): string {
  const age = token === '' ? 0 : 12 * 3600;
  const secure = isSecure ? '; Secure' : '';
  return `${sessionCookie}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${age}${secure}`;
}

/**
 * A cookie travels by itself, so a change sent with one must come from our own page. SameSite=Strict stops other
 * sites in today's browsers; the browser's own word on where the request came from stops pages on other ports too.
 */
function refuseForeignPages(request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const site = request.headers['sec-fetch-site'];
  const { origin, host } = request.headers;
  const isOurs =
    site === undefined ? origin === undefined || URL.parse(origin)?.host === host : site === 'same-origin';
  if (isOurs) return;
  throw new Problem(
    'forbidden',
    'foreign-page',
    'A page of another site has sent this change.',
    'Open the console at its own address and do it there.',
  );
}

function cookieOf(request: FastifyRequest, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name && value) return value;
  }
  return undefined;
}

function notSignedIn(): Problem {
  return new Problem(
    'unauthenticated',
    'not-signed-in',
    'Nobody is signed in.',
    'Send the token as "Authorization: Bearer …"; it lies in the file "token" of the data folder.',
  );
}
