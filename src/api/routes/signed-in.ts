import type { FastifyReply } from 'fastify';
import { cookieOf, sessionCookie, sessionCookieHeader } from '../auth/cookies.ts';
import type { Identity } from '../auth/identity.ts';
import { beginSession, endSession, type Owner } from '../auth/sessions.ts';
import type { Session } from '../contract/index.ts';
import type { Services } from '../services.ts';

/** Begins a session for a browser, in place of the one that it had, and tells who is signed in. */
export async function signedIn(
  services: Services,
  reply: FastifyReply,
  identity: Identity,
  owner: Owner,
): Promise<Session> {
  const { store, clock } = services;
  const { request } = reply;
  const before = cookieOf(request, sessionCookie(request));
  if (before) await endSession(store, before);
  const browser = { address: request.ip, agent: request.headers['user-agent'] ?? '' };
  const { secret, id, expiresAt } = await beginSession(store, owner, browser, clock);
  reply.header('set-cookie', sessionCookieHeader(request, secret));
  return await shownSession(services, { ...identity, session: { id, expiresAt } });
}

/** Who is signed in, told to the outside. */
export async function shownSession({ store, version }: Services, identity: Identity): Promise<Session> {
  const { name, role, accountId, session, limits } = identity;
  const account =
    accountId === null
      ? undefined
      : await store.db
          .selectFrom('account')
          .select(['id', 'kind'])
          .where('id', '=', accountId)
          .executeTakeFirst();
  return {
    name,
    role,
    version,
    account: account ?? null,
    collections: limits.length === 0 ? null : await named(limits.flat()),
    expiresAt: session?.expiresAt ?? null,
  };

  async function named(nums: readonly number[]) {
    return await store.db
      .selectFrom('collection')
      .select(['id', 'name'])
      .where('num', 'in', [...nums])
      .orderBy('name_key')
      .execute();
  }
}
