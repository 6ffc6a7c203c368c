import { sql } from 'kysely';
import type { Queries } from '../../store/index.ts';
import { type Activity, activitySums } from './activity.ts';

/** What the runs in a tenant have done in all that is kept of them. */
export type Totals = Omit<Activity, 'at'> & { tenant: string };

/** The totals of every tenant. They grow, but for the hours that are forgotten after more than a year. */
export async function activityTotals(db: Queries): Promise<Totals[]> {
  const { rows } = await sql<Totals>`
    select cs.name as tenant, ${activitySums}
    from activity a join cloud_service cs on cs.id = a.cloud_service_id group by cs.id`.execute(db);
  return rows;
}

/** At most so many runs are looked at for one answer. */
const mostRuns = 10_000;

/**
 * The runs that have ended since the last time, with how long they took.
 * @param after where the last time ended; undefined: only where to begin is told
 */
export async function finishedRuns(
  db: Queries,
  after: number | undefined,
): Promise<{ upTo: number; ended: { kind: string; status: string; seconds: number }[] }> {
  const { rows: ends } = await sql<{ id: number }>`
    select coalesce((select min(id) - 1 from sync_run where status = 'running'), (select max(id) from sync_run), 0) as id`.execute(
    db,
  );
  const upTo = ends[0]?.id ?? 0;
  if (after === undefined) return { upTo, ended: [] };
  const rows = await db
    .selectFrom('sync_run')
    .select(['kind', 'status', 'started_at', 'finished_at'])
    .where('id', '>', after)
    .where('id', '<=', upTo)
    .orderBy('id', 'desc')
    .limit(mostRuns)
    .execute();
  const ended = rows.flatMap(({ kind, status, started_at, finished_at }) =>
    finished_at === null
      ? []
      : [{ kind, status, seconds: (Date.parse(finished_at) - Date.parse(started_at)) / 1_000 }],
  );
  return { upTo, ended };
}
