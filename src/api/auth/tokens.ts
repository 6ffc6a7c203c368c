import { createHash, randomBytes } from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../base/index.ts';
import type { Store } from '../../store/index.ts';
import type { Role } from '../contract/index.ts';

/** Who a token belongs to. */
export interface Identity {
  tokenId: number;
  name: string;
  role: Role;
}

const prefix = 'rollcall_';
const touchEveryMs = 60_000;

/**
 * Makes a token and keeps its SHA-256; the token itself is in the answer alone.
 * A plain hash is enough: the token is 256 random bits, which nobody can try through.
 */
export async function createToken(
  store: Store,
  token: { name: string; role: Role; expiresAt?: string },
  clock: Pick<Clock, 'now'>,
): Promise<string> {
  const secret = prefix + randomBytes(32).toString('base64url');
  await store.db
    .insertInto('api_token')
    .values({
      name: token.name,
      hash: hashOf(secret),
      role: token.role,
      created_at: clock.now().toISOString(),
      expires_at: token.expiresAt ?? null,
    })
    .execute();
  return secret;
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
  const now = clock.now();
  if (!row || (row.expires_at !== null && row.expires_at <= now.toISOString())) return undefined;
  const lately = new Date(now.getTime() - touchEveryMs).toISOString();
  if (row.last_used_at === null || row.last_used_at < lately) {
    await store.db
      .updateTable('api_token')
      .set({ last_used_at: now.toISOString() })
      .where('id', '=', row.id)
      .execute();
  }
  return { tokenId: row.id, name: row.name, role: row.role };
}

/** The file in the data folder that holds the token of the first start, for the command line on this machine. */
export function tokenFile(dataDir: string): string {
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
  const token = await createToken(store, { name: 'first start', role: 'full-administrator' }, clock);
  await writeFile(file, `${token}\n`, { mode: 0o600 });
  await chmod(file, 0o600);
  return { token, isNew: true };
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
