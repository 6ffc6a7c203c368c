import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import type { MigrationDialect } from './dialect.ts';

/** Readings of groups: who was in a group when it was read, and where Entra goes on telling what changed since. */
export async function groupReadings(db: Kysely<unknown>, dialect: MigrationDialect): Promise<void> {
  const required = (column: ColumnDefinitionBuilder) => column.notNull();
  const flag = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo(0);
  await dialect
    .numbered(db.schema.createTable('group_reading'), 'id')
    .addColumn('target_group_id', 'integer', c =>
      c.notNull().references('target_group.id').onDelete('cascade'),
    )
    .addColumn('began_at', 'text', required)
    .addColumn('pages', 'integer', flag)
    .addColumn('kept', 'integer', flag)
    .addColumn('link', 'text')
    .addColumn('link_at', 'text')
    .addColumn('paired', 'integer', flag)
    .execute();
  await db.schema
    .createIndex('group_reading_by_target_group_id')
    .on('group_reading')
    .column('target_group_id')
    .execute();
  await dialect
    .clustered(
      db.schema
        .createTable('group_reading_member')
        .addColumn('reading_id', 'integer', c =>
          c.notNull().references('group_reading.id').onDelete('cascade'),
        )
        .addColumn('object_id', 'text', required)
        .addColumn('name', 'text')
        .addPrimaryKeyConstraint('group_reading_member_key', ['reading_id', 'object_id']),
    )
    .execute();
}
