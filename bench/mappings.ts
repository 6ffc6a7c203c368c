// A round of the schedule over many mapped groups of 200 members when nothing has changed, and the status of them.
import { silent } from '../src/base/index.ts';
import { mappingStatus, mappingStatusPage, synchronize } from '../src/cloudsync/index.ts';
import { openSqlite } from '../src/store/index.ts';
import { TestClock } from '../test/cloudsync/test-clock.ts';
import { measure, tell, under } from './report.ts';
import { fillManyMappings } from './site/many-mappings.ts';
import { sizeGiven } from './surroundings.ts';

const groups = sizeGiven();
const store = await openSqlite(':memory:');
const clock = new TestClock();
await fillManyMappings(store, groups, clock.now().toISOString());

const never = async (): Promise<never> => {
  throw new Error('an idle round asks Entra nothing');
};
const work = { clock, report: silent, signal: new AbortController().signal };
const options = { full: false, approve: false, requestedBy: 'schedule' };
await timed('idle round', 1, () => synchronize(store, never, options, work));
await timed('status of one', 0.3, () => mappingStatus(store, { collections: ['C7'] }));
await timed('status, a page of 100', 0.3, () => mappingStatusPage(store, { limit: 100 }));
await timed('status of all', null, () => mappingStatus(store));
await store.close();

/** @param limit seconds; null where nothing is asked */
async function timed(what: string, limit: number | null, work: () => Promise<unknown>): Promise<void> {
  const measured = await measure(what, work);
  const figures = limit === null ? [] : [under(1000 * measured.seconds, 1000 * limit, 'ms')];
  tell(what, [groups, 'mappings'], measured, { figures });
}
