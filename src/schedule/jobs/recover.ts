import type { Clock, ProblemData } from '../../base/index.ts';
import { acquireLease, leaseOwner, releaseLease, type Store } from '../../store/index.ts';

/** The name of the lease that an engine holds while it lives. */
export function engineLease(engine: string): string {
  return `engine ${engine}`;
}

/**
 * Looks for the jobs of engines that have died: what they were doing is marked as interrupted, what was still queued
 * moves to `engine`. Engines that live, in whatever process, are left alone.
 * @returns how many jobs were interrupted and how many taken over
 */
export async function recoverJobs(
  store: Store,
  engine: string,
  clock: Pick<Clock, 'now'>,
): Promise<{ interrupted: number; takenOver: number }> {
  const others = await store.db
    .selectFrom('job')
    .select('engine')
    .distinct()
    .where('state', 'in', ['queued', 'running'])
    .where('engine', '!=', engine)
    .execute();
  const recovered = { interrupted: 0, takenOver: 0 };
  const owner = leaseOwner();
  for (const other of others) {
    const lease = engineLease(other.engine);
    if (!(await acquireLease(store, lease, owner, clock.now()))) continue;
    recovered.interrupted += await failRunning(store, other.engine, interrupted, clock);
    recovered.takenOver += await moveQueued(store, other.engine, engine);
    await releaseLease(store, lease, owner);
  }
  return recovered;
}

/** Ends the running jobs of an engine that no longer runs. */
export async function failRunning(
  store: Store,
  engine: string,
  problem: ProblemData,
  clock: Pick<Clock, 'now'>,
): Promise<number> {
  const { numUpdatedRows } = await store.db
    .updateTable('job')
    .set({
      state: 'failed',
      problem: JSON.stringify(problem),
      finished_at: clock.now().toISOString(),
    })
    .where('state', '=', 'running')
    .where('engine', '=', engine)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

async function moveQueued(store: Store, from: string, to: string): Promise<number> {
  const { numUpdatedRows } = await store.db
    .updateTable('job')
    .set({ engine: to })
    .where('state', '=', 'queued')
    .where('engine', '=', from)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** The problem of a job whose process ended under it. */
export const interrupted: ProblemData = {
  kind: 'conflict',
  code: 'job-interrupted',
  message: 'Rollcall ended while this was running.',
  hint: 'Nothing is lost: run it again, or wait for the next cycle, and it goes on from what was done.',
};
