import type { Overview } from '../../../src/api/contract/index.ts';

/** A stretch of time that charts show, and how it is divided. */
export interface Span {
  title: string;
  hours: number;
  bucket: 'hour' | 'day';
}

export const day: Span = { title: '24 hours', hours: 24, bucket: 'hour' };
export const spans: readonly Span[] = [
  day,
  { title: '7 days', hours: 7 * 24, bucket: 'day' },
  { title: '30 days', hours: 30 * 24, bucket: 'day' },
];

export type Point = Overview['activity']['points'][number];

const hourMs = 60 * 60_000;
const idle = {
  runs: 0,
  failedRuns: 0,
  heldRuns: 0,
  added: 0,
  removed: 0,
  failed: 0,
  requests: 0,
  writes: 0,
};

/**
 * Every part of a span up to now, the oldest first: where nothing ran, with zeros.
 * @param points as the API gives them, at the beginnings of hours or days in UTC
 */
export function filled(points: readonly Point[], { hours, bucket }: Span, now: Date): Point[] {
  const step = bucket === 'hour' ? hourMs : 24 * hourMs;
  const known = new Map(points.map(point => [Date.parse(point.at), point]));
  const last = Math.floor(now.getTime() / step) * step;
  const count = Math.ceil((hours * hourMs) / step);
  return Array.from({ length: count }, (_, index) => {
    const at = last - (count - 1 - index) * step;
    return known.get(at) ?? { at: new Date(at).toISOString(), ...idle };
  });
}

const hours = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const days = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });

/** When a part of a span begins, in words. */
export function labelOf({ at }: Point, { bucket }: Span): string {
  return (bucket === 'hour' ? hours : days).format(new Date(at));
}
