import type { CheckedSelect, Condition, Expression } from '../checked/checked.ts';
import { commonType, convert, family } from '../checked/coercion.ts';
import type { Span, WqlError } from '../errors.ts';
import type { Comparison, ConditionTree, LiteralTree, SelectTree } from '../parse/tree.ts';
import type { CheckContext } from './check-context.ts';
import { checkValue, dateForm } from './check-values.ts';
import { mergeEqualities } from './merge.ts';
import type { Scope } from './scope.ts';

/** Checks a subselect; handed in, since a select holds conditions and a condition can hold a select. */
export type CheckSubselect = (tree: SelectTree, outer: Scope) => CheckedSelect;

/** Checks a condition; each error is kept in the context and the condition then read as unknown. */
export function checkCondition(
  tree: ConditionTree,
  scope: Scope,
  context: CheckContext,
  subselect: CheckSubselect,
): Condition {
  const at = { start: tree.start, end: tree.end };
  const check = (item: ConditionTree) => checkCondition(item, scope, context, subselect);
  switch (tree.kind) {
    case 'and':
      return { kind: 'and', items: tree.items.map(check), ...at };
    case 'or':
      return { kind: 'or', items: mergeEqualities(tree.items.map(check)), ...at };
    case 'not':
      return { kind: 'not', item: check(tree.item), ...at };
    default:
      return context.attempt<Condition>(() => checkPredicate(tree, scope, context, subselect), {
        kind: 'unknown',
        ...at,
      });
  }
}

type PredicateTree = Exclude<ConditionTree, { kind: 'and' | 'or' | 'not' }>;

function checkPredicate(
  tree: PredicateTree,
  scope: Scope,
  context: CheckContext,
  subselect: CheckSubselect,
): Condition {
  const at = { start: tree.start, end: tree.end };
  switch (tree.kind) {
    case 'compare': {
      const left = checkValue(tree.left, scope, context);
      const right = checkValue(tree.right, scope, context);
      if (tree.right.kind === 'null') return compareWithNull(tree.operator, left, at);
      if (tree.left.kind === 'null') return compareWithNull(tree.operator, right, at);
      return compare(tree.operator, left, right, at, context, { left: tree.left, right: tree.right });
    }
    case 'null': {
      const value = checkValue(tree.value, scope, context);
      return { kind: 'null', negated: tree.negated, value, ...at };
    }
    case 'like': {
      const value = convert(checkValue(tree.value, scope, context), 'string');
      if (!value) return { kind: 'unknown', ...at };
      if (tree.pattern.length > 4000) {
        throw context.error('A pattern is longer than 4000 characters.', tree.patternAt);
      }
      return { kind: 'like', negated: tree.negated, value, pattern: tree.pattern, ...at };
    }
    case 'in':
      return checkList(tree, scope, context);
    case 'in-select': {
      const value = checkValue(tree.value, scope, context);
      const select = subselect(tree.select, scope);
      const type = commonType(family(value.type), family(select.output.type));
      const converted = convert(value, type);
      const output = convert(select.output, type);
      if (!converted || !output) return { kind: 'unknown', ...at };
      return {
        kind: 'in-select',
        negated: tree.negated,
        value: converted,
        select: { ...select, output },
        ...at,
      };
    }
  }
}

// `x = null` is in published queries and means `x is null`; an order against NULL is never known.
function compareWithNull(operator: Comparison, value: Expression, at: Span): Condition {
  if (operator === '=' || operator === '<>')
    return { kind: 'null', negated: operator === '<>', value, ...at };
  return { kind: 'unknown', ...at };
}

function compare(
  operator: Comparison,
  left: Expression,
  right: Expression,
  at: Span,
  context: CheckContext,
  places: { left: Span; right: Span },
): Condition {
  const collections = namedCollections(operator, left, right, at, context);
  if (collections) return collections;
  const words = booleanWords(operator, left, right, at) ?? booleanWords(operator, right, left, at);
  if (words) return words;
  const type = commonType(left.type, right.type);
  const convertedLeft = convert(left, type);
  const convertedRight = convert(right, type);
  if (convertedLeft && convertedRight) {
    return { kind: 'compare', operator, left: convertedLeft, right: convertedRight, ...at };
  }
  if (type === 'datetime') throw notADate(convertedLeft ? places.right : places.left, context);
  return { kind: 'incomparable', operator, value: convertedLeft ? left : right, ...at };
}

