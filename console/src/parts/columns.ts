import type { ReactNode } from 'react';
import { formatTime } from './format.ts';

/** One column of a grid. */
export interface Column<Row> {
  /** Stable: the user's own widths and choice of columns are kept under it. */
  id: string;
  title: string;
  /** What the column sorts by and, without `render`, shows. */
  value: (row: Row) => string | number | null;
  render?: (row: Row) => ReactNode;
  /** Initial width in pixels. */
  width: number;
  /** Takes the width that the others leave, until the user gives it one. */
  grow?: boolean;
  /** Numbers stand to the right. */
  numeric?: boolean;
  /** Not shown until the user chooses it from the header's menu. */
  optional?: boolean;
  /** Of a list that the server sorts: whether it sorts by this column. */
  sortable?: boolean;
}

/**
 * A column of instants: sorted by time, written as the user's own place does, wide enough for all of it.
 * @param none what stands where there is none
 */
export function timeColumn<Row>(
  id: string,
  title: string,
  at: (row: Row) => string | null | undefined,
  { none = '', ...more }: { none?: string; sortable?: boolean; optional?: boolean } = {},
): Column<Row> {
  return {
    id,
    title,
    value: row => at(row) ?? '',
    render: row => formatTime(at(row)) || none,
    width: 205,
    ...more,
  };
}

/** How a list that the server sorts is sorted. */
export interface Sort {
  /** Id of the column. */
  by: string;
  descending: boolean;
}
