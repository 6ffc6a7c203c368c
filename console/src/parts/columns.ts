import type { ReactNode } from 'react';

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
  /** Numbers stand to the right. */
  numeric?: boolean;
  /** Not shown until the user chooses it from the header's menu. */
  optional?: boolean;
}
