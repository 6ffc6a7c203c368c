import { sql } from 'kysely';
import { Problem } from '../../base/index.ts';
import type { Queries } from '../../store/index.ts';
import type { QueryRules } from '../queries.ts';
import type { CollectionRow } from '../reference.ts';
import { collectionsNamedIn } from './load.ts';

/**
 * Refuses that a collection depends on another which, directly or by others, depends on it.
 * @throws Problem collection-cycle with the path of the cycle, quoted names with arrows between
 */
export async function refuseCycle(
  db: Queries,
  row: Pick<CollectionRow, 'num'>,
  on: readonly Pick<CollectionRow, 'num'>[],
  queries: QueryRules,
): Promise<void> {
  for (const other of on) {
    const path = await dependencyPath(db, other.num, row.num, queries);
    if (!path) continue;
    const names = await namesOf(db, [row.num, ...path]);
    throw new Problem(
      'conflict',
      'collection-cycle',
      `The collections would depend on each other in a circle: ${names.join(' → ')}.`,
      'Take one of these dependencies away, or choose another collection.',
    );
  }
}

/**
 * A shortest way from a collection to another along what each depends on, both ends included; null when there is
 * none. Only what the first depends on is read, a level at a time.
 */
async function dependencyPath(
  db: Queries,
  from: number,
  to: number,
  queries: QueryRules,
): Promise<number[] | null> {
  const cameFrom = new Map<number, number | null>([[from, null]]);
  let level = [from];
  while (level.length > 0 && !cameFrom.has(to)) {
    const next: number[] = [];
    for (const [num, dependsOn] of await dependenciesAmong(db, level, queries)) {
      if (cameFrom.has(dependsOn)) continue;
      cameFrom.set(dependsOn, num);
      next.push(dependsOn);
    }
    level = next;
  }
  if (!cameFrom.has(to)) return null;
  const path: number[] = [];
  for (let at: number | null = to; at !== null; at = cameFrom.get(at) ?? null) path.unshift(at);
  return path;
}

async function dependenciesAmong(
  db: Queries,
  nums: readonly number[],
  queries: QueryRules,
): Promise<[number, number][]> {
  const limiting = await db
    .selectFrom('collection')
    .select(['num', 'limiting_num'])
    .where('num', 'in', nums)
    .execute();
  const rules = await db
    .selectFrom('collection_rule')
    .innerJoin('collection', 'collection.num', 'collection_rule.collection_num')
    .select(['collection_num', 'other_num', 'query', 'collection.type'])
    .where('collection_num', 'in', nums)
    .where(sql<boolean>`kind <> 'direct'`)
    .execute();
  const pairs: [number, number][] = [];
  for (const row of limiting) if (row.limiting_num !== null) pairs.push([row.num, row.limiting_num]);
  for (const rule of rules) {
    if (rule.other_num !== null) pairs.push([rule.collection_num, rule.other_num]);
    if (rule.query === null) continue;
    for (const num of collectionsNamedIn(rule.query, rule.type, queries))
      pairs.push([rule.collection_num, num]);
  }
  return pairs;
}

async function namesOf(db: Queries, nums: readonly number[]): Promise<string[]> {
  const rows = await db.selectFrom('collection').select(['num', 'name']).where('num', 'in', nums).execute();
  const names = new Map(rows.map(({ num, name }) => [num, `"${name}"`]));
  return nums.map(num => names.get(num) ?? String(num));
}
