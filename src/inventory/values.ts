import { fold } from '../base/index.ts';
import type { PropertyType, SqlValue } from '../store/index.ts';
import type { Scalar } from './record.ts';

// yyyy-mm-dd, optionally with a time and an offset.
const isoPattern =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?)?$/i;
// CIM datetime: yyyymmddHHMMSS.mmmmmm±UUU, the offset in minutes (DMTF DSP0004); + * * * where it is not known.
const dmtfPattern = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\.(\d{6})([+-])(\d{3}|\*\*\*)$/;
const integerPattern = /^\s*[+-]?\d{1,16}\s*$/;
const numberPattern = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?\s*$/i;

/**
 * The instant that a text names, in milliseconds since 1970 UTC: ISO 8601 or CIM datetime. A time without an offset
 * is taken as UTC. Undefined when the text is no date.
 */
export function parseDate(text: string): number | undefined {
  const first = text.charCodeAt(0);
  // Nearly all text is no date; one look at its first character and length says so.
  if (first < 48 || first > 57 || text.length < 10 || text.length > 40) return undefined;
  return parseIso(text) ?? parseDmtf(text);
}

function parseIso(text: string): number | undefined {
  const match = isoPattern.exec(text);
  if (!match) return undefined;
  const fraction = match[7];
  const milliseconds = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000);
  return instant(match, milliseconds, isoOffset(match[8]));
}

function isoOffset(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z' || zone === 'z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}

function parseDmtf(text: string): number | undefined {
  const match = dmtfPattern.exec(text);
  if (!match) return undefined;
  const [, , , , , , , micros, sign, zone] = match;
  const offset = zone === '***' ? 0 : Number(zone) * (sign === '-' ? -1 : 1);
  return instant(match, Math.floor(Number(micros) / 1000), offset);
}

/** The instant of a match whose groups 1 to 6 are year to second; undefined when there is no such day or time. */
function instant(match: RegExpExecArray, milliseconds: number, offsetMinutes: number): number | undefined {
  const year = Number(match[1]);
  const month = Number(match[2]);
  const day = Number(match[3]);
  const hour = Number(match[4] ?? 0);
  const minute = Number(match[5] ?? 0);
  const second = Number(match[6] ?? 0);
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59 || year < 100) return undefined;
  return Date.UTC(year, month - 1, day, hour, minute, second, milliseconds) - offsetMinutes * 60_000;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The type that a value shows by itself, for a property that nobody has described. */
export function inferType(value: Scalar): PropertyType {
  switch (typeof value) {
    case 'boolean':
      return 'boolean';
    case 'number':
      return Number.isSafeInteger(value) ? 'integer' : 'real';
    default:
      return parseDate(value) === undefined ? 'string' : 'datetime';
  }
}

/** The narrowest type that holds the values of both: integers are reals; everything else meets in text only. */
export function widerType(a: PropertyType, b: PropertyType): PropertyType {
  if (a === b) return a;
  const numeric = (type: PropertyType) => type === 'integer' || type === 'real';
  return numeric(a) && numeric(b) ? 'real' : 'string';
}

/**
 * The form in which a value of a property of this type is stored for queries. Null when the value can not be read as
 * that type: a standard class says "integer" and the value is "n/a"; the document still shows it.
 */
export function encodeValue(type: PropertyType, value: Scalar): SqlValue {
  switch (type) {
    case 'string':
      return typeof value === 'string' ? fold(value) : String(value).toLowerCase();
    case 'integer':
      return encodeInteger(value);
    case 'real':
      return encodeReal(value);
    case 'boolean':
      return encodeBoolean(value);
    case 'datetime':
      return typeof value === 'string' ? (parseDate(value) ?? null) : null;
  }
}

function encodeInteger(value: Scalar): number | null {
  if (typeof value === 'number') return Number.isInteger(value) ? value : null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (integerPattern.test(value)) return Number(value);
  const word = value.trim().toLowerCase();
  return word === 'true' ? 1 : word === 'false' ? 0 : null;
}

function encodeReal(value: Scalar): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (!numberPattern.test(value)) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

function encodeBoolean(value: Scalar): number | null {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return value === 0 ? 0 : 1;
  switch (value.trim().toLowerCase()) {
    case 'true':
    case '1':
    case 'yes':
      return 1;
    case 'false':
    case '0':
    case 'no':
      return 0;
    default:
      return null;
  }
}
