// Runs of a large group against a tenant in memory: time of each step, and the most memory that the process took.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { silent } from '../src/base/index.ts';
import { mappingMembers, mappingStatus, synchronize } from '../src/cloudsync/index.ts';
import { openSqlite } from '../src/store/index.ts';
import { FakeDirectory } from '../test/cloudsync/fake-directory.ts';
import { TestClock } from '../test/cloudsync/test-clock.ts';
import { count, type Figure, type Measured, measure, peakMiB, progress, tell, under } from './report.ts';
import { objectId } from './site/object-id.ts';
import { inFolder, sizeGiven } from './surroundings.ts';

const size = sizeGiven();
/** Few enough to be let pass by the guard. */
const leaving = Math.min(400, Math.floor(size / 10));
const group = '11111111-1111-4111-8111-111111111111';

await inFolder(async folder => {
  const file = join(folder, 'store.db');
  // In a process of its own, so that the memory that is measured is that of the runs.
  const fill = join(import.meta.dirname, 'site', 'fill-large-group.ts');
  execFileSync(process.execPath, [...process.execArgv, fill, file, group, String(size)]);
  const store = await openSqlite(file);
  const clock = new TestClock();
  const entra = new FakeDirectory(clock, { pageSize: 999, record: false });
  const work = { clock, report: silent, signal: new AbortController().signal };
  const at = clock.now().toISOString();
  for (let n = 0; n < size; n += 1) entra.objects.set(objectId(n), '');
  entra.put(group);
  const run = (full: boolean) =>
    synchronize(store, async () => entra, { full, approve: false, requestedBy: 'bench' }, work);

  progress(`with the tenant in memory and nothing done, ${count(Math.round(peakMiB()))} MiB`);
  await timed('first full run, all added', () => run(false), memory);
  clock.pass(60_000);
  await timed('full run of a group that is right', () => run(true), memory);
  await timed(
    'incremental run, nothing changed',
    () => run(false),
    measured => [under(measured.seconds, 1, 's'), ...memory(measured)],
  );
  await store.db.deleteFrom('membership').where('resource_id', '<=', leaving).execute();
  await store.transaction(async tx => {
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
  await store.close();
});

/** Design: first rows of a list in under 300 ms, of which this is the server's part. */
function firstRows({ seconds }: Measured<unknown>): Figure[] {
  return [under(1000 * seconds, 300, 'ms')];
}

function memory({ peakMiB }: Measured<unknown>): Figure[] {
  return [under(peakMiB, 300, 'MiB')];
}

async function timed(
  what: string,
  work: () => Promise<unknown>,
  figures: (measured: Measured<unknown>) => Figure[],
): Promise<void> {
  const measured = await measure(what, work);
  tell(what, [size, 'members'], measured, { figures: figures(measured) });
}
