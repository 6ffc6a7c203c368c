import { type Kysely, sql } from 'kysely';
import type { MigrationDialect } from './dialect.ts';

/**
 * What a run did to each member, so that it can be shown and undone; what became of a held plan; pausing a mapping.
 */
export async function decisionsAndUndo(db: Kysely<unknown>, dialect: MigrationDialect): Promise<void> {
  const addColumn = (table: string, name: string, type: 'text' | 'integer') =>
    db.schema.alterTable(table).addColumn(name, type).execute();
  const addFlag = (table: string, name: string) =>
    db.schema
      .alterTable(table)
      .addColumn(name, 'integer', column => column.notNull().defaultTo(0))
      .execute();

  await addFlag('mapping', 'paused');
  await addColumn('target_group', 'undo_run_id', 'integer');
  await addColumn('sync_run', 'undoes_run_id', 'integer');
  await addFlag('sync_run', 'changes_kept');
  await dialect
    .clustered(
      db.schema
        .createTable('run_change')
        .addColumn('run_id', 'integer', column =>
          column.notNull().references('sync_run.id').onDelete('cascade'),
        )
        .addColumn('object_id', 'text', column => column.notNull())
        .addColumn('resource_id', 'integer')
        .addColumn('change', 'text', column => column.notNull())
        .addColumn('is_foreign', 'integer', column => column.notNull().defaultTo(0))
        .addColumn('outcome', 'text')
        .addColumn('code', 'text')
        .addColumn('reason', 'text')
        .addPrimaryKeyConstraint('run_change_key', ['run_id', 'object_id']),
    )
    .execute();

  await addColumn('held_plan', 'run_id', 'integer');
  await addColumn('held_plan', 'refused_plan_id', 'integer');
  await addColumn('held_plan', 'refused_at', 'text');
  await addColumn('held_plan', 'refused_by', 'text');
  await addColumn('held_plan', 'refused_reason', 'text');
  for (const count of ['addition_count', 'removal_count', 'foreign_count']) await addFlag('held_plan', count);
  await dialect
    .clustered(
      db.schema
        .createTable('held_change')
        .addColumn('held_plan_id', 'integer', column =>
          column.notNull().references('held_plan.id').onDelete('cascade'),
        )
        .addColumn('position', 'integer', column => column.notNull())
        .addColumn('change', 'text', column => column.notNull())
        .addColumn('object_id', 'text', column => column.notNull())
        .addColumn('name', 'text', column => column.notNull())
        .addColumn('is_foreign', 'integer', column => column.notNull())
        .addPrimaryKeyConstraint('held_change_key', ['held_plan_id', 'position']),
    )
    .execute();
  await moveHeldChanges(db);
  await db.schema.alterTable('held_plan').dropColumn('additions').execute();
  await db.schema.alterTable('held_plan').dropColumn('removals').execute();
}

interface Held {
  name: string;
  objectId: string;
  foreign?: boolean;
}

/** The changes of held plans stood in the plan itself, as JSON, which could not be shown by pages. */
async function moveHeldChanges(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ id: number; additions: string; removals: string }>`
    select id, additions, removals from held_plan`.execute(db);
  for (const row of rows) {
    const removals: Held[] = JSON.parse(row.removals);
    const additions: Held[] = JSON.parse(row.additions);
    let position = 0;
    for (const [change, list] of [
      ['remove', removals],
      ['add', additions],
    ] as const) {
      for (const { name, objectId, foreign } of list) {
        position += 1;
        await sql`insert into held_change (held_plan_id, position, change, object_id, name, is_foreign)
          values (${row.id}, ${position}, ${change}, ${objectId}, ${name}, ${foreign ? 1 : 0})`.execute(db);
      }
    }
    const foreign = removals.filter(one => one.foreign).length;
    await sql`update held_plan set addition_count = ${additions.length}, removal_count = ${removals.length},
      foreign_count = ${foreign} where id = ${row.id}`.execute(db);
  }
}
