import type { Generated } from 'kysely';
import type { Flag } from './flag.ts';

/** Who may sign in, and who did what. */
export interface AccessTables {
  api_token: ApiTokenTable;
  account: AccountTable;
  account_scope: ScopeTable;
  token_scope: ScopeTable;
  session: SessionTable;
  audit: AuditTable;
}

export interface ApiTokenTable {
  id: Generated<number>;
  name: string;
  /** SHA-256 of the token in hex; the token itself is shown once and not kept. */
  hash: string;
  role: RoleName;
  created_at: string;
  last_used_at: string | null;
  expires_at: string | null;
  /** Whose it is; null: the machine's own, of the first start or made with that. */
  account_id: number | null;
  /** 1: it sees only the collections in token_scope. */
  scoped: Generated<Flag>;
}

export type RoleName = 'full-administrator' | 'operator' | 'read-only';

/** Somebody who signs in: with a password kept here, or by an OpenID Connect provider. */
export interface AccountTable {
  id: Generated<number>;
  name: string;
  name_key: string;
  kind: 'local' | 'oidc';
  /** scrypt with its parameters and salt (auth/passwords.ts); null: no sign-in by password. */
  password: string | null;
  /** Who the provider says it is; null until the first sign-in by it. */
  issuer: string | null;
  subject: string | null;
  role: RoleName;
  /** 1: it sees only the collections in account_scope and what is limited to them. */
  scoped: Flag;
  disabled: Flag;
  created_at: string;
  updated_at: string;
  last_sign_in_at: string | null;
}

/** The collections that an account or a token is limited to, where `scoped` is set. */
export interface ScopeTable {
  owner_id: number;
  collection_num: number;
}

/** A browser that has signed in, by account or by token. */
export interface SessionTable {
  id: Generated<number>;
  /** SHA-256 of what the cookie holds. */
  hash: string;
  account_id: number | null;
  token_id: number | null;
  created_at: string;
  last_seen_at: string;
  expires_at: string;
  address: string;
  agent: string;
}

/** Who did what, written before it is done ('begun') and completed once. The database refuses to change it later. */
export interface AuditTable {
  id: Generated<number>;
  at: string;
  finished_at: string | null;
  actor: string;
  account_id: number | null;
  token_id: number | null;
  address: string;
  /** The name of the route. */
  action: string;
  object: string;
  /** JSON of what was changed, without secrets. */
  before: string | null;
  after: string | null;
  outcome: 'begun' | 'done' | 'refused' | 'failed';
  code: string | null;
}
