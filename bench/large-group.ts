// A run of a group of 200,000 members against a tenant in memory: time of each step, and the most memory that the
// process took (design.md §7, issue of the writer: under 300 MB): node bench/large-group.ts
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silent } from '../src/base/index.ts';
import { mappingMembers, mappingStatus, synchronize } from '../src/cloudsync/index.ts';
import { openSqlite } from '../src/store/index.ts';
import { FakeDirectory } from '../test/cloudsync/fake-directory.ts';
import { TestClock } from '../test/cloudsync/test-clock.ts';

const size = 200_000;
const group = '11111111-1111-4111-8111-111111111111';
const file = join(tmpdir(), `rollcall-bench-${process.pid}.db`);
const id = (n: number) =>
  `${n.toString(16).padStart(8, '0')}-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
// The store is filled in a process of its own, so that the figure of memory is that of the runs.
if (process.argv[2] === 'fill') {
  await fill(process.argv[3] ?? '');
  process.exit();
}
execFileSync(process.execPath, [import.meta.filename, 'fill', file]);
const store = await openSqlite(file);
const clock = new TestClock();
const entra = new FakeDirectory(clock, { pageSize: 999, record: false });
const work = { clock, report: silent, signal: new AbortController().signal };
const at = clock.now().toISOString();

for (let n = 0; n < size; n += 1) entra.objects.set(id(n), '');
entra.put(group);
const run = (full: boolean) =>
  synchronize(store, async () => entra, { full, approve: false, requestedBy: 'bench' }, work);

await timed('first full run, 200,000 additions', () => run(false));
clock.pass(60_000);
await timed('full run of a group that is right', () => run(true));
await timed('incremental run, nothing changed', () => run(false));
await store.db.deleteFrom('membership').where('resource_id', '<=', 400).execute();
await store.transaction(async tx => {
  const rows = Array.from({ length: 400 }, (_, n) => [100, n + 1, -1, at]);
  await store.dialect.insertMany(
    tx,
    'membership_change',
    ['collection_num', 'resource_id', 'change', 'at'],
    rows,
  );
});
await timed('incremental run, 400 left', () => run(false));
await timed('status', () => mappingStatus(store));
await timed('first 200 members', () => mappingMembers(store, 'Large', { limit: 200 }));
await timed('first 200 failed members', () =>
  mappingMembers(store, 'Large', { limit: 200, status: 'Failed' }),
);
console.log(`most memory: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`);
await store.close();
for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });

async function timed(what: string, work: () => Promise<unknown>) {
  const start = performance.now();
  await work();
  console.log(`${what}: ${(performance.now() - start).toFixed(0)} ms`);
}

async function fill(file: string) {
  const store = await openSqlite(file);
  const at = new TestClock().now().toISOString();
  await store.transaction(async tx => {
    const put = (table: string, columns: string[], rows: Iterable<(string | number | null)[]>) =>
      store.dialect.insertMany(tx, table, columns, rows);
    const each = (row: (n: number) => (string | number | null)[]) =>
      Array.from({ length: size }, (_, n) => row(n));
    await put(
      'cloud_service',
      'name name_key tenant_id client_id cloud login_url graph_url credential_kind created_at updated_at'.split(
        ' ',
      ),
      [['T', 't', 't', 'c', 'public', 'l', 'g', 'client-secret', at, at]],
    );
    await put('collection', 'num id name name_key type evaluated_at created_at'.split(' '), [
      [100, 'XYZ00001', 'Large', 'large', 'device', at, at],
    ]);
    await put('target_group', ['id', 'cloud_service_id', 'group_id', 'name'], [[1, 1, group, 'Large']]);
    await put('mapping', ['collection_num', 'target_group_id', 'created_at'], [[100, 1, at]]);
    const resource = 'id type name name_key source document created_at updated_at'.split(' ');
    await put(
      'resource',
      resource,
      each(n => [n + 1, 'device', `PC${n}`, `pc${n}`, 'import', '{}', at, at]),
    );
    await put(
      'entra_object',
      ['cloud_service_id', 'object_id', 'kind', 'generation'],
      each(n => [1, id(n), 'device', 1]),
    );
    await put(
      'entra_identity',
      ['cloud_service_id', 'resource_id', 'object_id'],
      each(n => [1, n + 1, id(n)]),
    );
    await put(
      'membership',
      ['collection_num', 'resource_id'],
      each(n => [100, n + 1]),
    );
  });
  await store.close();
}
