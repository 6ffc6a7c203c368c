import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../base/index.ts';
import type { Queries, Store } from '../../store/index.ts';

/** A browser that has not been heard of for so long must sign in anew. */
const idleMs = 60 * 60_000;
/** And one that has been signed in for so long, whatever it does. */
export const longestMs = 12 * 60 * 60_000;

const touchEveryMs = 60_000;
const mostOfOne = 20;

/** Who has signed in: an account, or a token. */
export type Owner = { accountId: number } | { tokenId: number };

/** What is kept of a browser, to be recognised by whoever looks at the list. */
export interface Browser {
  address: string;
  agent: string;
}

/**
 * Begins a session. Its secret is new each time, so that nobody can fix the session of another beforehand.
 * @returns the secret, of which the store keeps the SHA-256 alone
 */
export async function beginSession(
  store: Store,
  owner: Owner,
  { address, agent }: Browser,
  clock: Pick<Clock, 'now'>,
): Promise<{ secret: string; id: number; expiresAt: string }> {
  const secret = randomBytes(32).toString('base64url');
  const now = clock.now();
  const expiresAt = new Date(now.getTime() + longestMs).toISOString();
  const id = await store.transaction(async tx => {
    await tx.deleteFrom('session').where('expires_at', '<=', now.toISOString()).execute();
    const row = await tx
      .insertInto('session')
      .values({
        hash: hashOf(secret),
        account_id: 'accountId' in owner ? owner.accountId : null,
        token_id: 'tokenId' in owner ? owner.tokenId : null,
        created_at: now.toISOString(),
        last_seen_at: now.toISOString(),
        expires_at: expiresAt,
        address,
        agent: agent.slice(0, 300),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const kept = await ofOwner(tx, owner).orderBy('id', 'desc').limit(mostOfOne).execute();
    const oldest = kept.at(-1)?.id ?? 0;
    const tooOld = ofOwner(tx, owner).where('id', '<', oldest);
    await tx.deleteFrom('session').where('id', 'in', tooOld).execute();
    return row.id;
  });
  return { secret, id, expiresAt };
}

/** The session of a secret; undefined when there is none, or it has ended. Notes once a minute that it lives, unless `quietly`. */
export async function findSession(
  store: Store,
  secret: string,
  clock: Pick<Clock, 'now'>,
  { quietly = false } = {},
) {
  const row = await store.db
    .selectFrom('session')
    .selectAll()
    .where('hash', '=', hashOf(secret))
    .executeTakeFirst();
  if (!row || hasEnded(row, clock.now())) return undefined;
  const now = clock.now();
  if (!quietly && row.last_seen_at < new Date(now.getTime() - touchEveryMs).toISOString()) {
    await store.db
      .updateTable('session')
      .set({ last_seen_at: now.toISOString() })
      .where('id', '=', row.id)
      .execute();
  }
  return row;
}

/** The sessions of somebody that have not ended, the latest first. */
export async function listSessions(store: Store, owner: Owner, clock: Pick<Clock, 'now'>) {
  const rows = await ofOwner(store.db, owner).selectAll().orderBy('id', 'desc').execute();
  return rows.filter(row => !hasEnded(row, clock.now()));
}

/** Ends the session of a secret. */
export async function endSession(store: Store, secret: string): Promise<void> {
  await store.db.deleteFrom('session').where('hash', '=', hashOf(secret)).execute();
}

/** Ends all sessions of somebody, but for one that may stay. */
export async function endSessionsOf(db: Queries, owner: Owner, but = 0): Promise<void> {
  const theirs = ofOwner(db, owner).where('id', '<>', but);
  await db.deleteFrom('session').where('id', 'in', theirs).execute();
}

function ofOwner(db: Queries, owner: Owner) {
  const query = db.selectFrom('session').select('id');
  return 'accountId' in owner
    ? query.where('account_id', '=', owner.accountId)
    : query.where('token_id', '=', owner.tokenId);
}

function hasEnded(row: { expires_at: string; last_seen_at: string }, now: Date): boolean {
  return (
    row.expires_at <= now.toISOString() || row.last_seen_at <= new Date(now.getTime() - idleMs).toISOString()
  );
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
