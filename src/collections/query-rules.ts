import { loadCatalogue, type StoredValues } from '../inventory/index.ts';
import type { Queries, ResourceType, Store } from '../store/index.ts';
import type { PreparedQuery, QueryFailure, QueryRules } from './queries.ts';
import {
  type Catalogue,
  type CheckedQuery,
  checkWql,
  compileWql,
  conditionsOf,
  type FilteredProperty,
  filteredProperties,
  type QueryContext,
  type WqlError,
} from './wql/index.ts';

/** What has been compiled for a store, good as long as its catalogue stays as it is. */
interface Compiled {
  catalogueVersion: string;
  catalogue: Catalogue;
  queries: Map<string, PreparedQuery>;
}

/** The collections that a query can name, by id. */
interface KnownCollections {
  byId: Map<string, { num: number; type: ResourceType }>;
  /** The highest number among them. */
  last: number;
}

// Compiling a thousand rules takes a good part of a second, and an evaluation comes every five minutes.
const compiledFor = new WeakMap<Store, Compiled>();
const collectionsOf = new WeakMap<Store, KnownCollections>();
const queriesKept = 20_000;

/** The query rules of a store as its catalogue and its collections are now. */
export async function loadQueryRules(store: Store): Promise<QueryRules> {
  const compiled = await compiledOf(store);
  const collections = await collectionsById(store);
  const context: QueryContext = { collections: id => collections.get(id) };
  return {
    prepare(wql, type, purpose = 'rule', among) {
      // What is kept was compiled with all collections in sight.
      if (among) {
        const seen = { collections: seenAmong(collections, among), ownRowsOnly: true };
        const checked = checkWql(wql, compiled.catalogue, { ...seen, type, purpose });
        return Array.isArray(checked) ? failureOf(checked) : preparedOf(checked);
      }
      const key = `${type} ${purpose} ${wql}`;
      const known = compiled.queries.get(key);
      if (known) return known;
      const checked = checkWql(wql, compiled.catalogue, { ...context, type, purpose });
      // What failed may succeed once the collection that it names has been made.
      if (Array.isArray(checked)) return failureOf(checked);
      const prepared = preparedOf(checked);
      if (compiled.queries.size >= queriesKept) compiled.queries.clear();
      compiled.queries.set(key, prepared);
      return prepared;
    },
  };
}

function seenAmong(
  collections: KnownCollections['byId'],
  among: readonly number[],
): QueryContext['collections'] {
  const seen = new Set(among);
  return id => {
    const found = collections.get(id);
    return found && seen.has(found.num) ? found : undefined;
  };
}

function preparedOf(checked: CheckedQuery): PreparedQuery {
  return {
    resourceType: checked.resourceType,
    reads: new Set(checked.reads),
    readsCollections: checked.readsCollections,
    readsAnyCollection: checked.readsAnyCollection,
    dependsOnDate: checked.dependsOnDate,
    looksIn: filteredProperties(checked).flatMap(placeOf),
    local: checked.ownRowsOnly,
    conditions: () => conditionsOf(checked),
    compile: (now, restrictedTo, until) =>
      compileWql(checked, {
        now,
        ...(restrictedTo ? { resourceIds: { table: restrictedTo } } : {}),
        ...(until === undefined ? {} : { until }),
      }),
  };
}

function placeOf({ class: { table }, property: { column, id, isArray } }: FilteredProperty): StoredValues[] {
  if (isArray) return id === null ? [] : [{ arrayProperty: id }];
  return table === null || column === null ? [] : [{ table, column }];
}

function failureOf(errors: readonly WqlError[]): QueryFailure {
  const [first] = errors;
  const others = errors.length > 1 ? ` There are ${errors.length - 1} more errors.` : '';
  if (!first) return { failure: 'The query can not be used.', hint: 'Check it with `wql check`.' };
  const { line, column, message, expected, suggestion } = first;
  const hint = suggestion
    ? `Did you mean ${suggestion}?`
    : expected
      ? `Expected: ${expected}.`
      : '`wql check` shows all that is wrong with a query.';
  return { failure: `Line ${line}, column ${column}: ${message}${others}`, hint };
}

async function compiledOf(store: Store): Promise<Compiled> {
  const catalogueVersion = await versionOfCatalogue(store.db);
  const known = compiledFor.get(store);
  if (known?.catalogueVersion === catalogueVersion) return known;
  const fresh = { catalogueVersion, catalogue: await loadCatalogue(store), queries: new Map() };
  compiledFor.set(store, fresh);
  return fresh;
}

/** Differs whenever a class or property has come, gone or changed its type. */
async function versionOfCatalogue(db: Queries): Promise<string> {
  const classes = await db.selectFrom('inventory_class').select('id').orderBy('id').execute();
  const properties = await db
    .selectFrom('inventory_property')
    .select(['id', 'type', 'is_array'])
    .orderBy('id')
    .execute();
  return [
    ...classes.map(row => row.id),
    ...properties.map(row => `${row.id}${row.type}${row.is_array}`),
  ].join(' ');
}

async function collectionsById(store: Store): Promise<KnownCollections['byId']> {
  // Numbers only grow, and neither id nor type of a collection ever changes: what is new is read and no more.
  const known = collectionsOf.get(store) ?? { byId: new Map(), last: 0 };
  await readCollections(store.db, known);
  const { count } = await store.db
    .selectFrom('collection')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (Number(count) !== known.byId.size) {
    known.byId.clear();
    known.last = 0;
    await readCollections(store.db, known);
  }
  collectionsOf.set(store, known);
  return known.byId;
}

async function readCollections(db: Queries, into: KnownCollections): Promise<void> {
  const rows = await db
    .selectFrom('collection')
    .select(['id', 'num', 'type'])
    .where('num', '>', into.last)
    .orderBy('num')
    .execute();
  for (const { id, num, type } of rows) {
    into.byId.set(id, { num, type });
    into.last = num;
  }
}
