import { sql } from 'kysely';
import type { Queries } from '../store/index.ts';
import { collectionsNamedIn } from './graph/load.ts';
import type { QueryRules } from './queries.ts';
import type { CollectionRow } from './reference.ts';
import type { Dependent } from './types.ts';

/** A use of a collection by another: by its limiting, or by one of its rules. */
export interface Use extends Dependent {
  /** Number of the collection that uses it. */
  num: number;
  /** Number of the rule; null where it is the limiting. */
  rule: number | null;
}

/** Who uses a collection, in the order of their names. */
export async function usesOf(db: Queries, row: CollectionRow, queries: QueryRules): Promise<Use[]> {
  const limited = await db
    .selectFrom('collection')
    .select(['num', 'id', 'name'])
    .where('limiting_num', '=', row.num)
    .execute();
  const ruled = await db
    .selectFrom('collection_rule as r')
    .innerJoin('collection as c', 'c.num', 'r.collection_num')
    .select(['c.num', 'c.id', 'c.name', 'r.id as rule', 'r.kind'])
    .where('r.other_num', '=', row.num)
    .execute();
  const uses: Use[] = [
    ...limited.map(({ num, id, name }) => ({ num, id, name, use: 'limiting' as const, rule: null })),
    ...ruled.map(({ num, id, name, rule, kind }) => ({
      num,
      id,
      name,
      rule,
      use: kind === 'exclude' ? ('exclude' as const) : ('include' as const),
    })),
    ...(await queriesNaming(db, row, queries)),
  ];
  return uses.sort((a, b) => a.name.localeCompare(b.name));
}

async function queriesNaming(db: Queries, row: CollectionRow, queries: QueryRules): Promise<Use[]> {
  const rules = await db
    .selectFrom('collection_rule as r')
    .innerJoin('collection as c', 'c.num', 'r.collection_num')
    .select(['c.num', 'c.id', 'c.name', 'c.type', 'r.id as rule', 'r.query'])
    .where(sql<boolean>`r.kind <> 'direct'`)
    .where(sql<string>`lower(r.query)`, 'like', `%${row.id.toLowerCase()}%`)
    .execute();
  return rules
    .filter(
      rule => rule.query !== null && collectionsNamedIn(rule.query, rule.type, queries).includes(row.num),
    )
    .map(({ num, id, name, rule }) => ({ num, id, name, rule, use: 'query' as const }));
}
