import type { CheckedQuery, CheckedSelect, Condition, Source } from '../checked/checked.ts';
import { alwaysTied, tiedSources } from '../checked/locality.ts';
import { arrayOutput, compileCondition, valueRows } from './compile-conditions.ts';
import { alias, type Compilation, compileExpression } from './compile-expressions.ts';
import type { SqlDialect } from './dialect.ts';
import { balanced, type Fragment, frag, identifier, join, raw, type SqlParameter } from './fragment.ts';
import { sqliteDialect } from './sqlite.ts';
import { findStandIn } from './stand-in.ts';

/** What a query is compiled for. */
export interface CompileOptions {
  /** What GetDate() is. */
  now: Date;
  /** Restricts the answer to the resources in this table (column resource_id), reading no others where it can. */
  resourceIds?: { table: string };
  /** SQLite when absent. */
  dialect?: SqlDialect;
}

/** A statement that yields the resources of a query: one column resource_id, each once, placeholders `?`. */
export interface CompiledQuery {
  sql: string;
  parameters: readonly SqlParameter[];
}

/** Compiles a checked query. Every constant of the query is a parameter. */
export function compileWql(query: CheckedQuery, options: CompileOptions): CompiledQuery {
  const compilation = newCompilation(options);
  replaceResource(query.select, compilation);
  const { from, conditions } = compileRows(query.select, compilation, compilation.restriction);
  const id = compileExpression(query.select.output, compilation, new Map());
  // Outer joins can bring rows that lack the resource.
  if (!allInner(query.select)) conditions.push(frag`${id} is not null`);
  return frag`select distinct ${id} as resource_id from ${from}${where(conditions)}`;
}

/**
 * Compiles one condition of a select for one resource: a statement with one row and column, `met`, which is 1 where
 * some row of the resource meets it, else 0 or NULL. Without a condition it asks whether there is a row at all.
 */
export function compileForResource(
  select: CheckedSelect,
  condition: Condition | undefined,
  resourceId: number,
  options: CompileOptions,
): CompiledQuery {
  const compilation = newCompilation(options);
  const { from, conditions } = compileRows(select, compilation, undefined);
  const id = compileExpression(select.output, compilation, new Map());
  const met = condition
    ? compileCondition(condition, 'truth', compilation, inner =>
        compileSubselect(inner, compilation, undefined),
      )
    : raw('1');
  return frag`select max(${met}) as met from ${from}${where([...conditions, frag`${id} = ${resourceId}`])}`;
}

function replaceResource(select: CheckedSelect, compilation: Compilation): void {
  if (select.output.kind !== 'resource-id') return;
  const root = select.output.source;
  const standIn = findStandIn(root, select);
  if (standIn) compilation.standIns.set(root, standIn);
}

function newCompilation(options: CompileOptions): Compilation {
  let aliases = 0;
  return {
    dialect: options.dialect ?? sqliteDialect,
    now: options.now.getTime(),
    restriction: options.resourceIds && identifier(options.resourceIds.table),
    standIns: new Map(),
    newAlias: () => aliases++,
  };
}

/** A restriction to the resources of a table, and the sources whose rows belong to such a resource. */
interface Restricted {
  table: Fragment;
  sources: ReadonlySet<Source>;
}

function compileSubselect(
  condition: Extract<Condition, { kind: 'in-select' }>,
  compilation: Compilation,
  around: Restricted | undefined,
): Fragment {
  const { select, value: wanted } = condition;
  replaceResource(select, compilation);
  // A resource looked for among resources: others than those of the restriction can not be found anyway.
  const byId = wanted.kind === 'resource-id' && around?.sources.has(wanted.source);
  const restricts = byId && select.output.kind === 'resource-id' && allInner(select);
  const { from, conditions } = compileRows(select, compilation, restricts ? around?.table : undefined);
  const array = arrayOutput(select);
  if (!array) {
    const value = compileExpression(select.output, compilation, new Map());
    return frag`select ${value} from ${from}${where(conditions)}`;
  }
  const name = raw(`v${compilation.newAlias()}`);
  const value = compileExpression(select.output, compilation, new Map([[array, frag`${name}.value`]]));
  return frag`select ${value} from ${from} left join resource_value ${name}
    on ${valueRows(array, name)}${where(conditions)}`;
}

