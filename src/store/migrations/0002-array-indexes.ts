import { type Kysely, sql } from 'kysely';

/**
 * Array values are no longer indexed by value from the start: keepPropertyIndexes indexes those of the properties
 * that rules look into. Keeping one index of all of them took a fifth of a first import.
 */
export async function arrayIndexes(db: Kysely<unknown>): Promise<void> {
  await sql`drop index if exists resource_value_by_property_id_value_resource_id`.execute(db);
}
