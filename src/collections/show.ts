import { sql } from 'kysely';
import type { Queries, RuleKind, Store } from '../store/index.ts';
import type { QueryRules } from './queries.ts';
import { type CollectionRow, requireCollection } from './reference.ts';
import { summaryByNum } from './summary.ts';
import type { CollectionDetail, CollectionRule } from './types.ts';
import { usesOf } from './uses.ts';

/** How many direct rules are shown. */
const directRulesShown = 10_000;

/** `getCollection` with the maker of query rules as an argument. */
export async function getCollectionWith(
  store: Store,
  queries: QueryRules,
  ref: string,
): Promise<CollectionDetail> {
  const row = await requireCollection(store.db, ref);
  const uses = await usesOf(store.db, row, queries);
  return {
    ...(await summaryByNum(store.db, row.num)),
    rules: [...(await otherRules(store.db, row)), ...(await directRules(store.db, row))],
    ruleCounts: await countRules(store.db, row),
    dependents: uses.map(({ id, name, use }) => ({ id, name, use })),
  };
}

async function otherRules(db: Queries, row: CollectionRow): Promise<CollectionRule[]> {
  const rules = await db
    .selectFrom('collection_rule as r')
    .leftJoin('collection as other', 'other.num', 'r.other_num')
    .select(['r.id', 'r.kind', 'r.name', 'r.query', 'other.id as other_id', 'other.name as other_name'])
    .where('r.collection_num', '=', row.num)
    .where(sql<boolean>`r.kind <> 'direct'`)
    .orderBy('r.id')
    .execute();
  return rules.map(rule => ({
    id: rule.id,
    kind: rule.kind,
    name: rule.name,
    ...(rule.query === null ? {} : { query: rule.query }),
    ...(rule.other_id === null ? {} : { collectionId: rule.other_id }),
    ...(rule.other_name === null ? {} : { collectionName: rule.other_name }),
  }));
}

async function directRules(db: Queries, row: CollectionRow): Promise<CollectionRule[]> {
  // Joined to the resources: a rule whose resource has been deleted since the last evaluation is none.
  const rules = await db
    .selectFrom('collection_rule as r')
    .innerJoin('resource', 'resource.id', 'r.resource_id')
    .select(['r.id', 'resource.name', 'resource.id as resourceId'])
    .where('r.collection_num', '=', row.num)
    .where('r.kind', '=', 'direct')
    .orderBy('r.id')
    .limit(directRulesShown)
    .execute();
  return rules.map(rule => ({ ...rule, kind: 'direct' }));
}

async function countRules(db: Queries, row: CollectionRow): Promise<Record<RuleKind, number>> {
  const counts: Record<RuleKind, number> = { direct: 0, query: 0, include: 0, exclude: 0 };
  const rows = await db
    .selectFrom('collection_rule as r')
    .leftJoin('resource', 'resource.id', 'r.resource_id')
    .select(({ fn }) => ['r.kind', fn.countAll<number>().as('count')])
    .where('r.collection_num', '=', row.num)
    .where(({ eb, or }) => or([eb('r.kind', '<>', 'direct'), eb('resource.id', 'is not', null)]))
    .groupBy('r.kind')
    .execute();
  for (const { kind, count } of rows) counts[kind] = Number(count);
  return counts;
}
