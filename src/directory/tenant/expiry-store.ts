import type { Queries, Store } from '../../store/index.ts';
import type { Credential, CredentialKind } from './credential.ts';
import { certificateExpiry } from './prepare.ts';

/** When a credential ends. `never`: it has no end of its own; `unknown`: the app may not read it. */
export type Expiry = { kind: 'at'; at: Date } | { kind: 'never' } | { kind: 'unknown' };

/** What is known of a credential's end without asking Entra. Instants are ISO 8601 in UTC. */
export interface KnownExpiry {
  expiresAt: string | null;
  /** certificate: it tells itself; app-registration: read there; never: it has no end; unknown: not read so far. */
  source: 'certificate' | 'app-registration' | 'never' | 'unknown';
  /** When it was last looked for; null: not yet. */
  lookedAt: string | null;
}

/** What is known of the end of each tenant's credential, by the tenant's number. */
export async function knownExpiries(
  store: Pick<Store, 'db'>,
): Promise<(tenant: { id: number; credentialKind: CredentialKind }) => KnownExpiry> {
  const rows = await store.db.selectFrom('credential_expiry').selectAll().execute();
  const byId = new Map(rows.map(row => [row.cloud_service_id, row]));
  return ({ id, credentialKind }) => {
    const row = byId.get(id);
    const expiresAt = row?.expires_at ?? null;
    return { expiresAt, source: sourceOf(credentialKind, expiresAt), lookedAt: row?.looked_at ?? null };
  };
}

/** Keeps when the credential of a tenant ends. */
export async function saveExpiry(db: Queries, id: number, expiry: Expiry, now: Date): Promise<void> {
  const row = {
    expires_at: expiry.kind === 'at' ? expiry.at.toISOString() : null,
    looked_at: now.toISOString(),
  };
  await db
    .insertInto('credential_expiry')
    .values({ cloud_service_id: id, ...row })
    .onConflict(conflict => conflict.column('cloud_service_id').doUpdateSet(row))
    .execute();
}

/** Keeps what a new credential tells of its own end, and forgets what was known of the old one. */
export async function renewExpiry(db: Queries, id: number, credential: Credential, now: Date): Promise<void> {
  if (credential.kind === 'certificate') {
    await saveExpiry(db, id, { kind: 'at', at: certificateExpiry(credential.pem) }, now);
  } else {
    await db.deleteFrom('credential_expiry').where('cloud_service_id', '=', id).execute();
  }
}

function sourceOf(kind: CredentialKind, expiresAt: string | null): KnownExpiry['source'] {
  if (kind === 'managed-identity' || kind === 'federated-token-file') return 'never';
  if (expiresAt === null) return 'unknown';
  return kind === 'certificate' ? 'certificate' : 'app-registration';
}
