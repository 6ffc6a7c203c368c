import { Problem } from '../../base/index.ts';
import type { ResourceType } from '../../store/index.ts';
import type { PreparedQuery, QueryRules } from '../queries.ts';

/**
 * A query made ready to find resources of a type.
 * @param purpose 'rule': it must be fit to be saved as a rule; 'query': it need only be sound
 * @param among numbers of the collections that it may name; left out: all
 * @throws Problem query-invalid, query-type-differs, query-reads-any-collection
 */
export function requireQuery(
  queries: QueryRules,
  wql: string,
  type: ResourceType,
  purpose: 'rule' | 'query' = 'rule',
  among?: readonly number[],
): PreparedQuery {
  const query = queries.prepare(wql, type, purpose, among);
  if ('failure' in query) throw new Problem('invalid', 'query-invalid', query.failure, query.hint);
  if (query.resourceType !== type) {
    throw new Problem(
      'invalid',
      'query-type-differs',
      `The query finds ${query.resourceType}s, and ${type}s are wanted.`,
      type === 'device' ? 'Select from SMS_R_System.' : 'Select from SMS_R_User.',
    );
  }
  if (query.readsAnyCollection) {
    throw new Problem(
      'invalid',
      'query-reads-any-collection',
      'The query asks for the members of collections without naming them, so it would depend on its own result.',
      "Compare CollectionID with '=' or IN, or use SMS_CM_RES_COLL_<id>.",
    );
  }
  return query;
}
