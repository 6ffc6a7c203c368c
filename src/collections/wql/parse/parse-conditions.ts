import { type Cursor, subselectLevels } from './cursor.ts';
import { isLiteralNext, isValueInParentheses, parseLiteral, parseValue } from './parse-values.ts';
import { sqlOnlyWord } from './refusals.ts';
import type { Comparison, ConditionTree, LiteralTree, SelectTree, ValueTree } from './tree.ts';

/** Reads a subselect; handed in, since a select holds conditions and a condition can hold a select. */
export type ReadSelect = (cursor: Cursor) => SelectTree;

/** Reads a condition: or binds weakest, then and, then not. @throws WqlError */
export function parseCondition(cursor: Cursor, readSelect: ReadSelect): ConditionTree {
  return parseChain(cursor, 'or', () => parseChain(cursor, 'and', () => parseNot(cursor, readSelect)));
}

function parseChain(cursor: Cursor, kind: 'and' | 'or', read: () => ConditionTree): ConditionTree {
  const first = read();
  if (!cursor.isWord(kind)) return first;
  const items = [first];
  while (cursor.takeWord(kind)) items.push(read());
  return { kind, items, start: first.start, end: cursor.lastEnd };
}

function parseNot(cursor: Cursor, readSelect: ReadSelect): ConditionTree {
  const start = cursor.peek().start;
  if (cursor.takeWord('not')) {
    const item = cursor.nested(() => parseNot(cursor, readSelect));
    return { kind: 'not', item, start, end: item.end };
  }
  if (cursor.isSign('(') && !isValueInParentheses(cursor) && !cursor.isWord('select', 1)) {
    return cursor.nested(() => {
      cursor.next();
      const inner = parseCondition(cursor, readSelect);
      if (!cursor.takeSign(')')) throw sqlOnlyWord(cursor) ?? cursor.unexpected('and, or or )');
      return { ...inner, start, end: cursor.lastEnd };
    });
  }
  return parsePredicate(cursor, readSelect);
}

function parsePredicate(cursor: Cursor, readSelect: ReadSelect): ConditionTree {
  const value = parseValue(cursor);
  const start = value.start;
  const operator = takeComparison(cursor);
  if (operator !== undefined) {
    const right = parseValue(cursor);
    return { kind: 'compare', operator, left: value, right, start, end: cursor.lastEnd };
  }
  if (cursor.takeWord('is')) {
    const negated = cursor.takeWord('not');
    if (!cursor.takeWord('null')) throw cursor.unexpected(negated ? 'null' : 'null or not null');
    return { kind: 'null', negated, value, start, end: cursor.lastEnd };
  }
  const negated = cursor.takeWord('not');
  if (cursor.takeWord('like')) return parseLike(cursor, value, negated);
  if (cursor.takeWord('in')) return parseIn(cursor, value, negated, readSelect);
  throw (
    sqlOnlyWord(cursor) ??
    cursor.unexpected(
      negated ? 'like or in' : 'a comparison (=, <>, <, >, <=, >=, like, in, is)',
      cursor.peek().kind === 'string' ? "a quote inside a string is written \\'" : undefined,
    )
  );
}

const comparisons: Readonly<Record<string, Comparison>> = {
  '=': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '>': '>',
  '<=': '<=',
  '>=': '>=',
};

function takeComparison(cursor: Cursor): Comparison | undefined {
  const token = cursor.peek();
  if (token.kind !== 'sign') return undefined;
  const second = cursor.peek(1);
  // T-SQL lets blanks stand between the two characters of a sign: "> =".
  const joined = second.kind === 'sign' ? comparisons[token.text + second.text] : undefined;
  const operator = joined ?? comparisons[token.text];
  if (operator !== undefined) cursor.next();
  if (joined !== undefined) cursor.next();
  return operator;
}

function parseLike(cursor: Cursor, value: ValueTree, negated: boolean): ConditionTree {
  const token = cursor.peek();
  if (token.kind !== 'string') throw cursor.unexpected('a pattern between quotes after like');
  cursor.next();
  const patternAt = { start: token.start, end: token.end };
  return {
    kind: 'like',
    negated,
    value,
    pattern: token.value,
    patternAt,
    start: value.start,
    end: token.end,
  };
}

function parseIn(cursor: Cursor, value: ValueTree, negated: boolean, readSelect: ReadSelect): ConditionTree {
  cursor.expectSign('(', 'after in');
  if (cursor.isWord('select')) {
    const select = cursor.nested(() => readSelect(cursor), subselectLevels);
    if (!cursor.takeSign(')')) throw sqlOnlyWord(cursor) ?? cursor.unexpected('and, or or )');
    return { kind: 'in-select', negated, value, select, start: value.start, end: cursor.lastEnd };
  }
  const list: LiteralTree[] = [];
  do {
    if (!isLiteralNext(cursor)) throw cursor.unexpected('a value or select');
    list.push(parseLiteral(cursor));
  } while (cursor.takeSign(','));
  cursor.expectSign(')', 'at the end of the list');
  return { kind: 'in', negated, value, list, start: value.start, end: cursor.lastEnd };
}
