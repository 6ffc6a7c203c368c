import { sql } from 'kysely';
import { type Clock, fold, Problem } from '../../base/index.ts';
import { contains, type Queries, type SortField, type Store, sortedPage } from '../../store/index.ts';
import type { Account, Role } from '../contract/index.ts';
import type { AccountRow } from './identify.ts';
import type { Passwords } from './passwords.ts';
import { loadLimits, saveLimit } from './scopes.ts';
import { endSessionsOf } from './sessions.ts';

/** What accounts are made and changed with. */
export interface AccountWork {
  store: Store;
  passwords: Passwords;
  clock: Pick<Clock, 'now'>;
}

/** What a new account is to be. */
export interface NewAccount {
  name: string;
  kind: 'local' | 'oidc';
  password?: string | undefined;
  role: Role;
  /** Ids or names of collections; null: no limit. */
  collections: readonly string[] | null;
}

/** What can be changed of an account; what is left out stays. */
export type AccountChange = Partial<Omit<NewAccount, 'kind'> & { disabled: boolean }>;

/** Whether anybody has an account yet. */
export async function hasAccounts(db: Queries): Promise<boolean> {
  return (await db.selectFrom('account').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** Which accounts to list, and in which order. */
export interface AccountsQuery {
  role?: Role | undefined;
  /** Part of the name. */
  search?: string | undefined;
  /** Fields joined by commas, with a minus before for the other way round; by name when left out. */
  sort?: string | undefined;
  after?: string | undefined;
  limit: number;
}

const key: SortField<AccountRow> = { column: sql`id`, value: row => row.id };
const sortable: Readonly<Record<string, SortField<AccountRow>>> = {
  name: { column: sql`name_key`, value: row => row.name_key },
  role: { column: sql`role`, value: row => row.role },
  kind: { column: sql`kind`, value: row => row.kind },
  disabled: { column: sql`disabled`, value: row => row.disabled },
  lastSignInAt: { column: sql`coalesce(last_sign_in_at, '')`, value: row => row.last_sign_in_at ?? '' },
};

/**
 * Accounts, a page at a time.
 * @throws Problem `sort-unknown`, `bad-page`
 */
export async function listAccounts(
  store: Store,
  { role, search = '', limit, ...page }: AccountsQuery,
): Promise<{ items: Account[]; next: string | null }> {
  const sorted = sortedPage(sortable, key, 'name', page);
  const found = await store.db
    .selectFrom('account')
    .selectAll()
    .$if(role !== undefined, q => q.where('role', '=', role ?? 'read-only'))
    .$if(search.trim() !== '', q => q.where(contains('name_key', fold(search.trim()))))
    .$if(sorted.after !== undefined, q => q.where(sql<boolean>`${sorted.after}`))
    .orderBy(sorted.orderBy)
    .limit(limit + 1)
    .execute();
  const { rows, next } = sorted.page(found, limit);
  return { items: await shown(store, rows), next };
}

async function shown(store: Store, rows: readonly AccountRow[]): Promise<Account[]> {
  const limits = await loadLimits(
    store.db,
    'account',
    rows.map(({ id }) => id),
  );
  return rows.map(row => ({
    id: row.id,
    name: row.name,
    kind: row.kind,
    role: row.role,
    collections: row.scoped === 0 ? null : (limits.get(row.id) ?? []),
    disabled: row.disabled === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    lastSignInAt: row.last_sign_in_at,
  }));
}

/** An account by its number or its name. @throws Problem `account-not-found` */
export async function getAccount(store: Store, ref: string | number): Promise<Account> {
  const all = await shown(store, await store.db.selectFrom('account').selectAll().execute());
  const found =
    all.find(({ name }) => fold(name) === fold(String(ref))) ??
    all.find(({ id }) => String(id) === String(ref));
  if (found) return found;
  throw new Problem(
    'not-found',
    'account-not-found',
    `There is no account "${ref}".`,
    'List them with: rollcall account list.',
  );
}

/** The row of an account by its name, in any case. */
export async function accountNamed(db: Queries, name: string): Promise<AccountRow | undefined> {
  return await db
    .selectFrom('account')
    .selectAll()
    .where('name_key', '=', fold(name.trim()))
    .executeTakeFirst();
}

/**
 * Makes an account.
 * @param onlyFirst refuses when there is one already
 * @throws Problem `account-exists`, `password-needed`, `password-weak`, `collection-not-found`, `already-set-up`
 */
export async function createAccount(
  { store, passwords, clock }: AccountWork,
  { name, kind, password, role, collections }: NewAccount,
  { onlyFirst = false } = {},
): Promise<Account> {
  if (kind === 'local' && password === undefined) throw passwordNeeded();
  if (kind === 'oidc' && password !== undefined) throw noPassword();
  const hash = password === undefined ? null : await newHash(passwords, name, password);
  const at = clock.now().toISOString();
  const id = await store.transaction(async tx => {
    if (onlyFirst && (await hasAccounts(tx))) throw alreadySetUp();
    if (await accountNamed(tx, name)) throw nameTaken(name);
    const row = await tx
      .insertInto('account')
      .values({
        name,
        name_key: fold(name),
        kind,
        password: hash,
        role,
        scoped: collections === null ? 0 : 1,
        disabled: 0,
        created_at: at,
        updated_at: at,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await saveLimit(tx, 'account', row.id, collections);
    return row.id;
  });
  return await getAccount(store, id);
}

/**
 * Changes an account. Less may be done with it from the next request on; a new password or disabling it ends its
 * sessions.
 * @throws Problem as `createAccount` and `getAccount` do
 */
export async function updateAccount(
  { store, passwords, clock }: AccountWork,
  ref: string,
  { name, password, role, collections, disabled }: AccountChange,
): Promise<Account> {
  const before = await getAccount(store, ref);
  if (password !== undefined && before.kind === 'oidc') throw noPassword();
  const hash = password === undefined ? undefined : await newHash(passwords, name ?? before.name, password);
  await store.transaction(async tx => {
    if (name !== undefined) {
      const other = await accountNamed(tx, name);
      if (other && other.id !== before.id) throw nameTaken(name);
    }
    await tx
      .updateTable('account')
      .set({
        name,
        name_key: name === undefined ? undefined : fold(name),
        password: hash,
        role,
        scoped: collections === undefined ? undefined : collections === null ? 0 : 1,
        disabled: disabled === undefined ? undefined : disabled ? 1 : 0,
        updated_at: clock.now().toISOString(),
      })
      .where('id', '=', before.id)
      .execute();
    if (collections !== undefined) await saveLimit(tx, 'account', before.id, collections);
    if (hash !== undefined || disabled) await endSessionsOf(tx, { accountId: before.id });
  });
  return await getAccount(store, before.id);
}

/** Sets the password of an account itself; its other sessions end. */
export async function setPassword(
  { store, passwords, clock }: AccountWork,
  account: Pick<AccountRow, 'id' | 'name'>,
  password: string,
  keptSession: number,
): Promise<void> {
  const hash = await newHash(passwords, account.name, password);
  await store.transaction(async tx => {
    await tx
      .updateTable('account')
      .set({ password: hash, updated_at: clock.now().toISOString() })
      .where('id', '=', account.id)
      .execute();
    await endSessionsOf(tx, { accountId: account.id }, keptSession);
  });
}

/** Deletes an account, its sessions and its tokens. */
export async function deleteAccount(store: Store, ref: string): Promise<void> {
  const { id } = await getAccount(store, ref);
  await store.db.deleteFrom('account').where('id', '=', id).execute();
}

/** Notes that somebody has signed in. */
export async function noteSignIn(db: Queries, id: number, now: Date): Promise<void> {
  await db.updateTable('account').set({ last_sign_in_at: now.toISOString() }).where('id', '=', id).execute();
}

/** The schema has looked at its length; here at what makes a long one easy to guess. */
async function newHash(passwords: Passwords, name: string, password: string): Promise<string> {
  const isGuessable = fold(password).includes(fold(name)) && password.length - name.length < 8;
  if (isGuessable || new Set(password).size < 5) {
    throw new Problem(
      'invalid',
      'password-weak',
      'The password is easy to guess: it is little more than the name, or repeats a few characters.',
      'Choose some words that do not belong together, or let a password manager make one.',
    );
  }
  return await passwords.hash(password);
}

function passwordNeeded(): Problem {
  return new Problem(
    'invalid',
    'password-needed',
    'An account that signs in here needs a password.',
    'Give one of at least 12 characters, or make an account of kind "oidc".',
  );
}

function noPassword(): Problem {
  return new Problem(
    'invalid',
    'no-password-here',
    'The account signs in by the OpenID Connect provider, which keeps its password.',
    'Leave the password out.',
  );
}

function alreadySetUp(): Problem {
  return new Problem(
    'conflict',
    'already-set-up',
    'The first account has been made already.',
    'Sign in with it, or let an administrator make another one.',
  );
}

function nameTaken(name: string): Problem {
  return new Problem(
    'conflict',
    'account-exists',
    `There is an account "${name}" already.`,
    'Choose another name, or change that one with "rollcall account set".',
  );
}
