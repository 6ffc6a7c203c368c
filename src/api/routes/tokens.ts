import type { Selectable } from 'kysely';
import { Problem } from '../../base/index.ts';
import type { ApiTokenTable, Store } from '../../store/index.ts';
import { createToken, identify } from '../auth/tokens.ts';
import type { ApiToken } from '../contract/index.ts';
import type { RouteHandlers } from '../http/handlers.ts';

const dayMs = 24 * 60 * 60_000;

/** Tokens of people and programs: made, listed, taken back. */
export const tokenHandlers = {
  async listTokens(_, { store }) {
    const rows = await store.db.selectFrom('api_token').selectAll().orderBy('id').execute();
    return { items: rows.map(shown), next: null };
  },
  async createToken({ body }, { store, clock }) {
    const { name, role, days } = body;
    const expiry =
      days === undefined ? {} : { expiresAt: new Date(clock.now().getTime() + days * dayMs).toISOString() };
    const token = await createToken(store, { name, role, ...expiry }, clock);
    const identity = await identify(store, token, clock);
    return { ...(await tokenById(store, identity?.tokenId ?? 0)), token };
  },
  async revokeToken({ params, identity }, { store }) {
    const { id } = await tokenById(store, params.id);
    if (id === identity.tokenId) throw ownToken();
    await store.db.deleteFrom('api_token').where('id', '=', id).execute();
    return undefined;
  },
} satisfies Partial<RouteHandlers>;

async function tokenById(store: Store, id: number): Promise<ApiToken> {
  const row = await store.db.selectFrom('api_token').selectAll().where('id', '=', id).executeTakeFirst();
  if (row) return shown(row);
  throw new Problem('not-found', 'token-not-found', `There is no token ${id}.`, 'List them: GET /tokens.');
}

function shown(row: Selectable<ApiTokenTable>): ApiToken {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
  };
}

function ownToken(): Problem {
  return new Problem(
    'conflict',
    'own-token',
    'This is the token that you are signed in with.',
    'Sign in with another one to take it back.',
  );
}
