import { sql, type Transaction } from 'kysely';
import type { WorkContext } from '../../base/index.ts';
import type { Database, Dialect, SqlValue, Store } from '../../store/index.ts';
import { chunks } from '../chunks.ts';
import { classTable } from '../classes/class-table.ts';
import { typeOfId } from './resource-ids.ts';

const deletedAtOnce = 1_000;

/**
 * Deletes resources with all that the inventory knows of them; unknown ids are passed over. Collections learn of it
 * from the change feed. Works in short transactions: stopped in the middle, a part is deleted and the rest untouched.
 * @returns how many were there
 */
export async function deleteResources(
  store: Store,
  ids: Iterable<number>,
  work: WorkContext,
): Promise<number> {
  let deleted = 0;
  for (const list of chunks(ids, deletedAtOnce)) {
    work.signal.throwIfAborted();
    const at = work.clock.now().toISOString();
    deleted += await store.transaction(tx => forgetResources(tx, store.dialect, list, at));
    work.report({ phase: 'Deleting resources', done: deleted, unit: 'resources' });
  }
  return deleted;
}

/**
 * Deletes resources within a transaction: their row, class rows, values and identities; feeds tell of it.
 * @returns how many were there
 */
export async function forgetResources(
  tx: Transaction<Database>,
  dialect: Dialect,
  ids: readonly number[],
  at: string,
): Promise<number> {
  if (ids.length === 0) return 0;
  const classes = await tx.selectFrom('inventory_class').select(['id', 'resource_type']).execute();
  let deleted = 0;
  for (const list of chunks(ids)) {
    const there = await tx.selectFrom('resource').select(['id', 'type']).where('id', 'in', list).execute();
    deleted += there.length;
    const feed: SqlValue[][] = there.map(row => [row.id, row.type, '*', at]);
    await dialect.insertMany(tx, 'resource_change', ['resource_id', 'resource_type', 'touched', 'at'], feed);
    await loseIdentities(tx, list, at);
    const types = new Set(list.map(typeOfId));
    for (const one of classes)
      if (types.has(one.resource_type)) await deleteRows(tx, classTable(one.id), list);
    await tx.deleteFrom('resource_value').where('resource_id', 'in', list).execute();
    await tx.deleteFrom('resource').where('id', 'in', list).execute();
  }
  return deleted;
}

async function loseIdentities(tx: Transaction<Database>, list: number[], at: string): Promise<void> {
  await tx
    .insertInto('identity_change')
    .columns(['cloud_service_id', 'resource_id', 'old_object_id', 'at'])
    .expression(
      tx
        .selectFrom('entra_identity')
        .select(['cloud_service_id', 'resource_id', 'object_id', sql<string>`${at}`.as('at')])
        .where('resource_id', 'in', list),
    )
    .execute();
  await tx.deleteFrom('entra_identity').where('resource_id', 'in', list).execute();
}

/** Deletes the rows and array values that resources have in one class. */
export async function deleteClassRows(
  tx: Transaction<Database>,
  classId: number,
  resourceIds: Iterable<number>,
): Promise<void> {
  const arrays = await tx
    .selectFrom('inventory_property')
    .select('id')
    .where('class_id', '=', classId)
    .where('is_array', '=', 1)
    .execute();
  const arrayIds = arrays.map(row => row.id);
  for (const list of chunks(resourceIds)) {
    await deleteRows(tx, classTable(classId), list);
    if (arrayIds.length === 0) continue;
    await tx
      .deleteFrom('resource_value')
      .where('property_id', 'in', arrayIds)
      .where('resource_id', 'in', list)
      .execute();
  }
}

async function deleteRows(tx: Transaction<Database>, table: string, list: number[]): Promise<void> {
  await sql`delete from ${sql.table(table)} where resource_id in (${sql.join(list)})`.execute(tx);
}
