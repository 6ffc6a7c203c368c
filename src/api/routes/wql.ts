import { checkWql, type QueryContext, type WqlError } from '../../collections/wql/index.ts';
import { loadCatalogue } from '../../inventory/index.ts';
import type { Store } from '../../store/index.ts';
import type { WqlCheck, WqlClass } from '../contract/index.ts';

/**
 * Checks queries against the classes of the inventory, and whether they can be rules; runs none.
 * @param among numbers of the collections that they may name: others are to them as if they did not exist, and the
 *   rows of one resource must not decide about another; undefined: all
 */
export async function checkQueries(
  store: Store,
  queries: readonly string[],
  among: readonly number[] | undefined,
): Promise<WqlCheck[]> {
  const catalogue = await loadCatalogue(store);
  const rows = await store.db.selectFrom('collection').select(['id', 'num', 'type']).execute();
  const seen = among && new Set(among);
  const named = seen ? rows.filter(({ num }) => seen.has(num)) : rows;
  const collections = new Map(named.map(row => [row.id, { num: row.num, type: row.type }]));
  const context: QueryContext = { collections: id => collections.get(id), ownRowsOnly: seen !== undefined };
  return queries.map(query => {
    const asRule = checkWql(query, catalogue, { ...context, purpose: 'rule' });
    if (!Array.isArray(asRule)) return sound(asRule.resourceType, []);
    const asQuery = checkWql(query, catalogue, { ...context, purpose: 'query' });
    if (!Array.isArray(asQuery)) return sound(asQuery.resourceType, asRule);
    return { ok: false, resourceType: null, errors: asQuery.map(told), ruleErrors: [] };
  });
}

/** The classes that queries may name, with their properties: what an editor offers. */
export async function queryClasses(store: Store): Promise<WqlClass[]> {
  const catalogue = await loadCatalogue(store);
  return catalogue
    .classNames()
    .sort()
    .flatMap(name => {
      const found = catalogue.findClass(name);
      if (!found) return [];
      const { resourceType, kind, table } = found;
      const properties = found.propertyNames().flatMap(each => {
        const property = found.findProperty(each);
        return property ? [{ name: property.name, type: property.type, isArray: property.isArray }] : [];
      });
      return [{ name: found.name, resourceType, kind, filled: table !== null, properties }];
    });
}

function sound(resourceType: WqlCheck['resourceType'], ruleErrors: readonly WqlError[]): WqlCheck {
  return { ok: true, resourceType, errors: [], ruleErrors: ruleErrors.map(told) };
}

function told({ message, line, column, found, expected, suggestion }: WqlError): WqlCheck['errors'][number] {
  return {
    message,
    line,
    column,
    ...(found === undefined ? {} : { found }),
    ...(expected === undefined ? {} : { expected }),
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}
