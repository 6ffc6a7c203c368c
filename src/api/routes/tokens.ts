import { Problem } from '../../base/index.ts';
import type { Store } from '../../store/index.ts';
import { hasRole, requireRole } from '../auth/authenticate.ts';
import type { TokenRow } from '../auth/identify.ts';
import type { Identity } from '../auth/identity.ts';
import { loadLimits } from '../auth/scopes.ts';
import { createToken } from '../auth/tokens.ts';
import type { ApiToken } from '../contract/index.ts';
import type { RouteHandlers } from '../http/handlers.ts';

const dayMs = 24 * 60 * 60_000;

/** Tokens of people and programs: made, listed, taken back. */
export const tokenHandlers = {
  async listTokens({ identity }, { store }) {
    return { items: await shown(store, await tokensSeen(store, identity)), next: null };
  },
  async createToken({ body, identity }, { store, clock }) {
    const { name, role, days, collections } = body;
    requireRole(identity, role);
    requireMaker(identity);
    const expiry =
      days === undefined ? {} : { expiresAt: new Date(clock.now().getTime() + days * dayMs).toISOString() };
    const { accountId } = identity;
    const made = await createToken(store, { name, role, accountId, collections, ...expiry }, clock);
    return { ...(await tokenSeen(store, identity, made.id)), token: made.token };
  },
  async getToken({ params, identity }, { store }) {
    return await tokenSeen(store, identity, params.id);
  },
  async revokeToken({ params, identity }, { store }) {
    const { id } = await tokenSeen(store, identity, params.id);
    if (id === identity.tokenId) throw ownToken();
    await store.db.deleteFrom('api_token').where('id', '=', id).execute();
    return undefined;
  },
} satisfies Partial<RouteHandlers>;

/**
 * A token that was taken back must not live on in others that it has made: only who has signed in makes tokens, or
 * an administrator's token, which can do anything as it is.
 */
function requireMaker(identity: Identity): void {
  const hasSignedIn = identity.session !== null && identity.tokenId === null;
  if (hasSignedIn || (hasRole(identity, 'full-administrator') && identity.limits.length === 0)) return;
  throw new Problem(
    'forbidden',
    'sign-in-needed',
    'A token can not make other tokens.',
    'Sign in with your account and make it there.',
  );
}

/** One's own, and for an administrator of the whole site those of all. */
async function tokensSeen(store: Store, identity: Identity): Promise<TokenRow[]> {
  const { accountId, tokenId, limits } = identity;
  const all = store.db.selectFrom('api_token').selectAll().orderBy('id');
  if (hasRole(identity, 'full-administrator') && limits.length === 0) return await all.execute();
  if (accountId !== null) return await all.where('account_id', '=', accountId).execute();
  return await all.where('id', '=', tokenId ?? 0).execute();
}

async function tokenSeen(store: Store, identity: Identity, id: number): Promise<ApiToken> {
  const row = (await tokensSeen(store, identity)).find(token => token.id === id);
  const [token] = row ? await shown(store, [row]) : [];
  if (token) return token;
  throw new Problem(
    'not-found',
    'token-not-found',
    `There is no token ${id}.`,
    'List them with: rollcall token list.',
  );
}

async function shown(store: Store, rows: readonly TokenRow[]): Promise<ApiToken[]> {
  const limits = await loadLimits(
    store.db,
    'token',
    rows.map(({ id }) => id),
  );
  const accounts = await store.db.selectFrom('account').select(['id', 'name']).execute();
  return rows.map(row => ({
    id: row.id,
    name: row.name,
    account: accounts.find(({ id }) => id === row.account_id)?.name ?? null,
    role: row.role,
    collections: row.scoped === 0 ? null : (limits.get(row.id) ?? []),
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
  }));
}

function ownToken(): Problem {
  return new Problem(
    'conflict',
    'own-token',
    'This is the token that you are signed in with.',
    'Sign in with another one to take it back.',
  );
}
