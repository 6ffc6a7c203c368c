import type { Kysely } from 'kysely';

/** Devices and users that only Entra knows can become resources. */
export async function forTenants(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('cloud_service')
    .addColumn('entra_resources', 'integer', column => column.notNull().defaultTo(0))
    .execute();
  await db.schema.alterTable('entra_object').addColumn('properties', 'text').execute();
  await db.schema.alterTable('discovery_state').addColumn('settled_seq', 'integer').execute();
}
