import { millisecondsPerDay } from '../date-parts.ts';
import type { Expression, ValueType } from './checked.ts';
import { parseDate } from './date-literals.ts';

// T-SQL converts the side of lower precedence before it compares: text becomes a date or a number, a number
// becomes a date. Where T-SQL would stop at a value that can not be converted, that value is just not equal.

const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/;

/** The number that text means, 'true' and 'false' included, or undefined. */
function textToNumber(text: string): number | undefined {
  const trimmed = text.trim();
  if (decimal.test(trimmed)) return Number(trimmed);
  const lower = trimmed.toLowerCase();
  if (lower === 'true') return 1;
  return lower === 'false' ? 0 : undefined;
}

/** Day 0 of T-SQL's datetime, which numbers count from: 1900-01-01. */
export const firstDay = -2_208_988_800_000;

/** The type in which two values are compared. */
export function commonType(left: ValueType, right: ValueType): ValueType {
  if (left === 'datetime' || right === 'datetime') return 'datetime';
  if (left === 'string' && right === 'string') return 'string';
  return 'number';
}

/**
 * The expression as a type. Constants are converted at once: undefined when a constant has no value of that type.
 */
export function convert(expression: Expression, type: ValueType): Expression | undefined {
  const from = family(expression.type);
  const to = family(type);
  if (expression.kind === 'literal') return convertLiteral(expression.value, from, to);
  return from === to ? expression : { kind: 'convert', value: expression, type: to };
}

function convertLiteral(
  value: string | number | null,
  from: ValueType,
  to: ValueType,
): Expression | undefined {
  if (value === null || from === to) return { kind: 'literal', type: to, value };
  const converted = convertConstant(value, from, to);
  return converted === undefined ? undefined : { kind: 'literal', type: to, value: converted };
}

function convertConstant(
  value: string | number,
  from: ValueType,
  to: ValueType,
): string | number | undefined {
  if (to === 'string') return String(value);
  if (typeof value === 'string') return to === 'number' ? textToNumber(value) : parseDate(value);
  if (to === 'datetime') return firstDay + value * millisecondsPerDay;
  return from === 'datetime' ? (value - firstDay) / millisecondsPerDay : value;
}

/** Booleans are numbers when they are compared. */
export function family(type: ValueType): 'string' | 'number' | 'datetime' {
  return type === 'boolean' ? 'number' : type;
}
