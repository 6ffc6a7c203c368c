import { checkWql, type QueryContext } from '../../collections/wql/index.ts';
import { loadCatalogue } from '../../inventory/index.ts';
import type { Store } from '../../store/index.ts';
import type { WqlCheck } from '../contract/index.ts';

/** Checks queries as rules of collections against the classes of the inventory; runs none. */
export async function checkQueries(store: Store, queries: readonly string[]): Promise<WqlCheck[]> {
  const catalogue = await loadCatalogue(store);
  const rows = await store.db.selectFrom('collection').select(['id', 'num', 'type']).execute();
  const collections = new Map(rows.map(row => [row.id, { num: row.num, type: row.type }]));
  const context: QueryContext = { collections: id => collections.get(id) };
  return queries.map(query => {
    const checked = checkWql(query, catalogue, context);
    if (!Array.isArray(checked)) return { ok: true, resourceType: checked.resourceType, errors: [] };
    const errors = checked.map(({ message, line, column, found, expected, suggestion }) => ({
      message,
      line,
      column,
      ...(found === undefined ? {} : { found }),
      ...(expected === undefined ? {} : { expected }),
      ...(suggestion === undefined ? {} : { suggestion }),
    }));
    return { ok: false, resourceType: null, errors };
  });
}
