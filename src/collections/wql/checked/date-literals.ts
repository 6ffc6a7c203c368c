// The forms in which administrators write dates. What bears no time zone is read as UTC, as dates are stored.

const iso =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
const compact = /^(\d{4})(\d{2})(\d{2})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?)?$/;
/** WMI's own form (DMTF): 20200131235959.000000+060, the offset in minutes; *** where it is left open. */
const dmtf = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})\.(\d{6}|\*{6})([+-]\d{3}|[+-]?\*{3})$/;
const american =
  /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?\s*(am|pm)?)?$/i;

/** Milliseconds since 1970 UTC of a date as text, or undefined when it is none. '' is 1900-01-01, as in T-SQL. */
export function parseDate(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return Date.UTC(1900, 0, 1);
  const form = iso.exec(trimmed);
  if (form) {
    const [, year, month, day, hour, minute, second, fraction, zone] = form;
    const at = instant([year, month, day, hour, minute, second], fraction);
    return at === undefined ? undefined : at - zoneOffset(zone);
  }
  const dense = compact.exec(trimmed);
  if (dense) {
    const [, year, month, day, hour, minute, second, fraction] = dense;
    return instant([year, month, day, hour, minute, second], fraction);
  }
  const wmi = dmtf.exec(trimmed);
  if (wmi) {
    const [, year, month, day, hour, minute, second, fraction, offset] = wmi;
    const at = instant([year, month, day, hour, minute, second], fraction?.replaceAll('*', '0'));
    const minutes = Number(offset);
    return at === undefined ? undefined : at - (Number.isNaN(minutes) ? 0 : minutes * 60_000);
  }
  const us = american.exec(trimmed);
  if (us) {
    const [, month, day, year, hour, minute, second, fraction, half] = us;
    return instant([year, month, day, hourOfDay(hour, half), minute, second], fraction);
  }
  return undefined;
}

function instant(fields: (string | undefined)[], fraction: string | undefined): number | undefined {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = fields.map(field =>
    Number(field ?? 0),
  );
  const milliseconds = Math.floor(Number(`0.${fraction ?? '0'}`) * 1000);
  const at =
    new Date(0).setUTCFullYear(year, month - 1, day) + hour * 3_600_000 + minute * 60_000 + second * 1000;
  const read = new Date(at);
  const exists =
    read.getUTCFullYear() === year &&
    read.getUTCMonth() === month - 1 &&
    read.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  return exists ? at + milliseconds : undefined;
}

function zoneOffset(zone: string | undefined): number {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) * 60_000;
}

function hourOfDay(hour: string | undefined, half: string | undefined): string | undefined {
  if (hour === undefined || half === undefined) return hour;
  const twelve = Number(hour) % 12;
  return String(half.toLowerCase() === 'pm' ? twelve + 12 : twelve);
}
