import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupLimits, guard } from '../../src/cloudsync/guard.ts';

const limits = { maxRemovals: 500, maxRemovalPercent: 30 };

describe('the guard', () => {
  it.each([
    // size, removals, wanted, held, why
    [3, 1, 2, false, 'the worked example: one of three'],
    [2, 1, 1, false, 'one of two'],
    [9, 8, 1, false, 'a small group may lose any share'],
    [10, 3, 7, false, '30 % of ten is not more than 30 %'],
    [10, 4, 6, true, '40 % of ten'],
    [100, 30, 70, false, 'exactly at the limit'],
    [100, 31, 69, true, 'just over the limit'],
    [10_000, 500, 9_500, false, 'exactly 500'],
    [10_000, 501, 9_499, true, 'more than 500, though only 5 %'],
    [1, 1, 0, true, 'the only member, because the collection became empty'],
    [3, 3, 0, true, 'everybody, because the collection became empty'],
    [3, 3, 3, false, 'everybody is replaced by others'],
    [3, 2, 0, false, 'somebody stays'],
    [0, 0, 0, false, 'nothing to remove'],
    [200_000, 0, 0, false, 'no removal is never held'],
    [0, 1, 0, true, 'a removal of which the list knows nothing, and nobody is wanted'],
  ])('of %i members, %i removed, %i wanted: held %s (%s)', (groupSize, removals, wanted, held) => {
    expect(guard({ groupSize, removals, wanted }, limits).held).toBe(held);
  });

  it('says how many, and what the limit is', () => {
    expect(guard({ groupSize: 10, removals: 4, wanted: 6 }, limits)).toEqual({
      held: true,
      reason: '4 of 10 members (40 %) would be removed; more than 30 % need an approval.',
    });
    expect(guard({ groupSize: 1, removals: 1, wanted: 0 }, limits)).toMatchObject({
      reason: expect.stringContaining('All 1 member would be removed'),
    });
  });

  it('never lets through more when less is let through already', () => {
    const count = fc.integer({ min: 0, max: 2_000 });
    fc.assert(
      fc.property(count, count, count, count, (groupSize, removals, more, wanted) => {
        const less = guard({ groupSize, removals, wanted }, limits).held;
        return !less || guard({ groupSize, removals: removals + more, wanted }, limits).held;
      }),
    );
  });
});

describe('the limits of a group', () => {
  it.each([
    [[], { maxRemovals: 500, maxRemovalPercent: 30 }],
    [[{ maxRemovals: null, maxRemovalPercent: null }], { maxRemovals: 500, maxRemovalPercent: 30 }],
    [[{ maxRemovals: 2_000, maxRemovalPercent: 80 }], { maxRemovals: 2_000, maxRemovalPercent: 80 }],
    [
      [
        { maxRemovals: 2_000, maxRemovalPercent: null },
        { maxRemovals: null, maxRemovalPercent: 5 },
      ],
      { maxRemovals: 500, maxRemovalPercent: 5 },
    ],
  ])('of mappings %j are %j', (mappings, expected) => {
    expect(groupLimits(limits, mappings)).toEqual(expected);
  });
});
