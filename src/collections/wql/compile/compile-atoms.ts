import { fold } from '../../../base/index.ts';
import type { Condition, Expression } from '../checked/checked.ts';
import { boundaryIndex, boundaryStart, type DatePart } from '../date-parts.ts';
import type { Comparison } from '../parse/tree.ts';
import {
  type ArrayValues,
  alias,
  type Compilation,
  compileExpression,
  constantDate,
  constantNumber,
} from './compile-expressions.ts';
import { comparison } from './dialect.ts';
import { type Fragment, frag, join, raw } from './fragment.ts';
import { readPattern } from './like.ts';

/** Conditions on values, without and, or, not and subselects. */
export type Atom = Extract<
  Condition,
  { kind: 'compare' | 'incomparable' | 'like' | 'in' | 'in-collections' | 'unknown' }
>;

/** SQL that is 1, 0 or NULL as the condition is true, false or unknown for one row. */
export function compileAtom(atom: Atom, compilation: Compilation, arrays: ArrayValues): Fragment {
  const compile = (value: Expression) => compileExpression(value, compilation, arrays);
  switch (atom.kind) {
    case 'compare':
      return (
        boundaryComparison(atom, compilation, arrays) ??
        convertedEquality(atom, compilation, arrays) ??
        comparison(compile(atom.left), atom.operator, compile(atom.right))
      );
    case 'incomparable':
      return incomparable(atom.operator, compile(atom.value));
    case 'like': {
      const matches = like(compile(atom.value), atom.pattern, compilation);
      return atom.negated ? frag`not (${matches})` : matches;
    }
    case 'in': {
      const listed = isIn(compile(atom.value), atom.list, compilation);
      const text = convertedText(atom.value);
      const known = text ? notUnknown(listed, [compile(text)]) : listed;
      // Against a NULL in the list, what is not found is unknown.
      const found = atom.withNull ? frag`(case when ${known} then 1 end)` : known;
      return atom.negated ? frag`not (${found})` : found;
    }
    case 'in-collections':
      return frag`${alias(atom.source)}.collection_num in (${join(
        atom.collections.map(num => frag`${num}`),
        ', ',
      )})`;
    case 'unknown':
      return raw('null');
  }
}

/** Where T-SQL could not convert a value and would stop, it is not equal: = is false, <> true, an order unknown. */
function incomparable(operator: Comparison, value: Fragment): Fragment {
  if (operator !== '=' && operator !== '<>') return raw('null');
  return frag`(case when ${value} is not null then ${raw(operator === '=' ? '0' : '1')} end)`;
}

/**
 * Text of a row against a number or date, by = or <>: text that is neither is not equal, where its conversion alone
 * would make that unknown.
 */
function convertedEquality(
  atom: Extract<Atom, { kind: 'compare' }>,
  compilation: Compilation,
  arrays: ArrayValues,
): Fragment | undefined {
  if (atom.operator !== '=' && atom.operator !== '<>') return undefined;
  const text = convertedText(atom.left) ?? convertedText(atom.right);
  if (!text) return undefined;
  const compile = (value: Expression) => compileExpression(value, compilation, arrays);
  const other = convertedText(atom.left) ? atom.right : atom.left;
  const otherText = convertedText(other) ?? other;
  const equal = comparison(compile(atom.left), '=', compile(atom.right));
  const unlike = notUnknown(equal, [compile(text), compile(otherText)]);
  return atom.operator === '=' ? unlike : frag`not (${unlike})`;
}

/** A condition with its unknown made false, unless it is so because one of these values is NULL. */
function notUnknown(condition: Fragment, values: readonly Fragment[]): Fragment {
  const known = join(
    values.map(value => frag`${value} is not null`),
    ' and ',
  );
  return frag`(case when ${known} then coalesce(${condition}, 0) end)`;
}

/** The text that an expression converts to a number or date, if that is what it does. */
function convertedText(expression: Expression): Expression | undefined {
  return expression.kind === 'convert' && expression.value.type === 'string' ? expression.value : undefined;
}

// ── LIKE

const lastCodePoint = 0x10ffff;

