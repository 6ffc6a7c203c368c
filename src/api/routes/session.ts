import type { FastifyRequest } from 'fastify';
import { Problem } from '../../base/index.ts';
import { accountNamed, createAccount, hasAccounts, noteSignIn, setPassword } from '../auth/accounts.ts';
import { hasRole, refuseForeignPages, wrongToken } from '../auth/authenticate.ts';
import { cookieOf, sessionCookie, sessionCookieHeader } from '../auth/cookies.ts';
import { identityOfAccount } from '../auth/identify.ts';
import type { Identity } from '../auth/identity.ts';
import { endSession, endSessionsOf, listSessions, type Owner } from '../auth/sessions.ts';
import { identify } from '../auth/tokens.ts';
import type { RouteHandlers } from '../http/handlers.ts';
import { loadOidc, oidcStart } from '../oidc/settings.ts';
import type { Services } from '../services.ts';
import { shownSession, signedIn } from './signed-in.ts';

/** Who is signed in; signing a browser in and out. */
export const sessionHandlers = {
  async getSignInWays(_, { store }) {
    const oidc = await loadOidc(store.db);
    return {
      setUpNeeded: !(await hasAccounts(store.db)),
      oidc: oidc ? { name: oidc.name, start: oidcStart } : null,
    };
  },
  async setUp({ body, reply }, services) {
    const { store, clock, attempts } = services;
    refuseForeignPages(reply.request);
    const holder = await identify(store, body.token.trim(), clock);
    if (!holder) {
      attempts.wrongToken(reply.request.ip);
      throw wrongToken();
    }
    if (holder.accountId !== null || !hasRole(holder, 'full-administrator') || holder.limits.length > 0) {
      throw notTheFirst();
    }
    const { name, password } = body;
    const account = { name, password, kind: 'local', role: 'full-administrator', collections: null } as const;
    const { id } = await createAccount(services, account, { onlyFirst: true });
    const identity: Identity = {
      name,
      role: 'full-administrator',
      accountId: id,
      tokenId: null,
      session: null,
      limits: [],
    };
    return await signedIn(services, reply, identity, { accountId: id });
  },
  async getSession({ identity }, services) {
    return await shownSession(services, identity);
  },
  async signIn({ body, reply }, services) {
    refuseForeignPages(reply.request);
    if ('token' in body) {
      const identity = await identify(services.store, body.token.trim(), services.clock);
      if (!identity?.tokenId) {
        services.attempts.wrongToken(reply.request.ip);
        throw wrongToken();
      }
      return await signedIn(services, reply, identity, { tokenId: identity.tokenId });
    }
    const { identity, accountId } = await byPassword(services, reply.request, body);
    return await signedIn(services, reply, identity, { accountId });
  },
  async signOut({ reply }, { store }) {
    refuseForeignPages(reply.request);
    const secret = cookieOf(reply.request, sessionCookie(reply.request));
    if (secret) await endSession(store, secret);
    reply.header('set-cookie', sessionCookieHeader(reply.request, ''));
    return undefined;
  },
  async changePassword({ body, identity, reply }, services) {
    if (identity.accountId === null || identity.session === null) throw notByToken();
    const { name } = identity;
    const { account } = await byPassword(services, reply.request, { name, password: body.current });
    await setPassword(services, account, body.password, identity.session.id);
    return undefined;
  },
  async listSessions({ identity }, { store, clock }) {
    const owner = ownerOf(identity);
    const rows = owner ? await listSessions(store, owner, clock) : [];
    const items = rows.map(row => ({
      id: row.id,
      current: row.id === identity.session?.id,
      createdAt: row.created_at,
      lastSeenAt: row.last_seen_at,
      expiresAt: row.expires_at,
      address: row.address,
      agent: row.agent,
    }));
    return { items, next: null };
  },
  async endSessions({ identity, reply }, { store }) {
    const owner = ownerOf(identity);
    if (owner) await endSessionsOf(store.db, owner);
    if (identity.session) reply.header('set-cookie', sessionCookieHeader(reply.request, ''));
    return undefined;
  },
} satisfies Partial<RouteHandlers>;

/** Who gives this name and password. Unknown, disabled and wrong are told alike and take the same time. */
async function byPassword(
  { store, attempts, passwords, clock }: Services,
  request: FastifyRequest,
  { name, password }: { name: string; password: string },
) {
  attempts.beforePassword(request.ip, name);
  const account = await accountNamed(store.db, name);
  const isRight = await passwords.verify(password, account?.password ?? null).catch(error => {
    attempts.notLookedAt(request.ip, name);
    throw error;
  });
  const identity = isRight && account ? await identityOfAccount(store, account) : undefined;
  if (!identity || !account) throw wrongPassword();
  attempts.rightPassword(request.ip, name);
  await noteSignIn(store.db, account.id, clock.now());
  return { identity, account, accountId: account.id };
}

function ownerOf({ accountId, tokenId }: Identity): Owner | undefined {
  if (accountId !== null) return { accountId };
  return tokenId === null ? undefined : { tokenId };
}

function wrongPassword(): Problem {
  return new Problem(
    'unauthenticated',
    'wrong-password',
    'Name or password is wrong, or the account is disabled.',
    'Try again, or ask an administrator: rollcall account set NAME --password-file FILE.',
  );
}

function notByToken(): Problem {
  return new Problem(
    'forbidden',
    'password-sign-in-needed',
    'A password is changed by who has signed in with it.',
    'Sign in with name and password first.',
  );
}

function notTheFirst(): Problem {
  return new Problem(
    'forbidden',
    'not-the-first-token',
    'This is not the token of the first start.',
    'Use the token in the file "token" of the data folder.',
  );
}
