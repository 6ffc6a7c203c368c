/** A page of a list that is read by cursor: where it begins, and how to ask for it. */
export interface Mark {
  /** Index of its first row. */
  start: number;
  /** Absent for the first page. */
  cursor: string | undefined;
  /** How many rows are asked for. */
  limit: number;
}

/** What is known of a list's pages. The last mark is the frontier, unless the end has been seen. */
export interface Marks {
  pages: readonly Mark[];
  /** How many rows the list has; null while its end has not been seen. */
  end: number | null;
}

/** The API gives no more in one answer. */
const largest = 10_000;

export const noMarks = (pageSize: number): Marks => ({
  pages: [{ start: 0, cursor: undefined, limit: pageSize }],
  end: null,
});

/**
 * What is known once a page has answered. A page that ends elsewhere than before makes the ones behind it unknown.
 * @param wanted the last row in view: towards one that is far away the next page is a large one
 */
export function learn(
  marks: Marks,
  index: number,
  answer: { count: number; next: string | null },
  pageSize: number,
  wanted: number,
): Marks {
  const page = marks.pages[index];
  if (!page) return marks;
  const start = page.start + answer.count;
  const following = marks.pages[index + 1];
  if (answer.next === null) {
    if (marks.end === start && !following) return marks;
    return { pages: marks.pages.slice(0, index + 1), end: start };
  }
  if (following?.cursor === answer.next && following.start === start) return marks;
  const far = wanted - start;
  const limit = far > 2 * pageSize ? Math.min(largest, Math.ceil((far + 1) / pageSize) * pageSize) : pageSize;
  return { pages: [...marks.pages.slice(0, index + 1), { start, cursor: answer.next, limit }], end: null };
}

/** The pages to have at hand for the rows in view: those that hold them, and the frontier where they lie beyond it. */
export function pagesFor(marks: Marks, first: number, last: number): number[] {
  const found = marks.pages.flatMap((page, index) =>
    page.start <= last && page.start + page.limit > first ? [index] : [],
  );
  if (found.length > 0) return found;
  return [marks.pages.length - 1];
}
