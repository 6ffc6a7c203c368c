import { sql } from 'kysely';
import type { Queries, RuleKind, Store } from '../../store/index.ts';
import { asSql } from '../evaluation/run-query.ts';
import type { QueryRules } from '../queries.ts';

/** A rule that lets a resource into a collection. */
export interface AdmittingRule {
  collection: string;
  kind: Exclude<RuleKind, 'exclude'>;
  name: string;
}

interface Rule {
  kind: 'direct' | 'query' | 'include';
  name: string;
  query: string | null;
  otherNum: number | null;
}

/**
 * Which rules let members into their collections: of many resources at once, a statement for each rule.
 * @param nums the collections; of each, only resources that are members of it count
 * @returns resource → the rules that let it in; a resource that a built-in collection holds has none
 */
export async function admittingRulesWith(
  store: Store,
  queries: QueryRules,
  nums: readonly number[],
  resourceIds: readonly number[],
  now: Date,
): Promise<Map<number, AdmittingRule[]>> {
  const found = new Map<number, AdmittingRule[]>();
  if (resourceIds.length === 0) return found;
  const ids = store.dialect.among(resourceIds);
  for (const num of nums) {
    const { name: collection, type } = await store.db
      .selectFrom('collection')
      .select(['name', 'type'])
      .where('num', '=', num)
      .executeTakeFirstOrThrow();
    for (const rule of await rulesOf(store.db, num)) {
      const prepared = rule.kind === 'query' ? queries.prepare(rule.query ?? '', type) : undefined;
      // A rule that can not run lets nobody in.
      if (prepared && 'failure' in prepared) continue;
      const answer = prepared ? asSql(prepared.compile(now)) : membersBy(num, rule);
      const { rows } = await sql<{ resource_id: number }>`
        select ms.resource_id from membership ms
        where ms.collection_num = ${num} and ms.resource_id in ${ids}
          and ms.resource_id in (select resource_id from (${answer}) as answer)`.execute(store.db);
      for (const { resource_id } of rows) {
        const list = found.get(resource_id) ?? [];
        list.push({ collection, kind: rule.kind, name: rule.name });
        found.set(resource_id, list);
      }
    }
  }
  return found;
}

async function rulesOf(db: Queries, num: number): Promise<Rule[]> {
  const rules = await db
    .selectFrom('collection_rule')
    .select(['kind', 'name', 'query', 'other_num as otherNum'])
    .where('collection_num', '=', num)
    .where('kind', 'in', ['query', 'include'])
    .orderBy('id')
    .execute();
  const others = rules.map(rule => ({
    ...rule,
    kind: rule.kind === 'query' ? ('query' as const) : ('include' as const),
  }));
  return [{ kind: 'direct', name: '', query: null, otherNum: null }, ...others];
}

/** Direct rules, of which a collection may have one for each member, are asked together. */
function membersBy(num: number, { kind, otherNum }: Rule) {
  return kind === 'direct'
    ? sql`select resource_id from collection_rule where collection_num = ${num} and kind = 'direct'`
    : sql`select resource_id from membership where collection_num = ${otherNum}`;
}
