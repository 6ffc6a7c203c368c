/** The parts of a date that DateDiff, DateAdd and DatePart know. */
export type DatePart =
  | 'year'
  | 'quarter'
  | 'month'
  | 'dayofyear'
  | 'day'
  | 'week'
  | 'weekday'
  | 'hour'
  | 'minute'
  | 'second'
  | 'millisecond';

/** T-SQL's names and abbreviations of the parts of a date. */
const names: Readonly<Record<DatePart, string>> = {
  year: 'year yyyy yy',
  quarter: 'quarter qq q',
  month: 'month mm m',
  dayofyear: 'dayofyear dy y',
  day: 'day dd d',
  week: 'week wk ww',
  weekday: 'weekday dw w',
  hour: 'hour hh',
  minute: 'minute mi n',
  second: 'second ss s',
  millisecond: 'millisecond ms',
};

const partByName = new Map<string, DatePart>(
  Object.entries(names).flatMap(([part, spellings]) =>
    spellings.split(' ').map(spelling => [spelling, part as DatePart] as const),
  ),
);

/** The part that a name or abbreviation means, or undefined. */
export function datePart(name: string): DatePart | undefined {
  return partByName.get(name.trim().toLowerCase());
}

/** All spellings, for a near name in an error. */
export function datePartNames(): string[] {
  return [...partByName.keys()];
}

export const millisecondsPerDay = 86_400_000;

/** Units of constant length, in milliseconds. */
export const fixedUnits: Readonly<Partial<Record<DatePart, number>>> = {
  dayofyear: millisecondsPerDay,
  day: millisecondsPerDay,
  weekday: millisecondsPerDay,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
};

/** Day 0 of our epoch was a Thursday; DateDiff counts weeks by Sundays, whatever the first day of the week is. */
export const daysFromSundayToEpoch = 4;

/** Months in a year, a quarter and a month. */
export const monthUnits: Readonly<Partial<Record<DatePart, number>>> = { year: 12, quarter: 3, month: 1 };

/**
 * How many boundaries of a part lie before an instant, from some fixed origin: DateDiff is the difference of two.
 * @param at milliseconds since 1970 UTC
 */
export function boundaryIndex(part: DatePart, at: number): number {
  const unit = fixedUnits[part];
  if (unit !== undefined) return Math.floor(at / unit);
  if (part === 'week') return Math.floor((Math.floor(at / millisecondsPerDay) + daysFromSundayToEpoch) / 7);
  const date = new Date(at);
  return Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth()) / (monthUnits[part] ?? 1));
}

// Beyond every date that can be stored, still exact as a number.
const beyond = 9e15;

/** The first instant with this boundary index: the inverse of boundaryIndex. Clamped beyond the range of dates. */
export function boundaryStart(part: DatePart, index: number): number {
  const unit = fixedUnits[part];
  const clamp = (at: number) => (Number.isNaN(at) ? Math.sign(index) * beyond : at);
  if (unit !== undefined) return Math.max(-beyond, Math.min(beyond, index * unit));
  if (part === 'week') {
    return Math.max(-beyond, Math.min(beyond, (index * 7 - daysFromSundayToEpoch) * millisecondsPerDay));
  }
  const months = index * (monthUnits[part] ?? 1);
  return clamp(utc(Math.floor(months / 12), months - Math.floor(months / 12) * 12));
}

/** DateAdd: `amount` parts later; the day of a month is cut to the length of that month, as in T-SQL. */
export function addToDate(part: DatePart, amount: number, at: number): number {
  // T-SQL drops the fraction of the number given.
  const whole = Math.trunc(amount);
  const unit = fixedUnits[part] ?? (part === 'week' ? 7 * millisecondsPerDay : undefined);
  if (unit !== undefined) return at + whole * unit;
  const date = new Date(at);
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth() + whole * (monthUnits[part] ?? 1);
  const year = Math.floor(months / 12);
  const month = months - year * 12;
  const lastDay = new Date(utc(year, month + 1) - millisecondsPerDay).getUTCDate();
  const midnight = utc(year, month) + (Math.min(date.getUTCDate(), lastDay) - 1) * millisecondsPerDay;
  return midnight + (at - Math.floor(at / millisecondsPerDay) * millisecondsPerDay);
}

/** The first instant of a month. Date.UTC would read years below 100 as 19xx. */
function utc(year: number, month: number): number {
  return new Date(0).setUTCFullYear(year, month, 1);
}
