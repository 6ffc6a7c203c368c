import type { Store } from '../../src/store/index.ts';

const resources = 100_000;
const membersEach = 200;

/**
 * Puts straight into a store: so many collections of 200 members, each mapped to a group that is as it should be.
 * @param at the instant that all of it was made, ISO 8601
 */
export async function fillManyMappings(store: Store, groups: number, at: string): Promise<void> {
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
}

function* count<T>(many: number, row: (n: number) => T): Generator<T> {
  for (let n = 0; n < many; n += 1) yield row(n);
}
