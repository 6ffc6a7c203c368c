const times = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** An instant as the user's own place writes it; empty for none. */
export function formatTime(instant: string | null | undefined): string {
  return instant ? times.format(new Date(instant)) : '';
}

const shortTimes = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
});

/** An instant of the last weeks, where there is little room; empty for none. */
export function formatShortTime(instant: string | null | undefined): string {
  return instant ? shortTimes.format(new Date(instant)) : '';
}

/** How long something took, in the largest unit that says it; empty while it goes on. */
export function formatDuration(from: string, to: string | null): string {
  if (to === null) return '';
  const seconds = (Date.parse(to) - Date.parse(from)) / 1_000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(seconds / 3_600)} h ${Math.round((seconds % 3_600) / 60)} min`;
}

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** The day of an instant; empty for none. */
export function formatDate(instant: string | null | undefined): string {
  return instant ? dates.format(new Date(instant)) : '';
}
