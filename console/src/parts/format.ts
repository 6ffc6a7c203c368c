const times = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** An instant as the user's own place writes it; empty for none. */
export function formatTime(instant: string | null | undefined): string {
  return instant ? times.format(new Date(instant)) : '';
}
