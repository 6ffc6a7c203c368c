import { type QueryKey, useQueries } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { learn, type Mark, type Marks, noMarks, pagesFor } from './marks.ts';
import type { RowSource } from './rows.ts';

interface Answer<Row> {
  items: Row[];
  next: string | null;
  total?: number | undefined;
}

/** What a page is asked for with; the first one also how many rows there are on all. */
export interface PageQuery {
  after?: string;
  limit: number;
  total?: boolean;
}

interface PagesOptions<Row> {
  /** Of the query; another key is another list. */
  key: QueryKey;
  read: (page: PageQuery, signal: AbortSignal) => Promise<Answer<Row>>;
  pageSize: number;
  /** How many rows there are, where that is known beforehand; the first page's answer may know of more. */
  total?: number;
}

/** What has been learnt of the list that a key names. */
interface Known {
  name: string;
  marks: Marks;
  total: number;
}

/** A list in pages, as its pages are read. */
export interface Pages<Row> extends RowSource<Row> {
  isPending: boolean;
  error: Error | null;
}

/**
 * Reads of a list only the pages in view and the next one: what is out of view is neither held nor read again when
 * something changes.
 */
export function usePages<Row>({ key, read, pageSize, total = 0 }: PagesOptions<Row>): Pages<Row> {
  const name = JSON.stringify(key);
  const [view, setView] = useState({ first: 0, last: 0 });
  const [known, setKnown] = useState<Known>({ name, marks: noMarks(pageSize), total: 0 });
  const { marks, total: counted } = known.name === name ? known : { marks: noMarks(pageSize), total: 0 };
  const shown = pagesFor(marks, view.first, view.last + pageSize / 2);
  const pages = shown.flatMap(index => marks.pages[index] ?? []);
  const answers = useQueries({
    queries: pages.map(({ cursor, limit }: Mark) => ({
      queryKey: [...key, { cursor, limit }],
      gcTime: 60_000,
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        read({ limit, ...(cursor === undefined ? { total: true } : { after: cursor }) }, signal),
    })),
  });

  useEffect(() => {
    setKnown(old => {
      let next = old.name === name ? old.marks : noMarks(pageSize);
      let count = old.name === name ? old.total : 0;
      for (const [at, index] of shown.entries()) {
        const answer = answers[at]?.data;
        // What was learnt from an earlier page may have made this one another.
        if (!answer || next.pages[index]?.cursor !== pages[at]?.cursor) continue;
        count = answer.total ?? count;
        next = learn(next, index, { count: answer.items.length, next: answer.next }, pageSize, view.last);
      }
      const isSame = old.name === name && next === old.marks && count === old.total;
      return isSame ? old : { name, marks: next, total: count };
    });
  });

  const at = (index: number): Row | undefined => {
    for (const [which, page] of pages.entries()) {
      if (index < page.start || index >= page.start + page.limit) continue;
      return answers[which]?.data?.items[index - page.start];
    }
    return undefined;
  };
  // Quantized, so that scrolling draws the list anew only when it needs other pages.
  const want = useCallback(
    (first: number, last: number) => {
      const step = Math.ceil(pageSize / 4);
      const to = { first: Math.floor(first / step) * step, last: Math.ceil(last / step) * step };
      setView(old => (old.first === to.first && old.last === to.last ? old : to));
    },
    [pageSize],
  );
  // Behind the frontier there is at least one row more.
  const seen = (marks.pages.at(-1)?.start ?? 0) + (answers.some(answer => answer.data) ? 1 : 0);
  return {
    count: marks.end ?? (seen === 0 ? 0 : Math.max(total, counted, seen)),
    at,
    want,
    isPending: answers.every(answer => answer.isPending),
    error: answers.find(answer => answer.error)?.error ?? null,
  };
}
