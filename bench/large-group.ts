// Runs of a large group on an emulated tenant in another process: time of each step, and the most memory that Rollcall
// took.
import { silent, systemClock } from '../src/base/index.ts';
import { mappingMembers, mappingStatus, synchronize } from '../src/cloudsync/index.ts';
import {
  atMost,
  count,
  type Figure,
  type Measured,
  measure,
  peakMiB,
  progress,
  tell,
  under,
} from './report.ts';
import { openLargeGroup } from './site/large-group.ts';
import { openTenantApart } from './site/tenant-apart.ts';
import { inFolder, sizeGiven } from './surroundings.ts';

const size = sizeGiven();
/** Few enough to be let pass by the guard. */
const leaving = Math.min(400, Math.floor(size / 10));
const group = '11111111-1111-4111-8111-111111111111';

await inFolder(async folder => {
  const store = await openLargeGroup(folder, group, size);
  progress('starting the tenant');
  const { directory, close } = await openTenantApart('tenant-process.ts', group, size);
  const work = { clock: systemClock, report: silent, signal: new AbortController().signal };
  const run = async (full: boolean) => {
    const options = { full, approve: false, requestedBy: 'bench' };
    const [result] = await synchronize(store, async () => directory, options, work);
    if (result?.status !== 'Success') throw new Error(`The run ended as ${JSON.stringify(result)}.`);
    return result;
  };
  /** Entra's lists may lag: links that are younger than that are not followed. */
  const later = () =>
    store.db
      .updateTable('group_reading')
      .set({ link_at: new Date(Date.now() - 60_000).toISOString() })
      .execute();

  progress(`with nothing done, ${count(Math.round(peakMiB()))} MiB`);
  await timed('first full run, all added', () => run(false), memory);
  await timed('full run of a group that is right, read whole', () => run(true), memory);
  await later();
  await timed('the same again', () => run(true), memory);
  await timed(
    'full run of a group that is right, by what changed',
    () => run(true),
    measured => [atMost(measured.result.requests, 4, 'requests'), ...memory(measured)],
  );
  await timed(
    'incremental run, nothing changed',
    () => run(false),
    measured => [under(measured.seconds, 1, 's'), ...memory(measured)],
  );
  await store.db.deleteFrom('membership').where('resource_id', '<=', leaving).execute();
  await store.transaction(async tx => {
    const at = new Date().toISOString();
    const rows = Array.from({ length: leaving }, (_, n) => [100, n + 1, -1, at]);
    const columns = ['collection_num', 'resource_id', 'change', 'at'];
    await store.dialect.insertMany(tx, 'membership_change', columns, rows);
  });
  await timed(`incremental run, ${count(leaving)} left`, () => run(false), memory);
  await timed(
    'status',
    () => mappingStatus(store),
    () => [],
  );
  await timed('first 200 members', () => mappingMembers(store, 'Large', { limit: 200 }), firstRows);
  await timed(
    'first 200 failed members',
    () => mappingMembers(store, 'Large', { limit: 200, status: 'Failed' }),
    firstRows,
  );
  await close();
  await store.close();
});

/** Design: first rows of a list in under 300 ms, of which this is the server's part. */
function firstRows({ seconds }: Measured<unknown>): Figure[] {
  return [under(1000 * seconds, 300, 'ms')];
}

function memory({ peakMiB }: Measured<unknown>): Figure[] {
  return [under(peakMiB, 300, 'MiB')];
}

async function timed<T>(
  what: string,
  work: () => Promise<T>,
  figures: (measured: Measured<T>) => Figure[],
): Promise<void> {
  const measured = await measure(what, work);
  const { result } = measured;
  const requests = isRun(result) ? { requests: result.requests } : {};
  tell(what, [size, 'members'], measured, { figures: figures(measured), ...requests });
}

function isRun(result: unknown): result is { requests: number } {
  return typeof result === 'object' && result !== null && 'requests' in result;
}
