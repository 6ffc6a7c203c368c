import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { type Clock, Problem } from '../base/index.ts';
import type { Store } from './store.ts';

const lifetimeMs = 60_000;

/**
 * A name for one holder of leases: it also says on which machine and in which process the holder lives, so that the
 * lease of a process that was killed can be taken over at once.
 */
export function leaseOwner(): string {
  return [hostname(), process.pid, processStart(), randomUUID()].join('|');
}

/**
 * Takes a lease for a minute, or extends it for its holder. Exactly one owner holds a name at any instant.
 * @returns whether `owner` holds it now
 */
export async function acquireLease(store: Store, name: string, owner: string, now: Date): Promise<boolean> {
  const until = new Date(now.getTime() + lifetimeMs).toISOString();
  return store.transaction(async tx => {
    const held = await tx.selectFrom('lease').selectAll().where('name', '=', name).executeTakeFirst();
    if (held && held.owner !== owner && held.until > now.toISOString() && !isDead(held.owner)) return false;
    await tx
      .insertInto('lease')
      .values({ name, owner, until })
      .onConflict(conflict => conflict.column('name').doUpdateSet({ owner, until }))
      .execute();
    return true;
  });
}

/**
 * Extends a lease for another minute.
 * @returns false when another has taken it meanwhile
 */
export async function renewLease(store: Store, name: string, owner: string, now: Date): Promise<boolean> {
  const until = new Date(now.getTime() + lifetimeMs).toISOString();
  const { numUpdatedRows } = await store.db
    .updateTable('lease')
    .set({ until })
    .where('name', '=', name)
    .where('owner', '=', owner)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Gives a lease back; does nothing when another holds it. */
export async function releaseLease(store: Store, name: string, owner: string): Promise<void> {
  await store.db.deleteFrom('lease').where('name', '=', name).where('owner', '=', owner).execute();
}

/**
 * Does `work` under a lease and keeps it alive meanwhile. The work's signal is aborted when the lease is lost.
 * @returns what the work returns, or `{ busy: true }` when another holds the lease
 */
export async function withLease<T>(
  store: Store,
  name: string,
  context: { clock: Clock; signal: AbortSignal },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<{ busy: true } | { busy: false; result: T }> {
  const owner = leaseOwner();
  if (!(await acquireLease(store, name, owner, context.clock.now()))) return { busy: true };
  const lost = new AbortController();
  // A lease is about a live process, so its heartbeat follows real time whatever clock the work is given.
  const heartbeat = setInterval(() => {
    renewLease(store, name, owner, context.clock.now()).then(
      kept => {
        if (!kept) lost.abort(leaseLost(name));
      },
      error => lost.abort(error),
    );
  }, lifetimeMs / 3);
  heartbeat.unref();
  try {
    return { busy: false, result: await work(AbortSignal.any([context.signal, lost.signal])) };
  } finally {
    clearInterval(heartbeat);
    await releaseLease(store, name, owner);
  }
}

function leaseLost(name: string): Problem {
  return new Problem(
    'conflict',
    'lease-lost',
    `Another process has taken over ${name} from this one.`,
    'Nothing to do: the other one finishes the work.',
  );
}

/** Whether the owner was a process of this machine that no longer runs. */
function isDead(owner: string): boolean {
  const [host, pid, start] = owner.split('|');
  if (host !== hostname() || !pid || !start) return false;
  // In a container the next process may well get the same number: then the times of start tell them apart.
  if (Number(pid) === process.pid) return Math.abs(Number(start) - processStart()) > 2;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

/** When this process started, in seconds since 1970; the same for all its threads, give or take a second. */
function processStart(): number {
  return Math.round(Date.now() / 1000 - process.uptime());
}
