import type { DatePart } from '../date-parts.ts';
import type { Comparison } from '../parse/tree.ts';
import { type Fragment, frag, raw } from './fragment.ts';
import type { PatternPiece } from './like.ts';

/** How one database says what SQL has no common words for. One file of this shape for each. */
export interface SqlDialect {
  /** Whether text matches a pattern; NULL for NULL. */
  matches(value: Fragment, pattern: readonly PatternPiece[]): Fragment;
  /** Whether a value is one of many, given as one parameter however many they are. */
  isOneOf(value: Fragment, list: readonly (string | number)[]): Fragment;
  /** Text as a number; NULL where it is none. */
  textToNumber(value: Fragment): Fragment;
  /** A number as text, whole ones without a fraction. */
  numberToText(value: Fragment): Fragment;
  /** Text as milliseconds since 1970; NULL where it is no date. */
  textToDate(value: Fragment): Fragment;
  /** Milliseconds since 1970 as T-SQL writes a date by itself: "jan  1 2020 12:00am", folded. */
  dateToText(value: Fragment): Fragment;
  /** How many boundaries of a part lie before an instant: see boundaryIndex. */
  boundaryIndex(part: DatePart, at: Fragment): Fragment;
  /** An instant some parts later: see addToDate. */
  addToDate(part: DatePart, amount: Fragment, at: Fragment): Fragment;
  /** A part of an instant as a number, as T-SQL counts them (Sunday is 1). */
  datePart(part: DatePart, at: Fragment): Fragment;
  /** Part of a text; the first character is 1. */
  substring(value: Fragment, start: Fragment, length: Fragment): Fragment;
  /** Joins a table so that what stands before it is read first, once a row of it. */
  readonly joinInOrder: string;
}

/** `left operator right`. */
export function comparison(left: Fragment, operator: Comparison, right: Fragment): Fragment {
  return frag`${left} ${raw(operator)} ${right}`;
}
