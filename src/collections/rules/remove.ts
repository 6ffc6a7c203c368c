import { fold, Problem } from '../../base/index.ts';
import type { Queries, RuleKind, Store } from '../../store/index.ts';
import { type CollectionRow, requireCollection, requireOwn } from '../reference.ts';
import { outdate } from './add.ts';

/** A rule that was taken away. */
export interface RemovedRule {
  id: number;
  kind: RuleKind;
  name: string;
}

/**
 * Takes a rule out of a collection.
 * @param ruleRef number of the rule, or its name: a direct rule bears its resource's name
 * @throws Problem rule-not-found, rule-ambiguous
 */
export async function removeRule(store: Store, ref: string, ruleRef: string): Promise<RemovedRule> {
  return store.transaction(async tx => {
    const row = await requireCollection(tx, ref);
    requireOwn(row);
    const rule = await requireRule(tx, row, ruleRef);
    await tx.deleteFrom('collection_rule').where('id', '=', rule.id).execute();
    await outdate(tx, row.num);
    return rule;
  });
}

/**
 * A rule of a collection by its number or name.
 * @throws Problem rule-not-found, rule-ambiguous
 */
export async function requireRule(tx: Queries, row: CollectionRow, ref: string): Promise<RemovedRule> {
  const rules = await rulesNamed(tx, row, ref.trim());
  const [rule, second] = rules;
  if (!rule) {
    throw new Problem(
      'not-found',
      'rule-not-found',
      `${row.name} (${row.id}) has no rule "${ref}".`,
      '`collection show` lists its rules with their numbers and names.',
    );
  }
  if (second) {
    throw new Problem(
      'conflict',
      'rule-ambiguous',
      `${row.name} (${row.id}) has several rules named "${ref}": ${rules.map(one => `${one.id} (${one.kind})`).join(', ')}.`,
      'Give the number of the rule instead.',
    );
  }
  return rule;
}

async function rulesNamed(tx: Queries, row: CollectionRow, ref: string): Promise<RemovedRule[]> {
  const all = tx
    .selectFrom('collection_rule as r')
    .leftJoin('resource', 'resource.id', 'r.resource_id')
    .select(({ fn, ref: column }) => [
      'r.id',
      'r.kind',
      fn.coalesce(column('resource.name'), column('r.name')).as('name'),
    ])
    .where('r.collection_num', '=', row.num);
  if (/^\d+$/.test(ref)) {
    const numbered = await all.where('r.id', '=', Number(ref)).execute();
    if (numbered.length > 0) return numbered;
  }
  const key = fold(ref);
  // A direct rule bears the name that its resource has now.
  return all
    .where(({ eb, fn, ref: column }) =>
      eb(fn.coalesce(column('resource.name_key'), column('r.name_key')), '=', key),
    )
    .orderBy('r.id')
    .limit(10)
    .execute();
}
