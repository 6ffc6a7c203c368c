import { fold } from '../../../base/index.ts';
import type { CatalogueClass, CatalogueProperty } from '../catalogue.ts';
import type { Expression, MembershipColumn, Source, ValueType } from '../checked/checked.ts';
import { family, firstDay } from '../checked/coercion.ts';
import { addToDate, boundaryIndex, millisecondsPerDay } from '../date-parts.ts';
import type { SqlDialect } from './dialect.ts';
import { type Fragment, frag, identifier, raw } from './fragment.ts';

/** What a compilation is given. */
export interface Compilation {
  dialect: SqlDialect;
  /** What GetDate() is, in milliseconds since 1970. */
  now: number;
  /** The table to which the answer is restricted, if it is. */
  restriction: Fragment | undefined;
  /** Sources that are not read, each with the one that has the same ResourceID. */
  standIns: Map<Source, Source>;
  /** A number for an alias that no other has. */
  newAlias(): number;
}

/** Where the present value of an array property stands, while one of its values is looked at. */
export type ArrayValues = ReadonlyMap<Expression, Fragment>;

/** The alias of a source in SQL. */
export function alias(source: Source): Fragment {
  return raw(`a${source.number}`);
}

/** A value of a row as SQL; text is folded, NULL where there is none. */
export function compileExpression(
  expression: Expression,
  compilation: Compilation,
  arrays: ArrayValues,
): Fragment {
  const constant = constantDate(expression, compilation.now);
  if (constant !== undefined) return frag`${constant}`;
  const compile = (part: Expression) => compileExpression(part, compilation, arrays);
  const { dialect } = compilation;
  switch (expression.kind) {
    case 'resource-id':
      return frag`${alias(compilation.standIns.get(expression.source) ?? expression.source)}.resource_id`;
    case 'property':
      return arrays.get(expression) ?? column(alias(expression.source), expression.property);
    case 'looked-up':
      return arrays.get(expression) ?? lookedUp(expression.class, expression.property, expression.source);
    case 'membership':
      return membershipColumn(expression.column, alias(expression.source));
    case 'literal':
      return literal(expression.value);
    case 'now':
      return frag`${compilation.now}`;
    case 'date-add':
      return dialect.addToDate(expression.part, compile(expression.amount), compile(expression.date));
    case 'date-diff': {
      const index = (date: Expression) => dialect.boundaryIndex(expression.part, compile(date));
      return frag`(${index(expression.to)} - ${index(expression.from)})`;
    }
    case 'date-part':
      return dialect.datePart(expression.part, compile(expression.date));
    case 'substring':
      return dialect.substring(
        compile(expression.value),
        compile(expression.start),
        compile(expression.length),
      );
    case 'convert':
      return conversion(compile(expression.value), family(expression.value.type), expression.type, dialect);
  }
}

/** The instant that an expression always is, or undefined when it depends on a row. */
export function constantDate(expression: Expression, now: number): number | undefined {
  if (expression.kind === 'now') return now;
  if (expression.kind === 'literal' && expression.type === 'datetime') {
    return typeof expression.value === 'number' ? expression.value : undefined;
  }
  if (expression.kind !== 'date-add') return undefined;
  const date = constantDate(expression.date, now);
  const amount = constantNumber(expression.amount, now);
  if (date === undefined || amount === undefined) return undefined;
  const moved = addToDate(expression.part, amount, date);
  return Number.isFinite(moved) ? moved : undefined;
}

/** The number that an expression always is, or undefined when it depends on a row. */
export function constantNumber(expression: Expression, now: number): number | undefined {
  if (expression.kind === 'literal') {
    return typeof expression.value === 'number' ? expression.value : undefined;
  }
  if (expression.kind !== 'date-diff') return undefined;
  const from = constantDate(expression.from, now);
  const to = constantDate(expression.to, now);
  if (from === undefined || to === undefined) return undefined;
  return boundaryIndex(expression.part, to) - boundaryIndex(expression.part, from);
}

/** A constant of a query as a parameter. */
function literal(value: string | number | null): Fragment {
  return value === null ? raw('null') : frag`${typeof value === 'string' ? fold(value) : value}`;
}

function column(table: Fragment, property: CatalogueProperty): Fragment {
  if (property.column === null || property.isArray) return raw('null');
  return frag`${table}.${identifier(property.column)}`;
}

function lookedUp(owner: CatalogueClass, property: CatalogueProperty, source: Source): Fragment {
  if (owner.table === null || property.column === null) return raw('null');
  const value = frag`l.${identifier(property.column)}`;
  return frag`(select ${value} from ${identifier(owner.table)} l
    where l.resource_id = ${alias(source)}.resource_id and ${value} is not null order by l.row_no limit 1)`;
}

function membershipColumn(name: MembershipColumn, table: Fragment): Fragment {
  const resource = (value: string) =>
    frag`(select ${raw(value)} from resource r where r.id = ${table}.resource_id)`;
  switch (name) {
    case 'collectionid':
      return frag`(select lower(c.id) from collection c where c.num = ${table}.collection_num)`;
    case 'name':
      return resource('r.name_key');
    // ConfigMgr's numbers of the types of resource.
    case 'resourcetype':
      return resource("case r.type when 'device' then 5 else 4 end");
    case 'isdirect':
      return frag`(select count(*) > 0 from collection_rule d where d.collection_num = ${table}.collection_num
        and d.resource_id = ${table}.resource_id and d.kind = 'direct')`;
  }
}

function conversion(value: Fragment, from: ValueType, to: ValueType, dialect: SqlDialect): Fragment {
  if (to === 'string') return from === 'datetime' ? dialect.dateToText(value) : dialect.numberToText(value);
  if (to === 'datetime') {
    return from === 'string'
      ? dialect.textToDate(value)
      : frag`(${value} * ${raw(String(millisecondsPerDay))} + ${raw(String(firstDay))})`;
  }
  return from === 'string'
    ? dialect.textToNumber(value)
    : frag`((${value} - ${raw(String(firstDay))}) / ${raw(millisecondsPerDay.toFixed(1))})`;
}
