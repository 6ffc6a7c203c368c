import { createHash, randomBytes } from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../base/index.ts';
import type { Store } from '../../store/index.ts';
import type { Role } from '../contract/index.ts';
import { identityOfToken, type TokenRow } from './identify.ts';
import type { Identity } from './identity.ts';
import { saveLimit } from './scopes.ts';

const prefix = 'rollcall_';
const touchEveryMs = 60_000;

/** What a new token is to be. */
export interface NewToken {
  name: string;
  role: Role;
  expiresAt?: string;
  /** Whose it is; null or absent: nobody's in particular. */
  accountId?: number | null;
  /** Ids or names of the collections that it is limited to; null or absent: no limit. */
  collections?: readonly string[] | null;
}

/**
 * Makes a token and keeps its SHA-256; the token itself is in the answer alone.
 * A plain hash is enough: the token is 256 random bits, which nobody can try through.
 */
export async function createToken(
  store: Store,
  { name, role, expiresAt, accountId = null, collections = null }: NewToken,
  clock: Pick<Clock, 'now'>,
): Promise<{ token: string; id: number }> {
  const token = prefix + randomBytes(32).toString('base64url');
  const id = await store.transaction(async tx => {
    const row = await tx
      .insertInto('api_token')
      .values({
        name,
        hash: hashOf(token),
        role,
        created_at: clock.now().toISOString(),
        expires_at: expiresAt ?? null,
        account_id: accountId,
        scoped: collections === null ? 0 : 1,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await saveLimit(tx, 'token', row.id, collections);
    return row.id;
  });
  return { token, id };
}

/** Whose token it is; undefined when nobody's, or when it has expired. Notes its use once a minute. */
export async function identify(
  store: Store,
  secret: string,
  clock: Pick<Clock, 'now'>,
): Promise<Identity | undefined> {
  const row = await store.db
    .selectFrom('api_token')
    .selectAll()
    .where('hash', '=', hashOf(secret))
    .executeTakeFirst();
  if (!row) return undefined;
  const identity = await identityOfToken(store, row, clock.now());
  if (identity) await noteUse(store, row, clock.now());
  return identity;
}

async function noteUse(store: Store, row: TokenRow, now: Date): Promise<void> {
  const lately = new Date(now.getTime() - touchEveryMs).toISOString();
  if (row.last_used_at !== null && row.last_used_at >= lately) return;
  await store.db
    .updateTable('api_token')
    .set({ last_used_at: now.toISOString() })
    .where('id', '=', row.id)
    .execute();
}

/** The file in the data folder that holds the token of the first start, for the command line on this machine. */
function tokenFile(dataDir: string): string {
  return join(dataDir, 'token');
}

/**
 * The administrator's token of this data folder: read from its file, or made on the first start.
 * The file is readable by its owner alone. A token that the store no longer knows is replaced.
 */
export async function ensureLocalToken(
  store: Store,
  dataDir: string,
  clock: Pick<Clock, 'now'>,
): Promise<{ token: string; isNew: boolean }> {
  const file = tokenFile(dataDir);
  const kept = await readFile(file, 'utf8').then(
    text => text.trim(),
    () => '',
  );
  if (kept && (await identify(store, kept, clock))) {
    await chmod(file, 0o600);
    return { token: kept, isNew: false };
  }
  const { token } = await createToken(store, { name: 'first start', role: 'full-administrator' }, clock);
  await writeFile(file, `${token}\n`, { mode: 0o600 });
  await chmod(file, 0o600);
  return { token, isNew: true };
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
