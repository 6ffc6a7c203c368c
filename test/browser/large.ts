import { refreshCounts } from '../../src/cloudsync/index.ts';
import { firstResourceId } from '../../src/inventory/index.ts';
import { openSqlite } from '../../src/store/index.ts';

/** How many of what `fillLarge` puts into a store. */
export const large = { collections: 10_000, members: 200_000, failed: 1_000, absent: 1_000, held: 200_000 };

const at = '2026-01-01T00:00:00.000Z';
const digits = (n: number, width: number) => String(n).padStart(width, '0');
const collectionId = (n: number) => `BIG${n.toString(16).padStart(5, '0').toUpperCase()}`;
const firstNum = 10;

type Cell = string | number | null;

/**
 * Puts straight into a new store 10,000 mapped collections. C00000 has 200,000 members, of whom 1,000 failed and 1,000
 * are not in Entra; the group of C00001 holds a plan with 200,000 names.
 */
export async function fillLarge(file: string): Promise<void> {
  const { collections, members, failed, absent, held } = large;
  const store = await openSqlite(file);
  await store.transaction(async tx => {
    const put = (table: string, columns: string, rows: Iterable<Cell[]>) =>
      store.dialect.insertMany(tx, table, columns.split(' '), rows);
    await put(
      'cloud_service',
      'name name_key tenant_id client_id cloud login_url graph_url credential_kind created_at updated_at',
      [['T', 't', 't', 'c', 'public', 'https://l', 'https://g', 'client-secret', at, at]],
    );
    await put(
      'collection',
      'num id name name_key type member_count evaluated_at created_at',
      each(collections, n => {
        const name = `C${digits(n, 5)}`;
        return [
          firstNum + n,
          collectionId(n),
          name,
          name.toLowerCase(),
          'device',
          n === 0 ? members : 0,
          at,
          at,
        ];
      }),
    );
    await put(
      'target_group',
      'id cloud_service_id group_id name full_needed last_sync_at',
      each(collections, n => [n + 1, 1, `g${n}`, `G${digits(n, 5)}`, 0, at]),
    );
    await put(
      'mapping',
      'collection_num target_group_id created_at',
      each(collections, n => [firstNum + n, n + 1, at]),
    );
    const id = (n: number) => firstResourceId.device + n;
    const name = (n: number) => `PC-${digits(n, 6)}`;
    await put(
      'resource',
      'id type name name_key source document created_at updated_at',
      each(members, n => [id(n), 'device', name(n), name(n).toLowerCase(), 'import', '{}', at, at]),
    );
    const inEntra = members - absent;
    await put(
      'entra_identity',
      'cloud_service_id resource_id object_id',
      each(inEntra, n => [1, id(n), `o${n}`]),
    );
    await put(
      'membership',
      'collection_num resource_id',
      each(members, n => [firstNum, id(n)]),
    );
    await put(
      'ledger',
      'target_group_id object_id resource_id wanted state code reason hint attempts',
      each(inEntra, n =>
        n < failed
          ? [1, `o${n}`, id(n), 'in', 'failed', 'Request_BadRequest', 'It is refused.', 'Look at it.', 3]
          : [1, `o${n}`, id(n), 'in', 'done', null, null, null, 1],
      ),
    );
    await put(
      'held_plan',
      'id target_group_id created_at digest kind reason addition_count removal_count foreign_count',
      [[1, 2, at, 'd', 'full', 'Everybody would be removed.', 0, held, 0]],
    );
    await put(
      'held_change',
      'held_plan_id position change object_id name is_foreign',
      each(held, n => [1, n + 1, 'remove', `o${n}`, name(n), 0]),
    );
    await tx.updateTable('target_group').set({ held_plan_id: 1 }).where('id', '=', 2).execute();
  });
  await refreshCounts(store);
  await store.close();
}

function* each(many: number, row: (n: number) => Cell[]): Generator<Cell[]> {
  for (let n = 0; n < many; n += 1) yield row(n);
}
