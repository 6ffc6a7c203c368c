import type { Store } from '../store/index.ts';
import type { QueryRules } from './queries.ts';

export async function loadQueryRules(_store: Store): Promise<QueryRules> {
  return { prepare: () => ({ failure: 'x', hint: 'y' }) };
}