function notADate(place: Span, context: CheckContext): WqlError {
  const written = context.text.slice(place.start, place.end);
  return context.error(`${written} is not a date.`, place, { expected: 'a date', advice: dateForm });
}

/** The words true and false against a text property: it may hold the word or the number. */
function booleanWords(
  operator: Comparison,
  value: Expression,
  other: Expression,
  at: Span,
): Condition | undefined {
  if (other.kind !== 'literal' || other.type !== 'boolean' || other.value === null) return undefined;
  if (value.type !== 'string' || value.kind === 'literal') return undefined;
  if (operator !== '=' && operator !== '<>') return undefined;
  const list = other.value === 1 ? ['true', '1'] : ['false', '0'];
  return { kind: 'in', negated: operator === '<>', value, list, withNull: false, ...at };
}

/** `CollectionID = '…'` of a membership class, by the number of the collection. */
function namedCollections(
  operator: Comparison,
  left: Expression,
  right: Expression,
  at: Span,
  context: CheckContext,
): Condition | undefined {
  if (operator !== '=') return undefined;
  const [value, literal] = left.kind === 'literal' ? [right, left] : [left, right];
  if (literal.kind !== 'literal' || typeof literal.value !== 'string') return undefined;
  return inCollections(value, [literal.value], at, context);
}

function inCollections(
  value: Expression,
  ids: string[],
  at: Span,
  context: CheckContext,
): Condition | undefined {
  if (value.kind !== 'membership' || value.column !== 'collectionid') return undefined;
  const found = ids.map(id => context.query.collections(id.trim().toUpperCase()));
  // A collection that does not exist yet may be made later: the text alone does not say which are read.
  if (found.some(collection => collection === undefined)) return undefined;
  const collections = found.flatMap(collection => (collection ? [collection.num] : []));
  return { kind: 'in-collections', source: value.source, collections, ...at };
}

function checkList(
  tree: Extract<ConditionTree, { kind: 'in' }>,
  scope: Scope,
  context: CheckContext,
): Condition {
  const at = { start: tree.start, end: tree.end };
  const value = checkValue(tree.value, scope, context);
  const literals = tree.list.filter(literal => literal.kind !== 'null');
  const withNull = literals.length < tree.list.length;
  const texts = literals.flatMap(literal => (literal.kind === 'string' ? [literal.value] : []));
  if (texts.length === tree.list.length && !tree.negated) {
    const collections = inCollections(value, texts, at, context);
    if (collections) return collections;
  }
  // Numbers in a list make the whole comparison one of numbers, as T-SQL's precedence has it.
  const type = literals.reduce<Expression['type']>(
    (common, literal) => commonType(common, literal.kind === 'string' ? 'string' : 'number'),
    family(value.type),
  );
  const converted = convert(value, type);
  if (!converted) return { kind: 'incomparable', operator: tree.negated ? '<>' : '=', value, ...at };
  const list = literals.flatMap(literal => listValue(literal, type, context));
  return { kind: 'in', negated: tree.negated, value: converted, list, withNull, ...at };
}

/** A value of a list in the type of the comparison; none when no value of that type can equal it. */
function listValue(
  literal: LiteralTree,
  type: Expression['type'],
  context: CheckContext,
): (string | number)[] {
  const plain: Expression =
    literal.kind === 'string'
      ? { kind: 'literal', type: 'string', value: literal.value }
      : { kind: 'literal', type: 'number', value: literal.kind === 'null' ? null : Number(literal.value) };
  const converted = convert(plain, type);
  if (converted?.kind === 'literal' && converted.value !== null) return [converted.value];
  if (type === 'datetime') throw notADate(literal, context);
  return [];
}