function like(value: Fragment, pattern: string, compilation: Compilation): Fragment {
  const pieces = readPattern(pattern);
  if (pieces === 'nothing') return frag`(case when ${value} is not null then 0 end)`;
  const [first, second, third] = pieces;
  if (!first) return frag`${value} = ''`;
  if (first.kind === 'text' && !second) return frag`${value} = ${first.text}`;
  if (first.kind === 'any' && !second) return frag`${value} >= ''`;
  if (first.kind === 'text' && second?.kind === 'any' && !third) {
    const end = afterPrefix(first.text);
    // As a range, a pattern that begins with text can use an index.
    return end === undefined
      ? frag`${value} >= ${first.text}`
      : frag`(${value} >= ${first.text} and ${value} < ${end})`;
  }
  return compilation.dialect.matches(value, pieces);
}

/** The first text in code point order that comes after all texts with this prefix; undefined: there is none. */
function afterPrefix(prefix: string): string | undefined {
  const characters = [...prefix];
  for (let last = characters.pop(); last !== undefined; last = characters.pop()) {
    const code = last.codePointAt(0) ?? 0;
    if (code >= lastCodePoint) continue;
    // Surrogates are no characters: U+E000 follows U+D7FF.
    const next = code + 1 >= 0xd800 && code + 1 <= 0xdfff ? 0xe000 : code + 1;
    return characters.join('') + String.fromCodePoint(next);
  }
  return undefined;
}

// ── IN

/** Lists up to this length are written out; longer ones go in as one parameter. */
const longestWrittenList = 32;

function isIn(value: Fragment, list: (string | number)[], compilation: Compilation): Fragment {
  const values = [...new Set(list.map(item => (typeof item === 'string' ? fold(item) : item)))];
  if (values.length > longestWrittenList) return compilation.dialect.isOneOf(value, values);
  const items = values.map(item => frag`${item}`);
  if (items.length === 0) return frag`(case when ${value} is not null then 0 end)`;
  return frag`${value} in (${join(items, ', ')})`;
}

// ── DateDiff against a number

const mirrored: Readonly<Record<Comparison, Comparison>> = {
  '=': '=',
  '<>': '<>',
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
};

/**
 * `DateDiff(part, date, constant) > 30` as a range of the date: the number of boundaries grows with the date, so a
 * bound on one is a bound on the other, which costs a comparison a row and can use an index.
 */
function boundaryComparison(
  atom: Extract<Atom, { kind: 'compare' }>,
  compilation: Compilation,
  arrays: ArrayValues,
): Fragment | undefined {
  const diff = atom.left.kind === 'date-diff' ? atom.left : atom.right;
  if (diff.kind !== 'date-diff') return undefined;
  const other = diff === atom.left ? atom.right : atom.left;
  const count = constantNumber(other, compilation.now);
  if (count === undefined) return undefined;
  const operator = diff === atom.left ? atom.operator : mirrored[atom.operator];
  const from = constantDate(diff.from, compilation.now);
  const to = constantDate(diff.to, compilation.now);
  if (to !== undefined && from === undefined) {
    const date = compileExpression(diff.from, compilation, arrays);
    return indexComparison(date, mirrored[operator], diff.part, boundaryIndex(diff.part, to) - count);
  }
  if (from !== undefined && to === undefined) {
    const date = compileExpression(diff.to, compilation, arrays);
    return indexComparison(date, operator, diff.part, boundaryIndex(diff.part, from) + count);
  }
  return undefined;
}

function indexComparison(date: Fragment, operator: Comparison, part: DatePart, index: number): Fragment {
  const start = (at: number) => frag`${boundaryStart(part, at)}`;
  const whole = Number.isInteger(index);
  switch (operator) {
    case '>=':
      return frag`${date} >= ${start(Math.ceil(index))}`;
    case '>':
      return frag`${date} >= ${start(Math.floor(index) + 1)}`;
    case '<':
      return frag`${date} < ${start(Math.ceil(index))}`;
    case '<=':
      return frag`${date} < ${start(Math.floor(index) + 1)}`;
    case '=':
      if (!whole) return incomparable('=', date);
      return frag`(${date} >= ${start(index)} and ${date} < ${start(index + 1)})`;
    case '<>':
      if (!whole) return incomparable('<>', date);
      return frag`(${date} < ${start(index)} or ${date} >= ${start(index + 1)})`;
  }
}
