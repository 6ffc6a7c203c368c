// A round of the schedule over 5,000 mapped groups of 200 members when nothing has changed, and the status of all of
// them (design.md §7: under a second, no request): node bench/idle-cycle.ts
import { silent } from '../src/base/index.ts';
import { mappingStatus, mappingStatusPage, synchronize } from '../src/cloudsync/index.ts';
import { openSqlite } from '../src/store/index.ts';
import { TestClock } from '../test/cloudsync/test-clock.ts';

const groups = 5_000;
const resources = 100_000;
const membersEach = 200;
const store = await openSqlite(':memory:');
const clock = new TestClock();
const at = clock.now().toISOString();

await store.transaction(async tx => {
  const put = (table: string, columns: string, rows: Iterable<(string | number | null)[]>) =>
    store.dialect.insertMany(tx, table, columns.split(' '), rows);
  await put(
    'cloud_service',
    'name name_key tenant_id client_id cloud login_url graph_url credential_kind created_at updated_at',
    [['T', 't', 't', 'c', 'public', 'l', 'g', 'client-secret', at, at]],
  );
  await put(
    'collection',
    'num id name name_key type evaluated_at created_at',
    count(groups, n => [n + 10, `XYZ${n}`, `C${n}`, `c${n}`, 'device', at, at]),
  );
  await put(
    'target_group',
    'id cloud_service_id group_id name full_needed last_sync_at',
    count(groups, n => [n + 1, 1, `g${n}`, `G${n}`, 0, at]),
  );
  await put(
    'mapping',
    'collection_num target_group_id created_at',
    count(groups, n => [n + 10, n + 1, at]),
  );
  await put(
    'entra_identity',
    'cloud_service_id resource_id object_id',
    count(resources, n => [1, n, `o${n}`]),
  );
  const member = (n: number) =>
    [Math.floor(n / membersEach), ((n % membersEach) * 499 + n) % resources] as const;
  await put(
    'membership',
    'collection_num resource_id',
    count(groups * membersEach, n => [member(n)[0] + 10, member(n)[1]]),
  );
  await put(
    'ledger',
    'target_group_id object_id resource_id wanted state',
    count(groups * membersEach, n => [member(n)[0] + 1, `o${member(n)[1]}`, member(n)[1], 'in', 'done']),
  );
});
const never = async (): Promise<never> => {
  throw new Error('an idle round asks Entra nothing');
};
const work = { clock, report: silent, signal: new AbortController().signal };
const options = { full: false, approve: false, requestedBy: 'schedule' };
await timed('idle round', () => synchronize(store, never, options, work));
await timed('status of one', () => mappingStatus(store, { collections: ['C7'] }));
await timed('status, a page of 100', () => mappingStatusPage(store, { limit: 100, after: '2000' }));
await timed('status of all', () => mappingStatus(store));
await store.close();

function* count<T>(many: number, row: (n: number) => T) {
  for (let n = 0; n < many; n += 1) yield row(n);
}

async function timed(what: string, work: () => Promise<unknown>) {
  const start = performance.now();
  await work();
  console.log(`${what}: ${(performance.now() - start).toFixed(0)} ms`);
}
