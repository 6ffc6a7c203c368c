import { sql } from 'kysely';
import { firstResourceId } from '../../inventory/index.ts';
import type { Queries, ResourceType } from '../../store/index.ts';
import type { Universe } from '../sets/idset.ts';

/** The range that covers every resource of a type, present or still a member of something. */
export async function universeOf(db: Queries, type: ResourceType): Promise<Universe> {
  const present = await sql<Range>`
    select min(id) as low, max(id) as high from resource
    where ${inRange('id', type)}`.execute(db);
  const members = await sql<Range>`
    select min(resource_id) as low, max(resource_id) as high from membership
    where ${inRange('resource_id', type)}`.execute(db);
  const lows = [...present.rows, ...members.rows].flatMap(row => (row.low === null ? [] : [row.low]));
  const highs = [...present.rows, ...members.rows].flatMap(row => (row.high === null ? [] : [row.high]));
  if (lows.length === 0) return { base: 0, size: 0 };
  const base = Math.min(...lows);
  return { base, size: Math.max(...highs) - base + 1 };
}

interface Range {
  low: number | null;
  high: number | null;
}

function inRange(column: string, type: ResourceType) {
  return type === 'user'
    ? sql`${sql.ref(column)} >= ${sql.lit(firstResourceId.user)}`
    : sql`${sql.ref(column)} < ${sql.lit(firstResourceId.user)}`;
}
