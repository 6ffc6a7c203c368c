import type { Clock } from '../../base/index.ts';
import { getResource } from '../../inventory/index.ts';
import type { Queries, Store } from '../../store/index.ts';
import type { QueryRules } from '../queries.ts';
import { type CollectionRow, requireCollection } from '../reference.ts';
import { explainRules } from './rules.ts';
import { summaryOf } from './summary.ts';
import type { Decider, ExplainContext, MembershipExplanation } from './types.ts';

// A chain of limiting collections is as long as administrators nest them; a bound keeps the answer readable.
const longestChain = 10;

/** `explainMembership` with the maker of query rules as an argument. */
export async function explainMembershipWith(
  store: Store,
  queries: QueryRules,
  ref: string,
  resourceRef: string,
  clock: Clock,
): Promise<MembershipExplanation> {
  const row = await requireCollection(store.db, ref);
  const resource = await getResource(store, resourceRef, row.type);
  return explain({ store, queries, resource, now: clock.now() }, row, longestChain);
}

async function explain(
  context: ExplainContext,
  row: CollectionRow,
  chain: number,
): Promise<MembershipExplanation> {
  const { store, resource } = context;
  const rules = await explainRules(context, row);
  const limiting = row.limiting_num === null ? null : await decider(context, row.limiting_num, false, chain);
  const excluded: Decider[] = [];
  for (const num of await excludedBy(store.db, row.num))
    excluded.push(await decider(context, num, true, chain));
  const letIn = row.limiting_num === null || rules.some(rule => rule.letsIn);
  const belongs = letIn && (limiting?.member ?? true) && !excluded.some(one => one.member);
  const parts = {
    collection: { id: row.id, name: row.name },
    resource: { id: resource.id, name: resource.name },
    member: await isMember(store.db, row.num, resource.id),
    belongs,
    rules,
    limiting,
    excluded,
  };
  return { ...parts, summary: summaryOf(parts) };
}

/** @param against the membership that keeps the resource out: true for an excluded collection, false for limiting */
async function decider(
  context: ExplainContext,
  num: number,
  against: boolean,
  chain: number,
): Promise<Decider> {
  const { db } = context.store;
  const row = await db.selectFrom('collection').selectAll().where('num', '=', num).executeTakeFirstOrThrow();
  const member = await isMember(db, num, context.resource.id);
  const { id, name } = row;
  if (member !== against || chain === 0) return { id, name, member };
  return { id, name, member, why: await explain(context, row, chain - 1) };
}

/** Whether a resource is a member of a collection as last evaluated. */
async function isMember(db: Queries, num: number, resourceId: number): Promise<boolean> {
  const found = await db
    .selectFrom('membership')
    .select('resource_id')
    .where('collection_num', '=', num)
    .where('resource_id', '=', resourceId)
    .executeTakeFirst();
  return found !== undefined;
}

async function excludedBy(db: Queries, num: number): Promise<number[]> {
  const rules = await db
    .selectFrom('collection_rule')
    .select('other_num')
    .where('collection_num', '=', num)
    .where('kind', '=', 'exclude')
    .orderBy('id')
    .execute();
  return rules.flatMap(rule => (rule.other_num === null ? [] : [rule.other_num]));
}
