import type { FastifyRequest } from 'fastify';
import { type Clock, Problem } from '../../base/index.ts';
import type { Store } from '../../store/index.ts';
import { type Role, roles } from '../contract/index.ts';
import type { Attempts } from './attempts.ts';
import { cookieOf, sessionCookie } from './cookies.ts';
import { identityOfSession } from './identify.ts';
import type { Identity } from './identity.ts';
import { findSession } from './sessions.ts';
import { identify } from './tokens.ts';

/** What signing in needs. */
interface SignInServices {
  store: Store;
  attempts: Attempts;
  clock: Pick<Clock, 'now'>;
}

/**
 * Who sends a request: by its bearer token, or by the cookie of a browser that has signed in.
 * @throws Problem `not-signed-in`, `wrong-token`, `session-ended`, `too-many-attempts`, or `foreign-page` for a change
 * that another site's page sends
 */
export async function authenticate(services: SignInServices, request: FastifyRequest): Promise<Identity> {
  const bearer = bearerOf(request);
  const cookie = bearer === undefined ? cookieOf(request, sessionCookie(request)) : undefined;
  if (cookie !== undefined) refuseForeignPages(request);
  const identity = await identityOf(services, bearer, cookie);
  if (identity) return identity;
  if (bearer === undefined && cookie === undefined) throw notSignedIn();
  if (bearer === undefined) throw sessionEnded();
  services.attempts.wrongToken(request.ip);
  throw wrongToken();
}

/** Who sends a request, if anybody who is signed in. It does not keep a session alive. */
export async function whoIs(
  services: SignInServices,
  request: FastifyRequest,
): Promise<Identity | undefined> {
  const bearer = bearerOf(request);
  const cookie = bearer === undefined ? cookieOf(request, sessionCookie(request)) : undefined;
  return await identityOf(services, bearer, cookie, { quietly: true });
}

function bearerOf({ headers }: FastifyRequest): string | undefined {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
}

async function identityOf(
  { store, clock }: SignInServices,
  token: string | undefined,
  secret: string | undefined,
  { quietly = false } = {},
): Promise<Identity | undefined> {
  if (token !== undefined) return await identify(store, token, clock);
  const session = secret === undefined ? undefined : await findSession(store, secret, clock, { quietly });
  return session && (await identityOfSession(store, session, clock.now()));
}

/** @throws Problem `role-too-low` unless the identity has at least the role */
export function requireRole(identity: Identity, least: Role): void {
  if (hasRole(identity, least)) return;
  throw new Problem(
    'forbidden',
    'role-too-low',
    `This needs the role ${least}; "${identity.name}" has ${identity.role}.`,
    'Sign in as somebody with that role, or ask an administrator to do it.',
  );
}

/** Whether the identity has at least the role. */
export function hasRole({ role }: Pick<Identity, 'role'>, least: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(least);
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

/**
 * A cookie travels by itself, so a change sent with one must come from our own page. SameSite=Strict stops other
 * sites in today's browsers; the browser's own word on where the request came from stops pages on other ports too.
 */
export function refuseForeignPages(request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const site = request.headers['sec-fetch-site'];
  const { origin } = request.headers;
  const isOurs =
    site === undefined
      ? origin === undefined || URL.parse(origin)?.host === request.host
      : site === 'same-origin';
  if (isOurs) return;
  throw new Problem(
    'forbidden',
    'foreign-page',
    'A page of another site has sent this change.',
    'Open the console at its own address and do it there.',
  );
}

function sessionEnded(): Problem {
  return new Problem('unauthenticated', 'session-ended', 'The session has ended.', 'Sign in again.');
}

function notSignedIn(): Problem {
  return new Problem(
    'unauthenticated',
    'not-signed-in',
    'Nobody is signed in.',
    'Sign in, or send a token as "Authorization: Bearer …"; the first one lies in the file "token" of the data folder.',
  );
}
