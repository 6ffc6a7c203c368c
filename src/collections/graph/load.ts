import { sql } from 'kysely';
import type { Queries, ResourceType } from '../../store/index.ts';
import type { QueryRules } from '../queries.ts';
import { CollectionGraph, type CollectionNode } from './graph.ts';

/**
 * Reads all collections with their rules, direct ones excepted: those can be hundreds of thousands and lead to no
 * other collection.
 */
export async function loadGraph(db: Queries, queries: QueryRules): Promise<CollectionGraph> {
  const collections = await db
    .selectFrom('collection')
    .select(['num', 'id', 'name', 'type', 'limiting_num', 'incremental', 'stale', 'member_count'])
    .select('fully_evaluated_at')
    .orderBy('num')
    .execute();
  const nodes = new Map<number, CollectionNode>();
  for (const row of collections) {
    nodes.set(row.num, {
      num: row.num,
      id: row.id,
      name: row.name,
      type: row.type,
      limiting: row.limiting_num,
      includes: [],
      excludes: [],
      queries: [],
      queried: [],
      incremental: row.incremental === 1,
      stale: row.stale,
      memberCount: row.member_count,
      fullyEvaluatedAt: row.fully_evaluated_at,
    });
  }
  const rules = await db
    .selectFrom('collection_rule')
    .select(['id', 'collection_num', 'kind', 'name', 'query', 'other_num'])
    .where(sql<boolean>`kind <> 'direct'`)
    .orderBy('id')
    .execute();
  for (const rule of rules) {
    const node = nodes.get(rule.collection_num);
    if (!node) continue;
    if (rule.kind === 'query' && rule.query !== null) {
      node.queries.push({ id: rule.id, name: rule.name, wql: rule.query });
      node.queried.push(...collectionsNamedIn(rule.query, node.type, queries));
    } else if (rule.other_num !== null) {
      (rule.kind === 'include' ? node.includes : node.excludes).push(rule.other_num);
    }
  }
  return new CollectionGraph(nodes.values());
}

/** Numbers of the collections that a query names; none where it does not compile. */
export function collectionsNamedIn(wql: string, type: ResourceType, queries: QueryRules): readonly number[] {
  // Every class that stands for a collection's members has "coll" in its name; most queries need no compiling here.
  if (!/coll/i.test(wql)) return [];
  const prepared = queries.prepare(wql, type);
  return 'failure' in prepared ? [] : prepared.readsCollections;
}
