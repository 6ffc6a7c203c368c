import type { TestResource, Value } from './site.ts';

// A second reading of what WQL means, on purpose without anything of the product: every combination of rows is
// looked at, one after the other, in plain JavaScript.

export type Truth = true | false | null;
export type Literal = string | number | boolean | null;

/** A property of an alias; `array` where it holds several values a resource. */
export interface Property {
  alias: string;
  name: string;
  type: 'string' | 'integer' | 'boolean' | 'datetime' | 'id';
  array?: boolean;
}

export type Operator = '=' | '<>' | '<' | '>' | '<=' | '>=';

export type NaiveCondition =
  | { kind: 'and' | 'or'; items: NaiveCondition[] }
  | { kind: 'not'; item: NaiveCondition }
  | { kind: 'compare'; property: Property; operator: Operator; literal: Literal }
  | { kind: 'columns'; left: Property; operator: Operator; right: Property }
  | { kind: 'like'; property: Property; pattern: string; negated: boolean }
  | { kind: 'in'; property: Property; list: Literal[]; negated: boolean }
  | { kind: 'null'; property: Property; negated: boolean }
  | { kind: 'diff'; part: string; property: Property; operator: Operator; count: number }
  | { kind: 'in-select'; property: Property; select: NaiveSelect; negated: boolean };

export interface NaiveSource {
  className: string;
  alias: string;
  join: 'from' | 'inner' | 'left' | 'right' | 'full';
  on: NaiveCondition | undefined;
}

export interface NaiveSelect {
  sources: NaiveSource[];
  where: NaiveCondition | undefined;
  output: Property;
}

interface Row {
  id: number;
  values: Record<string, Value | Value[]>;
}
type Rows = Record<string, Row | null>;
type Single = string | number | boolean | null;

/** The resources that a select yields, each once, ascending. */
export function naiveMembers(select: NaiveSelect, resources: readonly TestResource[], now: Date): number[] {
  const found = outputs(select, resources, now).filter(value => value !== null);
  return [...new Set(found.map(Number))].sort((a, b) => a - b);
}

function outputs(select: NaiveSelect, resources: readonly TestResource[], now: Date): Single[] {
  let combinations: Rows[] = [{}];
  for (const source of select.sources) combinations = joined(combinations, source, resources, now);
  return combinations
    .filter(rows => !select.where || truth(select.where, rows, resources, now) === true)
    .flatMap(rows => {
      const values = valuesOf(select.output, rows);
      return values.length === 0 ? [null] : values;
    });
}

function joined(before: Rows[], source: NaiveSource, resources: readonly TestResource[], now: Date): Rows[] {
  const rows = resources.flatMap(resource =>
    (resource.rows[source.className] ?? []).map((values): Row => ({ id: resource.id, values })),
  );
  const result: Rows[] = [];
  const matched = new Set<Row>();
  for (const combination of before) {
    let any = false;
    for (const row of rows) {
      const next = { ...combination, [source.alias]: row };
      if (source.on && truth(source.on, next, resources, now) !== true) continue;
      any = true;
      matched.add(row);
      result.push(next);
    }
    if (!any && (source.join === 'left' || source.join === 'full')) {
      result.push({ ...combination, [source.alias]: null });
    }
  }
  if (source.join === 'right' || source.join === 'full') {
    const nothing = Object.fromEntries(Object.keys(before[0] ?? {}).map(alias => [alias, null]));
    for (const row of rows) if (!matched.has(row)) result.push({ ...nothing, [source.alias]: row });
  }
  return result;
}

function truth(condition: NaiveCondition, rows: Rows, resources: readonly TestResource[], now: Date): Truth {
  const of = (item: NaiveCondition) => truth(item, rows, resources, now);
  switch (condition.kind) {
    case 'and': {
      const all = condition.items.map(of);
      return all.includes(false) ? false : all.includes(null) ? null : true;
    }
    case 'or': {
      const all = condition.items.map(of);
      return all.includes(true) ? true : all.includes(null) ? null : false;
    }
    case 'not':
      return negate(of(condition.item));
    case 'null':
      return (valuesOf(condition.property, rows).length === 0) !== condition.negated;
    case 'compare':
      return anyOf(condition.property, rows, value =>
        compareLiteral(value, condition.property.type, condition.operator, condition.literal),
      );
    case 'columns':
      return anyOf(condition.left, rows, left =>
        anyOf(condition.right, rows, right => order(comparable(left), comparable(right), condition.operator)),
      );
    case 'like':
      return anyOf(condition.property, rows, value => {
        const text = typeof value === 'boolean' ? String(Number(value)) : String(value);
        return matches([...fold(text)], [...foldLetters(condition.pattern)]) !== condition.negated;
      });
    case 'in':
      return anyOf(condition.property, rows, value => {
        const each = condition.list.map(literal =>
          literal === null ? null : compareLiteral(value, condition.property.type, '=', literal),
        );
        const found = each.includes(true) ? true : each.includes(null) ? null : false;
        return condition.negated ? negate(found) : found;
      });
    case 'diff':
      return anyOf(condition.property, rows, value => {
        const difference =
          boundaries(condition.part, now) - boundaries(condition.part, new Date(String(value)));
        return order(difference, condition.count, condition.operator);
      });
    case 'in-select': {
      const list = outputs(condition.select, resources, now);
      // Nothing is in an empty list, not even what is unknown.
      if (list.length === 0 && !condition.property.array) return condition.negated;
      return anyOf(condition.property, rows, value => {
        const each = list.map(item =>
          item === null ? null : order(comparable(value), comparable(item), '='),
        );
        const found = each.includes(true) ? true : each.includes(null) ? null : false;
        return condition.negated ? negate(found) : found;
      });
    }
  }
}

