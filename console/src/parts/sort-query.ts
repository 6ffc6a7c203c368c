import type { Sort } from './columns.ts';

/** How the API is asked to sort a list; nothing for its own order. */
export function sortQuery(sort: Sort | null): { sort?: string } {
  return sort ? { sort: `${sort.descending ? '-' : ''}${sort.by}` } : {};
}
