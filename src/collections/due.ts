import { Cron } from 'croner';
import type { Store } from '../store/index.ts';

/**
 * Ids of the collections whose schedule asks for a full evaluation: an instant of their cron expression has passed
 * since they were last fully evaluated (or made). Cron fields are in the machine's time zone.
 */
export async function dueCollections(store: Store, now: Date): Promise<string[]> {
  const scheduled = await store.db
    .selectFrom('collection')
    .select(['id', 'schedule', 'fully_evaluated_at', 'created_at'])
    .where('schedule', 'is not', null)
    .orderBy('num')
    .execute();
  return scheduled
    .filter(row => row.schedule && isDue(row.schedule, row.fully_evaluated_at ?? row.created_at, now))
    .map(row => row.id);
}

function isDue(schedule: string, last: string, now: Date): boolean {
  const next = new Cron(schedule, { paused: true }).nextRun(new Date(last));
  return next !== null && next <= now;
}