function negate(value: Truth): Truth {
  return value === null ? null : !value;
}

/** Any value that meets the test decides; no value at all is unknown. */
function anyOf(property: Property, rows: Rows, test: (value: Exclude<Single, null>) => Truth): Truth {
  const values = valuesOf(property, rows).filter(value => value !== null);
  if (values.length === 0) return null;
  const results = values.map(test);
  if (results.includes(true)) return true;
  return results.every(result => result === null) ? null : false;
}

function valuesOf(property: Property, rows: Rows): Single[] {
  const row = rows[property.alias];
  if (!row) return [];
  if (property.type === 'id') return [row.id];
  const value = row.values[property.name] ?? null;
  return (Array.isArray(value) ? value : [value]).filter(item => item !== null);
}

function compareLiteral(
  value: Exclude<Single, null>,
  type: Property['type'],
  operator: Operator,
  literal: Literal,
): Truth {
  if (literal === null) return null;
  if (type === 'string') {
    if (typeof literal === 'string') return order(comparable(value), fold(literal), operator);
    if (typeof literal === 'boolean') {
      const same = fold(String(value)) === String(literal) || fold(String(value)) === String(Number(literal));
      return operator === '='
        ? same
        : operator === '<>'
          ? !same
          : numeric(storedNumber(String(value)), Number(literal), operator);
    }
    return numeric(storedNumber(String(value)), literal, operator);
  }
  if (type === 'datetime') {
    return order(new Date(String(value)).getTime(), new Date(String(literal)).getTime(), operator);
  }
  const other = typeof literal === 'string' ? toNumber(literal) : Number(literal);
  return numeric(Number(value), other, operator);
}

/** What is no number is not equal to one, and neither less nor greater. */
function numeric(left: number, right: number, operator: Operator): Truth {
  if (Number.isNaN(left) || Number.isNaN(right)) {
    return operator === '=' ? false : operator === '<>' ? true : null;
  }
  return order(left, right, operator);
}

/** The number that a constant means; the words count. */
function toNumber(text: string): number {
  const trimmed = text.trim();
  if (/^(true|false)$/i.test(trimmed)) return trimmed.toLowerCase() === 'true' ? 1 : 0;
  return storedNumber(trimmed);
}

/** The number that stored text means. */
function storedNumber(text: string): number {
  const trimmed = text.trim();
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(trimmed) ? Number(trimmed) : Number.NaN;
}

function comparable(value: Exclude<Single, null>): string | number {
  if (typeof value === 'string')
    return /^\d{4}-\d\d-\d\dT/.test(value) ? new Date(value).getTime() : fold(value);
  return Number(value);
}

function order(left: string | number, right: string | number, operator: Operator): Truth {
  const compared =
    typeof left === 'number' && typeof right === 'number'
      ? Math.sign(left - right)
      : Buffer.compare(Buffer.from(String(left)), Buffer.from(String(right)));
  switch (operator) {
    case '=':
      return compared === 0;
    case '<>':
      return compared !== 0;
    case '<':
      return compared < 0;
    case '>':
      return compared > 0;
    case '<=':
      return compared <= 0;
    case '>=':
      return compared >= 0;
  }
}

function foldLetters(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

function fold(text: string): string {
  return foldLetters(text).replace(/\s+$/, '');
}

/** LIKE by trying every way to match. */
function matches(text: string[], pattern: string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return text.length === 0;
  if (first === '%') {
    for (let skip = 0; skip <= text.length; skip++) if (matches(text.slice(skip), rest)) return true;
    return false;
  }
  if (first === '[') {
    const end = rest.indexOf(']');
    const c = text[0];
    if (end < 0 || c === undefined) return false;
    return inSet(c, rest.slice(0, end)) && matches(text.slice(1), rest.slice(end + 1));
  }
  if (text.length === 0 || (first !== '_' && first !== text[0])) return false;
  return matches(text.slice(1), rest);
}

function inSet(c: string, set: string[]): boolean {
  if (set[0] === '^') return !inSet(c, ['', ...set.slice(1)]);
  const members = set[0] === '' ? set.slice(1) : set;
  for (let i = 0; i < members.length; i++) {
    const from = members[i] ?? '';
    const to = members[i + 1] === '-' ? members[i + 2] : undefined;
    if (to !== undefined) {
      if (c >= from && c <= to) return true;
      i += 2;
    } else if (c === from) {
      return true;
    }
  }
  return false;
}

/** Counts the boundaries since year 0 by the calendar of the machine's Date. */
function boundaries(part: string, date: Date): number {
  switch (part) {
    case 'year':
      return date.getUTCFullYear();
    case 'quarter':
      return date.getUTCFullYear() * 4 + Math.floor(date.getUTCMonth() / 3);
    case 'month':
      return date.getUTCFullYear() * 12 + date.getUTCMonth();
    case 'week': {
      const sunday = new Date(date);
      sunday.setUTCHours(0, 0, 0, 0);
      sunday.setUTCDate(sunday.getUTCDate() - sunday.getUTCDay());
      return Math.round(sunday.getTime() / 604_800_000);
    }
    case 'day':
      return new Date(date).setUTCHours(0, 0, 0, 0) / 86_400_000;
    case 'hour':
      return new Date(date).setUTCMinutes(0, 0, 0) / 3_600_000;
    default:
      throw new Error(`the generator makes no ${part}`);
  }
}
