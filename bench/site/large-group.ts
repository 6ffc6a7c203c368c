import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { engineCacheMiB } from '../../src/schedule/index.ts';
import { openSqlite, type Store } from '../../src/store/index.ts';
import { objectId } from './object-id.ts';

/**
 * Puts straight into a store: a tenant, a collection `Large` of `size` devices that all are in Entra, and its mapping
 * to a group.
 * @param at the instant that all of it was made, ISO 8601
 */
export async function fillLargeGroup(store: Store, group: string, size: number, at: string): Promise<void> {
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
      each(n => [1, objectId(n), 'device', 1]),
    );
    await put(
      'entra_identity',
      ['cloud_service_id', 'resource_id', 'object_id'],
      each(n => [1, n + 1, objectId(n)]),
    );
    await put(
      'membership',
      ['collection_num', 'resource_id'],
      each(n => [100, n + 1]),
    );
  });
}

/**
 * Makes such a store in a folder and opens it as the engine does. It is filled in a process of its own, so that the memory that is measured
 * in this one is not that of filling.
 */
export async function openLargeGroup(folder: string, group: string, size: number): Promise<Store> {
  const file = join(folder, 'store.db');
  const fill = join(import.meta.dirname, 'fill-large-group.ts');
  execFileSync(process.execPath, [...process.execArgv, fill, file, group, String(size)]);
  return openSqlite(file, { cacheMiB: engineCacheMiB });
}
