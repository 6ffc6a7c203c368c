import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkContext } from '../../base/index.ts';
import { pruneActivity, pruneRunChanges } from '../../cloudsync/index.ts';
import { getHistoryDays, pruneHistory } from '../../collections/index.ts';
import { pruneAudit } from '../audit-retention.ts';
import { type EngineContext, spoolFolder } from '../engine-context.ts';
import { pruneJobs } from '../jobs/index.ts';

const dayMs = 24 * 60 * 60_000;
const jobDays = 7;
/** A little more than a year, so that charts can show what it was a year ago. */
const activityDays = 400;
const lastKey = 'schedule.housekeeping_at';

/**
 * Once a day: forgets old jobs, old history and old figures, and files of imports that were broken off.
 */
export async function keepHouse(context: EngineContext, work: WorkContext): Promise<void> {
  const { store } = context;
  const now = work.clock.now();
  const last = await store.db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', lastKey)
    .executeTakeFirst();
  if (last && now.getTime() - Date.parse(last.value) < dayMs) return;
  await pruneJobs(store, new Date(now.getTime() - jobDays * dayMs));
  await pruneHistory(store, work.clock, work.signal);
  const days = await getHistoryDays(store);
  await pruneRunChanges(store, new Date(now.getTime() - days * dayMs), work.signal);
  await pruneActivity(store.db, new Date(now.getTime() - activityDays * dayMs));
  await pruneAudit(store, now);
  await dropOldFiles(spoolFolder(context.dataDir), new Date(now.getTime() - jobDays * dayMs));
  const value = now.toISOString();
  await store.db
    .insertInto('setting')
    .values({ key: lastKey, value })
    .onConflict(conflict => conflict.column('key').doUpdateSet({ value }))
    .execute();
}

/** A file that has waited for so long belongs to no import that still comes. */
async function dropOldFiles(folder: string, before: Date): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const file = join(folder, name);
    const { mtime } = await stat(file);
    if (mtime < before) await rm(file, { force: true });
  }
}
