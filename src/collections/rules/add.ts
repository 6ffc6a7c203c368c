import { sql } from 'kysely';
import { fold, Problem } from '../../base/index.ts';
import type { Queries, Store } from '../../store/index.ts';
import { requireType } from '../checks.ts';
import { refuseCycle } from '../graph/cycle.ts';
import { memberOf } from '../members.ts';
import type { QueryRules } from '../queries.ts';
import { type CollectionRow, requireCollection, requireOwn } from '../reference.ts';
import type { NewRule } from '../types.ts';
import { insertDirectRules, resourcesNamed } from './direct.ts';
import { requireQuery } from './query.ts';

/** What adding a rule did. */
export interface AddedRule {
  collectionId: string;
  /** How many rules were added: one, or for direct rules as many as resources had none yet. */
  added: number;
  /** Number of the rule; null for direct rules, of which many can be added at once. */
  ruleId: number | null;
}

/** `addRule` of other than direct rules, with the maker of query rules as an argument. */
export async function addRuleWith(
  store: Store,
  queries: QueryRules,
  ref: string,
  rule: Exclude<NewRule, { kind: 'direct' }>,
  among?: readonly number[],
): Promise<AddedRule> {
  return store.transaction(async tx => {
    const row = await requireCollection(tx, ref);
    requireOwn(row);
    const ruleId =
      rule.kind === 'query'
        ? await insertQuery(tx, row, rule, queries, among)
        : await insertOther(tx, row, rule.kind, rule.collection, rule.name, queries);
    await outdate(tx, row.num);
    return { collectionId: row.id, added: 1, ruleId };
  });
}

/** Adds direct rules for resources by their names; all of them or, where a name is unknown or ambiguous, none. */
export async function addDirectRules(
  store: Store,
  ref: string,
  names: readonly string[],
  among?: readonly number[],
): Promise<AddedRule> {
  const before = await requireCollection(store.db, ref);
  requireOwn(before);
  const ids = await resourcesNamed(store, before, names, among && memberOf(store, among));
  return store.transaction(async tx => {
    const row = await requireCollection(tx, before.id);
    const added = await insertDirectRules(tx, row, ids);
    if (added > 0) await outdate(tx, row.num);
    return { collectionId: row.id, added, ruleId: null };
  });
}

async function insertOther(
  tx: Queries,
  row: CollectionRow,
  kind: 'include' | 'exclude',
  ref: string,
  given: string | undefined,
  queries: QueryRules,
): Promise<number> {
  const other = await requireCollection(tx, ref);
  requireType(other, row.type, kind === 'include' ? 'made to include' : 'made to exclude');
  const same = await tx
    .selectFrom('collection_rule')
    .select('id')
    .where('collection_num', '=', row.num)
    .where('kind', '=', kind)
    .where('other_num', '=', other.num)
    .executeTakeFirst();
  if (same) {
    throw new Problem(
      'conflict',
      'rule-exists',
      `${row.name} (${row.id}) already has a rule to ${kind} ${other.name} (${other.id}).`,
      'There is nothing to do.',
    );
  }
  await refuseCycle(tx, row, [other], queries);
  return insertRule(tx, row, { kind, name: given?.trim() || other.name, other_num: other.num });
}

async function insertQuery(
  tx: Queries,
  row: CollectionRow,
  { wql, name: given }: { wql: string; name?: string | undefined },
  queries: QueryRules,
  among: readonly number[] | undefined,
): Promise<number> {
  const query = requireQuery(queries, wql, row.type, 'rule', among);
  await refuseCycle(
    tx,
    row,
    query.readsCollections.map(num => ({ num })),
    queries,
  );
  return insertRule(tx, row, { kind: 'query', name: given?.trim() || (await freeName(tx, row)), query: wql });
}

async function freeName(tx: Queries, row: CollectionRow): Promise<string> {
  const { count } = await tx
    .selectFrom('collection_rule')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('collection_num', '=', row.num)
    .where('kind', '=', 'query')
    .executeTakeFirstOrThrow();
  return `Query ${Number(count) + 1}`;
}

interface RuleParts {
  kind: 'query' | 'include' | 'exclude';
  name: string;
  query?: string;
  other_num?: number;
}

async function insertRule(tx: Queries, row: CollectionRow, parts: RuleParts): Promise<number> {
  await requireFreeRuleName(tx, row, parts.kind, parts.name);
  const { id } = await tx
    .insertInto('collection_rule')
    .values({ collection_num: row.num, name_key: fold(parts.name), ...parts })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** @throws Problem rule-name-taken where a rule of the same kind bears the name */
export async function requireFreeRuleName(
  tx: Queries,
  row: CollectionRow,
  kind: RuleParts['kind'],
  name: string,
): Promise<void> {
  const taken = await tx
    .selectFrom('collection_rule')
    .select('id')
    .where('collection_num', '=', row.num)
    .where('kind', '=', kind)
    .where('name_key', '=', fold(name))
    .executeTakeFirst();
  if (!taken) return;
  throw new Problem(
    'conflict',
    'rule-name-taken',
    `${row.name} (${row.id}) already has a ${kind} rule named "${name}".`,
    'Give the rule another name with --rule-name.',
  );
}

/** Notes that a collection's rules have changed since it was evaluated. */
export async function outdate(tx: Queries, num: number): Promise<void> {
  await tx.updateTable('collection').set({ stale: sql<number>`stale + 1` }).where('num', '=', num).execute();
}
