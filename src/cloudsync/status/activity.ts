import { sql } from 'kysely';
import type { Queries } from '../../store/index.ts';

/** What runs did in a stretch of time. */
export interface Activity {
  /** When the stretch begins, ISO 8601 in UTC. */
  at: string;
  runs: number;
  failedRuns: number;
  heldRuns: number;
  added: number;
  removed: number;
  failed: number;
  requests: number;
  writes: number;
}

/** Adds a run that has ended to the figures of its hour. */
export async function noteActivity(
  tx: Queries,
  cloudServiceId: number,
  run: Pick<Activity, 'added' | 'removed' | 'failed' | 'requests' | 'writes'> & { status: string },
  now: Date,
): Promise<void> {
  const { added, removed, failed, requests, writes, status } = run;
  const [isFailed, isHeld] = [status === 'failed' ? 1 : 0, status === 'held' ? 1 : 0];
  await sql`
    insert into activity (hour, cloud_service_id, runs, failed_runs, held_runs, added, removed, failed, requests, writes)
    values (${hourOf(now)}, ${cloudServiceId}, 1, ${isFailed}, ${isHeld}, ${added}, ${removed}, ${failed}, ${requests}, ${writes})
    on conflict (hour, cloud_service_id) do update set runs = runs + 1,
      failed_runs = failed_runs + excluded.failed_runs, held_runs = held_runs + excluded.held_runs,
      added = added + excluded.added, removed = removed + excluded.removed, failed = failed + excluded.failed,
      requests = requests + excluded.requests, writes = writes + excluded.writes`.execute(tx);
}

/** The figures of several hours of `activity` together. */
export const activitySums = sql`sum(runs) as runs, sum(failed_runs) as "failedRuns", sum(held_runs) as "heldRuns",
  sum(added) as added, sum(removed) as removed, sum(failed) as failed, sum(requests) as requests,
  sum(writes) as writes`;

/** What runs did by hours or days, the oldest first; stretches in which nothing ran are left out. */
export async function activitySince(db: Queries, since: Date, bucket: 'hour' | 'day'): Promise<Activity[]> {
  const length = bucket === 'hour' ? 13 : 10;
  const rest = bucket === 'hour' ? ':00:00.000Z' : 'T00:00:00.000Z';
  const { rows } = await sql<Activity>`
    select substr(hour, 1, ${length}) || ${rest} as at, ${activitySums}
    from activity where hour >= ${hourOf(since)} group by 1 order by 1`.execute(db);
  return rows;
}

/** How many requests and writes the runs in each tenant have sent since an instant, by tenant. */
export async function writesSince(
  db: Queries,
  since: Date,
): Promise<Map<number, { requests: number; writes: number }>> {
  const { rows } = await sql<{ id: number; requests: number; writes: number }>`
    select cloud_service_id as id, sum(requests) as requests, sum(writes) as writes
    from activity where hour >= ${hourOf(since)} group by cloud_service_id`.execute(db);
  return new Map(rows.map(({ id, requests, writes }) => [id, { requests, writes }]));
}

/** Forgets the figures of hours before an instant. */
export async function pruneActivity(db: Queries, before: Date): Promise<void> {
  await db.deleteFrom('activity').where('hour', '<', hourOf(before)).execute();
}

function hourOf(instant: Date): string {
  return instant.toISOString().slice(0, 13);
}
