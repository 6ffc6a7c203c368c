import { fold, Problem } from '../../base/index.ts';
import type { Store } from '../../store/index.ts';
import { refuseCycle } from '../graph/cycle.ts';
import type { QueryRules } from '../queries.ts';
import { requireCollection, requireOwn } from '../reference.ts';
import { outdate, requireFreeRuleName } from './add.ts';
import { requireQuery } from './query.ts';
import { requireRule } from './remove.ts';

/** What of a query rule is to be another; the rest stays. */
export interface QueryRuleChange {
  name?: string | undefined;
  wql?: string | undefined;
}

/** `changeQueryRule` with the maker of query rules as an argument. */
export async function changeQueryRuleWith(
  store: Store,
  queries: QueryRules,
  ref: string,
  ruleRef: string,
  change: QueryRuleChange,
  among?: readonly number[],
): Promise<number> {
  return store.transaction(async tx => {
    const row = await requireCollection(tx, ref);
    requireOwn(row);
    const rule = await requireRule(tx, row, ruleRef);
    if (rule.kind !== 'query') throw notAQuery(rule.name);
    const name = change.name?.trim();
    if (name && fold(name) !== fold(rule.name)) await requireFreeRuleName(tx, row, 'query', name);
    if (change.wql !== undefined) {
      const { readsCollections } = requireQuery(queries, change.wql, row.type, 'rule', among);
      await refuseCycle(
        tx,
        row,
        readsCollections.map(num => ({ num })),
        queries,
      );
      await outdate(tx, row.num);
    }
    const set = {
      ...(name ? { name, name_key: fold(name) } : {}),
      ...(change.wql === undefined ? {} : { query: change.wql }),
    };
    if (Object.keys(set).length > 0) {
      await tx.updateTable('collection_rule').set(set).where('id', '=', rule.id).execute();
    }
    return rule.id;
  });
}

function notAQuery(name: string): Problem {
  return new Problem(
    'invalid',
    'rule-not-a-query',
    `The rule "${name}" is not a query rule.`,
    'Remove it and add another instead.',
  );
}
