import { sql } from 'kysely';
import { asSql } from '../evaluation/run-query.ts';
import type { PreparedQuery } from '../queries.ts';
import type { CollectionRow } from '../reference.ts';
import type { ConditionExplanation, ExplainContext, RuleExplanation } from './types.ts';
import { valuesFound } from './values.ts';

/** What the rules that could let a resource in say; of direct rules only the one that names it. */
export async function explainRules(context: ExplainContext, row: CollectionRow): Promise<RuleExplanation[]> {
  const { store, resource } = context;
  const rules = await store.db
    .selectFrom('collection_rule as r')
    .leftJoin('membership as m', join =>
      join.onRef('m.collection_num', '=', 'r.other_num').on('m.resource_id', '=', resource.id),
    )
    .leftJoin('collection as other', 'other.num', 'r.other_num')
    .select(['r.id', 'r.kind', 'r.name', 'r.query', 'm.resource_id as member', 'other.id as otherId'])
    .where('r.collection_num', '=', row.num)
    .where(({ eb, or }) => or([eb('r.kind', '<>', 'direct'), eb('r.resource_id', '=', resource.id)]))
    .orderBy('r.id')
    .execute();
  const explained: RuleExplanation[] = [];
  for (const { id, kind, name, query, member, otherId } of rules) {
    if (kind === 'direct') explained.push({ id, kind, name: resource.name, letsIn: true });
    if (kind === 'include') {
      explained.push({ id, kind, name, collectionId: otherId ?? '', letsIn: member !== null });
    }
    if (kind === 'query')
      explained.push({ id, kind, name, ...(await explainQuery(context, row, query ?? '')) });
  }
  return explained;
}

async function explainQuery(
  context: ExplainContext,
  row: CollectionRow,
  wql: string,
): Promise<Pick<RuleExplanation, 'letsIn' | 'conditions' | 'error'>> {
  const prepared = context.queries.prepare(wql, row.type);
  if ('failure' in prepared) return { letsIn: false, error: prepared.failure };
  const { db } = context.store;
  const found = asSql(prepared.compile(context.now));
  const only = sql`select resource_id from (${found}) as answer where resource_id = ${context.resource.id}`;
  const { rows } = await sql`${only}`.execute(db);
  return { letsIn: rows.length > 0, conditions: await explainConditions(context, prepared) };
}

async function explainConditions(
  { store, resource, now }: ExplainContext,
  query: PreparedQuery,
): Promise<ConditionExplanation[]> {
  const explained: ConditionExplanation[] = [];
  for (const condition of query.conditions()) {
    const asked = asSql(condition.compile({ now, resourceId: resource.id }));
    const { rows } = await sql<{ met: number | null }>`${asked}`.execute(store.db);
    const { text, line, column, properties } = condition;
    explained.push({ text, line, column, met: rows[0]?.met === 1, found: valuesFound(resource, properties) });
  }
  return explained;
}
