import type { Cursor } from './cursor.ts';
import { sqlOnlyWord } from './refusals.ts';
import type { LiteralTree, NameTree, ValueTree } from './tree.ts';

/** Reads a property, a constant or a function call; parentheses around it are dropped. @throws WqlError */
export function parseValue(cursor: Cursor): ValueTree {
  if (cursor.isSign('(')) {
    if (cursor.isWord('select', 1)) {
      throw cursor.unexpected('a value', 'compare with a subselect by in (select …)');
    }
    return cursor.nested(() => {
      cursor.next();
      const value = parseValue(cursor);
      cursor.expectSign(')', 'after a value in parentheses');
      return value;
    });
  }
  if (isLiteralNext(cursor)) return parseLiteral(cursor);
  const refused = sqlOnlyWord(cursor);
  if (refused) throw refused;
  if (!cursor.isName()) throw cursor.unexpected('a property or a value');
  const first = cursor.peek();
  if (first.kind === 'word' && cursor.isSign('(', 1)) {
    cursor.next();
    return parseCall(cursor, first.text, first.start);
  }
  return parseName(cursor);
}

/** Reads `Property` or `Source.Property`. @throws WqlError */
export function parseName(cursor: Cursor): NameTree {
  const first = cursor.peek();
  if (first.kind !== 'word' || !cursor.isName()) throw cursor.unexpected('a property');
  cursor.next();
  if (!cursor.takeSign('.')) {
    return { kind: 'name', source: undefined, property: first.text, start: first.start, end: first.end };
  }
  const second = cursor.peek();
  if (second.kind !== 'word') throw cursor.unexpected(`a property of ${first.text}`);
  cursor.next();
  if (cursor.isSign('.')) {
    throw cursor.unexpected('a comparison', 'write Class.Property, without anything before the class');
  }
  return { kind: 'name', source: first.text, property: second.text, start: first.start, end: second.end };
}

/** Reads a constant: string, number, true, false, null. @throws WqlError */
export function parseLiteral(cursor: Cursor): LiteralTree {
  const first = cursor.next();
  const at = { start: first.start, end: first.end };
  if (first.kind === 'string') return { kind: 'string', value: first.value, ...at };
  if (first.kind === 'number') return { kind: 'number', value: first.value, ...at };
  if (first.kind === 'sign') {
    const digits = cursor.next();
    const value = digits.kind === 'number' ? digits.value : Number.NaN;
    return { kind: 'number', value: first.text === '-' ? -value : value, start: at.start, end: digits.end };
  }
  const name = first.kind === 'word' ? first.text.toLowerCase() : '';
  return name === 'null' ? { kind: 'null', ...at } : { kind: 'boolean', value: name === 'true', ...at };
}

/** Whether a constant comes next. */
export function isLiteralNext(cursor: Cursor): boolean {
  const token = cursor.peek();
  if (token.kind === 'string' || token.kind === 'number') return true;
  if (cursor.isSign('-') || cursor.isSign('+')) return cursor.peek(1).kind === 'number';
  return cursor.isWord('null') || cursor.isWord('true') || cursor.isWord('false');
}

/** Whether the opening parenthesis ahead holds a single value, not a condition. */
export function isValueInParentheses(cursor: Cursor): boolean {
  let ahead = 0;
  while (cursor.isSign('(', ahead)) ahead++;
  const token = cursor.peek(ahead);
  if (token.kind === 'string' || token.kind === 'number') return cursor.isSign(')', ahead + 1);
  if (!cursor.isName(ahead)) return false;
  if (cursor.isSign('.', ahead + 1)) return cursor.isSign(')', ahead + 3);
  return cursor.isSign(')', ahead + 1);
}

function parseCall(cursor: Cursor, name: string, start: number): ValueTree {
  return cursor.nested(() => {
    cursor.expectSign('(', `after ${name}`);
    const values: ValueTree[] = [];
    if (!cursor.isSign(')')) {
      do values.push(parseValue(cursor));
      while (cursor.takeSign(','));
    }
    cursor.expectSign(')', `at the end of ${name}`);
    return { kind: 'call', name, arguments: values, start, end: cursor.lastEnd };
  });
}
