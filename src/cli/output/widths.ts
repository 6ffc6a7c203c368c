/** A column as far as its width goes. */
export interface ColumnWidth {
  /** As wide as its widest cell. */
  natural: number;
  /** May be cut down to `least`. */
  shrinks: boolean;
  optional: boolean;
}

/** Under this a cut text says nothing. */
const least = 8;

/** Before texts are cut below this, columns that can be spared make room. */
const comfortable = 18;

/**
 * Which columns are shown and how wide, so that a line with `gap` blanks between columns fits `width`. Optional
 * columns go first, from the right; then the widest of those that may shrink are cut to a common width.
 * @returns the width of each column in order, 0 for one that is left out
 */
export function fitColumns(columns: readonly ColumnWidth[], gap: number, width: number): number[] {
  const shown = columns.map(() => true);
  const used = (widthOf: (column: ColumnWidth) => number) =>
    columns.reduce((sum, column, i) => (shown[i] ? sum + widthOf(column) + gap : sum), -gap);
  const wanted = (column: ColumnWidth) =>
    column.shrinks ? Math.min(column.natural, comfortable) : column.natural;
  for (let i = columns.length - 1; i >= 0 && used(wanted) > width; i -= 1) {
    if (columns[i]?.optional) shown[i] = false;
  }
  let cap = Math.max(least, ...columns.map(column => column.natural));
  const capped = (column: ColumnWidth) => (column.shrinks ? Math.min(column.natural, cap) : column.natural);
  while (cap > least && used(capped) > width) cap -= 1;
  return columns.map((column, i) => (shown[i] ? capped(column) : 0));
}
