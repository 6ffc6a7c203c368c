import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learn, type Marks, noMarks, pagesFor } from '../../console/src/parts/marks.ts';

const pageSize = 100;

/** A list of so many rows that answers as the API does: a cursor is the place it stands for. */
function answerOf(length: number, marks: Marks, index: number) {
  const page = marks.pages[index];
  if (!page) throw new Error(`no page ${index}`);
  const start = Number(page.cursor ?? 0);
  const end = Math.min(length, start + page.limit);
  return { count: end - start, next: end < length ? String(end) : null };
}

/** Reads what is needed until the rows in view are known; gives how many pages that took. */
function readUntilKnown(length: number, first: number, last: number, from = noMarks(pageSize)) {
  let marks = from;
  for (let reads = 0; ; ) {
    const before = marks;
    for (const index of pagesFor(marks, first, last)) {
      reads += 1;
      marks = learn(marks, index, answerOf(length, marks, index), pageSize, last);
    }
    if (marks === before) return { marks, reads };
  }
}

describe('the pages of a long list', () => {
  it('are not read beyond what is in view and where the next one begins', () => {
    const { marks } = readUntilKnown(10_000, 0, 40);
    expect(marks.pages.map(page => page.start)).toEqual([0, 100]);
    expect(pagesFor(marks, 0, 40)).toEqual([0]);
    expect(pagesFor(marks, 90, 130)).toEqual([0, 1]);
  });

  it('are large on the way to a row that is far away', () => {
    const { marks, reads } = readUntilKnown(200_000, 199_950, 199_999);
    expect(marks.end).toBe(200_000);
    expect(reads).toBeLessThan(50);
  });

  it('behind one that has become another are forgotten', () => {
    const { marks } = readUntilKnown(1_000, 250, 290);
    const changed = learn(marks, 0, { count: 100, next: '105' }, pageSize, 290);
    expect(changed.pages.map(page => page.cursor)).toEqual([undefined, '105']);
    expect(changed.end).toBeNull();
  });

  it('are known to end once the last one has been seen, also when the list has shrunk', () => {
    const { marks } = readUntilKnown(250, 0, 240);
    expect(marks.end).toBe(250);
    const shrunk = learn(marks, 1, { count: 40, next: null }, pageSize, 240);
    expect(shrunk.end).toBe(140);
    expect(shrunk.pages).toHaveLength(2);
  });

  it('hold every row in view, whatever is looked at in whatever order', () => {
    const views = fc.array(fc.nat(5_000), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.nat(5_000), views, (length, firsts) => {
        let marks = noMarks(pageSize);
        for (const first of firsts) {
          marks = readUntilKnown(length, first, first + 40, marks).marks;
          const pages = pagesFor(marks, first, first + 40).flatMap(index => marks.pages[index] ?? []);
          for (let row = first; row <= first + 40 && row < length; row += 1) {
            expect(pages.some(page => page.start <= row && row < page.start + page.limit)).toBe(true);
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});
