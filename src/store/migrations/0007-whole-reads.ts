import type { Kysely } from 'kysely';

/** After how many days a group that is followed is read whole again is a setting of the tenant. */
export async function wholeReads(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('cloud_service')
    .addColumn('whole_read_days', 'integer', column => column.notNull().defaultTo(7))
    .execute();
}