/** FROM and the conditions for WHERE of a select. */
function compileRows(
  select: CheckedSelect,
  compilation: Compilation,
  restriction: Fragment | undefined,
): { from: Fragment; conditions: Fragment[] } {
  const root = select.output.kind === 'resource-id' ? select.output.source : undefined;
  const restricted = restriction && root && { table: restriction, sources: alwaysTied(root, select) };
  const compile = (condition: Condition) =>
    compileCondition(condition, 'filter', compilation, inner =>
      compileSubselect(inner, compilation, restricted),
    );
  const conditions = select.where ? [compile(select.where)] : [];
  if (allInner(select)) return innerRows(select, compilation, restriction, compile, conditions);
  let from = raw('');
  for (const source of select.sources) {
    if (source.join === 'from') {
      from = restriction
        ? restrictedRows(source, select, compilation, restriction, conditions)
        : table(source);
    } else {
      const on = source.on ? compile(source.on) : raw('1 = 1');
      from = frag`${from} ${raw(source.join)} join ${table(source)} on ${on}`;
    }
  }
  return { from, conditions };
}

/** The first class of outer joins, restricted; adds to the conditions what it needs there. */
function restrictedRows(
  first: Source,
  select: CheckedSelect,
  compilation: Compilation,
  restriction: Fragment,
  conditions: Fragment[],
): Fragment {
  const id = compileExpression(select.output, compilation, new Map());
  const keepsOrder = select.sources.every(source => source.join !== 'right' && source.join !== 'full');
  if (select.output.kind === 'resource-id' && select.output.source === first && keepsOrder) {
    const number = raw(`t${compilation.newAlias()}`);
    conditions.push(frag`${id} = ${number}.resource_id`);
    return frag`${restriction} ${number} ${raw(compilation.dialect.joinInOrder)} ${table(first)}`;
  }
  conditions.push(frag`${id} in (select resource_id from ${restriction})`);
  return table(first);
}

/** Joins that may be read in any order: with a restriction, its resources first, the others by their keys. */
function innerRows(
  select: CheckedSelect,
  compilation: Compilation,
  restriction: Fragment | undefined,
  compile: (condition: Condition) => Fragment,
  conditions: Fragment[],
): { from: Fragment; conditions: Fragment[] } {
  const on = select.sources.flatMap(source => (source.on ? [compile(source.on)] : []));
  const present = select.sources.filter(source => !compilation.standIns.has(source));
  if (!restriction || select.output.kind !== 'resource-id') {
    return { from: join(present.map(table), ' join '), conditions: [...on, ...conditions] };
  }
  const root = select.output.source;
  const tied = tiedSources(root, select);
  const others = present.filter(source => source !== root);
  const ordered = [
    ...present.filter(source => source === root),
    ...others.filter(source => tied.has(source)),
    ...others.filter(source => !tied.has(source)),
  ];
  const number = raw(`t${compilation.newAlias()}`);
  const inOrder = raw(` ${compilation.dialect.joinInOrder} `);
  const from = [frag`${restriction} ${number}`, ...ordered.map(table)].reduce(
    (before, next) => frag`${before}${inOrder}${next}`,
  );
  // Each tied class is looked up by the id from the restriction, in whatever chain the query ties them.
  const keys = ordered
    .filter(source => tied.has(source))
    .map(source => frag`${alias(source)}.resource_id = ${number}.resource_id`);
  return { from, conditions: [...keys, ...on, ...conditions] };
}

function allInner(select: CheckedSelect): boolean {
  return select.sources.every(source => source.join === 'from' || source.join === 'inner');
}

function table(source: Source): Fragment {
  const { rows } = source;
  if (rows.kind === 'membership') {
    return rows.collection === null
      ? frag`membership ${alias(source)}`
      : frag`(select collection_num, resource_id from membership
          where collection_num = ${rows.collection}) ${alias(source)}`;
  }
  if (rows.class.table !== null) return frag`${identifier(rows.class.table)} ${alias(source)}`;
  return frag`(select null as resource_id where 1 = 0) ${alias(source)}`;
}

function where(conditions: readonly Fragment[]): Fragment {
  return conditions.length === 0 ? raw('') : frag` where ${balanced(conditions, 'and')}`;
}
