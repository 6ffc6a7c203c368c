import { describe, expect, it } from 'vitest';
import { day, filled, spans } from '../../console/src/overview/spans.ts';

const now = new Date('2026-03-10T14:20:00.000Z');
const point = (at: string) => ({
  at,
  runs: 2,
  failedRuns: 0,
  heldRuns: 0,
  added: 7,
  removed: 1,
  failed: 0,
  requests: 9,
  writes: 3,
});

describe('the time that charts show', () => {
  it('ends with the present hour, and has zeros where nothing ran', () => {
    const points = filled([point('2026-03-10T14:00:00.000Z'), point('2026-03-10T11:00:00.000Z')], day, now);
    expect(points).toHaveLength(24);
    expect(points.at(-1)).toMatchObject({ at: '2026-03-10T14:00:00.000Z', added: 7 });
    expect(points.at(-2)).toMatchObject({ at: '2026-03-10T13:00:00.000Z', runs: 0, added: 0 });
    expect(points.at(-4)).toMatchObject({ added: 7 });
  });

  it.each(spans)('is divided evenly: $title', span => {
    const starts = filled([], span, now).map(each => Date.parse(each.at));
    const step = span.bucket === 'hour' ? 3_600_000 : 86_400_000;
    expect(starts.slice(1).every((start, index) => start - (starts[index] ?? 0) === step)).toBe(true);
    expect(starts).toHaveLength((span.hours * 3_600_000) / step);
  });
});
