import { sql } from 'kysely';
import { firstResourceId } from '../../inventory/index.ts';
import type { Queries, ResourceType } from '../../store/index.ts';
import type { Universe } from '../sets/idset.ts';

/** The range that covers every resource of a type, present or still a member of something. */
export async function universeOf(db: Queries, type: ResourceType): Promise<Universe> {
  const ends: number[] = [];
  for (const [table, column] of [
    ['resource', 'id'],
    ['membership', 'resource_id'],
  ] as const) {
    for (const order of ['asc', 'desc'] as const)
      ends.push(...(await outermost(db, table, column, type, order)));
  }
  if (ends.length === 0) return { base: 0, size: 0 };
  const base = Math.min(...ends);
  return { base, size: Math.max(...ends) - base + 1 };
}

/** The lowest or highest id of a type in a table, if there is one: a single step in an index. */
async function outermost(
  db: Queries,
  table: string,
  column: string,
  type: ResourceType,
  order: 'asc' | 'desc',
): Promise<number[]> {
  const compared = type === 'user' ? sql`>=` : sql`<`;
  const { rows } = await sql<{ id: number }>`
    select ${sql.ref(column)} as id from ${sql.table(table)}
    where ${sql.ref(column)} ${compared} ${firstResourceId.user}
    order by ${sql.ref(column)} ${sql.raw(order)} limit 1`.execute(db);
  return rows.map(row => row.id);
}
