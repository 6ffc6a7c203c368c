import { WqlError } from '../errors.ts';
import { Cursor } from './cursor.ts';
import { tokenize } from './lexer.ts';
import { parseCondition } from './parse-conditions.ts';
import { parseName } from './parse-values.ts';
import { sqlOnlyWord } from './refusals.ts';
import type { JoinKind, JoinTree, NameTree, SelectItem, SelectTree, SourceTree } from './tree.ts';

/**
 * Reads a query.
 * @returns its tree, or the first error
 */
export function parseWql(text: string): { tree: SelectTree } | WqlError {
  try {
    const cursor = new Cursor(text, tokenize(text));
    if (!cursor.isWord('select')) throw sqlOnlyWord(cursor) ?? cursor.unexpected('select');
    const tree = parseSelect(cursor);
    if (cursor.peek().kind !== 'end') throw afterQuery(cursor, tree);
    return { tree };
  } catch (error) {
    if (error instanceof WqlError) return error;
    throw error;
  }
}

function parseSelect(cursor: Cursor): SelectTree {
  const start = cursor.next().start;
  const distinct = cursor.takeWord('distinct');
  const items: SelectItem[] = [];
  do items.push(parseItem(cursor));
  while (cursor.takeSign(','));
  if (!cursor.takeWord('from')) throw sqlOnlyWord(cursor) ?? cursor.unexpected('a comma or from');
  const from = parseSource(cursor);
  const joins: JoinTree[] = [];
  while (cursor.takeSign(',')) {
    joins.push({ kind: 'inner', source: parseSource(cursor), on: undefined });
  }
  for (let kind = takeJoin(cursor); kind !== undefined; kind = takeJoin(cursor)) {
    const source = parseSource(cursor);
    if (!cursor.takeWord('on')) throw cursor.unexpected('on and how the two classes belong together');
    joins.push({ kind, source, on: parseCondition(cursor, parseSelect) });
  }
  const where = cursor.takeWord('where') ? parseCondition(cursor, parseSelect) : undefined;
  const orderBy = cursor.isWord('order') ? parseOrder(cursor) : [];
  return { distinct, items, from, joins, where, orderBy, start, end: cursor.lastEnd };
}

function parseItem(cursor: Cursor): SelectItem {
  const first = cursor.peek();
  if (cursor.takeSign('*')) return { kind: 'star', source: undefined, start: first.start, end: first.end };
  const refused = sqlOnlyWord(cursor);
  if (refused) throw refused;
  if (first.kind === 'word' && cursor.isSign('(', 1)) {
    throw cursor.error('A collection query selects properties; it has no functions there.', first, {
      advice: 'select ResourceID or *',
    });
  }
  if (first.kind === 'word' && cursor.isSign('.', 1) && cursor.isSign('*', 2)) {
    cursor.next();
    cursor.next();
    cursor.next();
    return { kind: 'star', source: first.text, start: first.start, end: cursor.lastEnd };
  }
  if (!cursor.isName()) throw cursor.unexpected('a property or *');
  return parseName(cursor);
}

function parseSource(cursor: Cursor): SourceTree {
  const first = cursor.peek();
  if (first.kind !== 'word' || !cursor.isName()) throw cursor.unexpected('the name of a class');
  cursor.next();
  let alias: string | undefined;
  const as = cursor.takeWord('as');
  const second = cursor.peek();
  if (second.kind === 'word' && cursor.isName() && (as || !sqlOnlyWord(cursor))) {
    alias = second.text;
    cursor.next();
  } else if (as) {
    throw cursor.unexpected('an alias after as');
  }
  return { className: first.text, alias, start: first.start, end: cursor.lastEnd };
}

function takeJoin(cursor: Cursor): JoinKind | undefined {
  if (cursor.takeWord('join')) return 'inner';
  for (const kind of ['inner', 'left', 'right', 'full'] as const) {
    if (!cursor.takeWord(kind)) continue;
    if (kind !== 'inner') cursor.takeWord('outer');
    if (!cursor.takeWord('join')) throw cursor.unexpected('join');
    return kind;
  }
  return undefined;
}

function parseOrder(cursor: Cursor): NameTree[] {
  cursor.next();
  if (!cursor.takeWord('by')) throw cursor.unexpected('by');
  const names: NameTree[] = [];
  do {
    names.push(parseName(cursor));
    if (!cursor.takeWord('asc')) cursor.takeWord('desc');
  } while (cursor.takeSign(','));
  return names;
}

function afterQuery(cursor: Cursor, tree: SelectTree): WqlError {
  const refused = sqlOnlyWord(cursor);
  if (refused) return refused;
  const expected = tree.where ? 'and, or, order by or the end' : 'join, where, order by or the end';
  const token = cursor.peek();
  if (token.kind === 'string') {
    return cursor.unexpected(expected, "a quote inside a string is written \\'");
  }
  return cursor.unexpected(expected);
}
