import type { Sort } from './columns.ts';

/** How a list is sorted, as its query says it to the API. */
export function sorted(sort: Sort | null): { sort?: string } {
  return sort ? { sort: `${sort.descending ? '-' : ''}${sort.by}` } : {};
}

/** A sort as `sorted` writes it, such as in an address; null for none. */
export function sortOf(text: string | null): Sort | null {
  if (!text) return null;
  return text.startsWith('-') ? { by: text.slice(1), descending: true } : { by: text, descending: false };
}
