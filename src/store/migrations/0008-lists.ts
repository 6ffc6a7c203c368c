import { type Kysely, sql } from 'kysely';
import { fold } from '../../base/index.ts';

/**
 * What long lists are sorted by: each order that resources are listed in has an index. A first import adds its rows at
 * the end of these, where that is cheap. Ids that may be lacking have theirs since 0001; here come those that lack them.
 * And names of groups, folded.
 */
export async function forLists(db: Kysely<unknown>): Promise<void> {
  await sql`create index resource_by_source on resource (type, source)`.execute(db);
  await sql`create index resource_by_updated_at on resource (type, updated_at)`.execute(db);
  for (const column of ['external_id', 'entra_device_id']) {
    await sql`create index ${sql.ref(`resource_without_${column}`)} on resource (type, id)
      where ${sql.ref(column)} is null`.execute(db);
  }
  // Nearly every device lacks them: those are walked by their ids.
  for (const column of ['entra_user_id', 'upn_key', 'on_premises_sid']) {
    await sql`create index ${sql.ref(`resource_without_${column}`)} on resource (type, id)
      where ${sql.ref(column)} is null and type = 'user'`.execute(db);
  }
  await sql`create index audit_by_outcome on audit (outcome, id)`.execute(db);
  await foldGroupNames(db);
}

async function foldGroupNames(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('target_group')
    .addColumn('name_key', 'text', column => column.notNull().defaultTo(''))
    .execute();
  const { rows } = await sql<{ id: number; name: string }>`select id, name from target_group`.execute(db);
  for (const { id, name } of rows) {
    await sql`update target_group set name_key = ${fold(name)} where id = ${id}`.execute(db);
  }
  await sql`create index target_group_by_name_key on target_group (name_key)`.execute(db);
}
