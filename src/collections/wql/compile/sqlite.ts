import {
  type DatePart,
  daysFromSundayToEpoch,
  fixedUnits,
  millisecondsPerDay,
  monthUnits,
} from '../date-parts.ts';
import type { SqlDialect } from './dialect.ts';
import { type Fragment, frag, raw } from './fragment.ts';
import type { PatternPiece } from './like.ts';

/** SQLite: patterns by GLOB, dates by its date functions (proleptic Gregorian, UTC). */
export const sqliteDialect: SqlDialect = {
  // "unlikely" only tells the planner that few rows match: it then begins with the class that has the pattern, by an
  // index where there is one, instead of looking up each resource there.
  matches: (value, pattern) => frag`unlikely(${value} glob ${pattern.map(glob).join('')})`,
  isOneOf: (value, list) => frag`${value} in (select value from json_each(${JSON.stringify(list)}))`,
  textToNumber,
  numberToText: value =>
    frag`(case when ${value} = cast(${value} as integer) then cast(cast(${value} as integer) as text)
      else cast(${value} as text) end)`,
  textToDate,
  dateToText,
  boundaryIndex,
  addToDate,
  datePart,
  substring,
  joinInOrder: 'cross join',
};

// ── patterns

function glob(piece: PatternPiece): string {
  switch (piece.kind) {
    case 'text':
      return piece.text.replaceAll(/[*?[]/g, '[$&]');
    case 'any':
      return '*';
    case 'one':
      return '?';
    case 'set': {
      // A minus is itself only at the start of a set, so what begins with one comes first.
      const first = piece.ranges.filter(range => range.from === '-' && range.to !== '-');
      const minus = first.length === 0 && piece.ranges.some(range => range.from === '-') ? '-' : '';
      const others = piece.ranges.filter(range => range.from !== '-');
      const members = [...first, ...others].map(({ from, to }) => (from === to ? from : `${from}-${to}`));
      return `[${piece.negated ? '^' : ''}${minus}${members.join('')}]`;
    }
  }
}

// ── conversions

function textToNumber(value: Fragment): Fragment {
  const text = frag`trim(${value})`;
  const digits = frag`ltrim(${text}, '+-')`;
  return frag`(case when length(${text}) - length(${digits}) <= 1 and ${digits} not glob '*[^0-9.]*'
    and ${digits} glob '*[0-9]*' and ${digits} not glob '*.*.*' then cast(${text} as numeric) end)`;
}

function textToDate(value: Fragment): Fragment {
  const text = frag`upper(replace(trim(${value}), 't', ' '))`;
  const day = frag`substr(${text}, 1, 4) || '-' || substr(${text}, 5, 2) || '-' || substr(${text}, 7, 2)`;
  const time = frag`substr(${text}, 9, 2) || ':' || substr(${text}, 11, 2) || ':' || substr(${text}, 13, 2)`;
  const afterMonth = frag`substr(${text}, instr(${text}, '/') + 1)`;
  const afterDay = frag`substr(${afterMonth}, instr(${afterMonth}, '/') + 1)`;
  const american = frag`printf('%04d-%02d-%02d', cast(${afterDay} as integer), cast(${text} as integer),
    cast(${afterMonth} as integer)) || substr(${afterDay}, 5)`;
  const form = (pattern: string, date: Fragment) =>
    frag`when ${text} glob ${raw(`'${pattern}'`)} then ${date}`;
  const d = '[0-9]';
  const iso = form(`${d.repeat(4)}-${d.repeat(2)}-${d.repeat(2)}*`, text);
  const compact = form(d.repeat(8), day);
  const wmi = form(`${d.repeat(14)}.*`, frag`${day} || ' ' || ${time}`);
  const us = form(`${d}*/${d}*/${d.repeat(4)}*`, american);
  return milliseconds(frag`(case ${iso} ${compact} ${wmi} ${us} end)`);
}

// T-SQL counts a start before the first character as characters that are not there.
function substring(value: Fragment, start: Fragment, length: Fragment): Fragment {
  const from = frag`cast(${start} as integer)`;
  const count = frag`max(0, cast(${length} as integer) + min(${from}, 1) - 1)`;
  return frag`rtrim(substr(${value}, max(${from}, 1), ${count}))`;
}

function milliseconds(date: Fragment): Fragment {
  return frag`cast(round(unixepoch(${date}, 'subsec') * 1000) as integer)`;
}

function dateToText(at: Fragment): Fragment {
  const hour = frag`${number('%H', at)}`;
  return frag`(substr('janfebmaraprmayjunjulaugsepoctnovdec', ${number('%m', at)} * 3 - 2, 3) || ' '
    || printf('%2d', ${number('%d', at)}) || ' ' || ${format('%Y', at)} || ' '
    || printf('%2d', (${hour} + 11) % 12 + 1) || ':' || ${format('%M', at)}
    || (case when ${hour} < 12 then 'am' else 'pm' end))`;
}

// ── dates

function format(what: string, at: Fragment): Fragment {
  return frag`strftime(${raw(`'${what}'`)}, ${floorDivide(at, 1000)}, 'unixepoch')`;
}

function number(what: string, at: Fragment): Fragment {
  return frag`cast(${format(what, at)} as integer)`;
}

function floorDivide(value: Fragment, by: number): Fragment {
  return frag`cast(floor((${value}) / ${raw(by.toFixed(1))}) as integer)`;
}

function months(at: Fragment): Fragment {
  return frag`(${number('%Y', at)} * 12 + ${number('%m', at)} - 1)`;
}

function boundaryIndex(part: DatePart, at: Fragment): Fragment {
  const unit = fixedUnits[part];
  if (unit !== undefined) return floorDivide(at, unit);
  if (part === 'week') {
    const day = floorDivide(at, millisecondsPerDay);
    return floorDivide(frag`${day} + ${raw(String(daysFromSundayToEpoch))}`, 7);
  }
  return floorDivide(months(at), monthUnits[part] ?? 1);
}

function addToDate(part: DatePart, amount: Fragment, at: Fragment): Fragment {
  const whole = frag`cast(${amount} as integer)`;
  const unit = fixedUnits[part] ?? (part === 'week' ? 7 * millisecondsPerDay : undefined);
  if (unit !== undefined) return frag`(${at} + ${whole} * ${raw(String(unit))})`;
  const monthsLater = frag`(${whole} * ${raw(String(monthUnits[part] ?? 1))})`;
  const second = floorDivide(at, 1000);
  // "floor" keeps the last day of a shorter month instead of running into the next.
  const moved = frag`unixepoch(${second}, 'unixepoch', ${monthsLater} || ' months', 'floor')`;
  return frag`(${moved} * 1000 + ${at} - ${second} * 1000)`;
}

function datePart(part: DatePart, at: Fragment): Fragment {
  switch (part) {
    case 'year':
      return number('%Y', at);
    case 'quarter':
      return frag`((${number('%m', at)} + 2) / 3)`;
    case 'month':
      return number('%m', at);
    case 'dayofyear':
      return number('%j', at);
    case 'day':
      return number('%d', at);
    case 'weekday':
      return frag`(${number('%w', at)} + 1)`;
    case 'week':
      // Week 1 holds 1 January, weeks begin on Sunday.
      return frag`((${number('%j', at)} + 12 - ${number('%w', at)}) / 7)`;
    case 'hour':
      return number('%H', at);
    case 'minute':
      return number('%M', at);
    case 'second':
      return number('%S', at);
    case 'millisecond':
      return frag`((${at}) - ${floorDivide(at, 1000)} * 1000)`;
  }
}
