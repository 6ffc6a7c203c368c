import type { Selectable } from 'kysely';
import type { AccountTable, ApiTokenTable, Store } from '../../store/index.ts';
import { type Role, roles } from '../contract/index.ts';
import type { Identity } from './identity.ts';
import { loadLimit } from './scopes.ts';
import type { findSession } from './sessions.ts';

export type TokenRow = Selectable<ApiTokenTable>;
export type AccountRow = Selectable<AccountTable>;
type SessionRow = NonNullable<Awaited<ReturnType<typeof findSession>>>;

/** Who a token stands for now; undefined when it has expired or its account is disabled. */
export async function identityOfToken(
  store: Store,
  token: TokenRow,
  now: Date,
): Promise<Identity | undefined> {
  if (token.expires_at !== null && token.expires_at <= now.toISOString()) return undefined;
  const own = await loadLimit(store.db, 'token', token.id, token.scoped);
  const limits = own === null ? [] : [own.map(({ num }) => num)];
  const base = { tokenId: token.id, session: null };
  if (token.account_id === null) {
    return { ...base, accountId: null, name: token.name, role: token.role, limits };
  }
  const account = await accountById(store, token.account_id);
  const owner = account && (await identityOfAccount(store, account));
  if (!owner) return undefined;
  return {
    ...base,
    accountId: owner.accountId,
    name: `${owner.name} (${token.name})`,
    role: lower(token.role, owner.role),
    limits: [...owner.limits, ...limits],
  };
}

/** Who an account is now; undefined when it is disabled. */
export async function identityOfAccount(store: Store, account: AccountRow): Promise<Identity | undefined> {
  if (account.disabled === 1) return undefined;
  const own = await loadLimit(store.db, 'account', account.id, account.scoped);
  return {
    name: account.name,
    role: account.role,
    accountId: account.id,
    tokenId: null,
    session: null,
    limits: own === null ? [] : [own.map(({ num }) => num)],
  };
}

/** Who a browser's session stands for now; undefined when its account or token is of no use any more. */
export async function identityOfSession(
  store: Store,
  row: SessionRow,
  now: Date,
): Promise<Identity | undefined> {
  const identity = await ownerOfSession(store, row, now);
  return identity && { ...identity, session: { id: row.id, expiresAt: row.expires_at } };
}

async function ownerOfSession(store: Store, row: SessionRow, now: Date): Promise<Identity | undefined> {
  if (row.account_id !== null) {
    const account = await accountById(store, row.account_id);
    return account && (await identityOfAccount(store, account));
  }
  const token = await store.db
    .selectFrom('api_token')
    .selectAll()
    .where('id', '=', row.token_id ?? 0)
    .executeTakeFirst();
  return token && (await identityOfToken(store, token, now));
}

async function accountById(store: Store, id: number): Promise<AccountRow | undefined> {
  return await store.db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst();
}

function lower(one: Role, other: Role): Role {
  return roles.indexOf(one) < roles.indexOf(other) ? one : other;
}
