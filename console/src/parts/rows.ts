/** Rows of a list of any length, of which only some are at hand. */
export interface RowSource<Row> {
  /** How many rows there are, as far as is known. */
  readonly count: number;
  /** The row at a place, or undefined while it has not come yet. */
  at(index: number): Row | undefined;
  /** Why rows could not be read, if so: then nothing is known of there being none. */
  readonly error?: Error | null;
  /** Says which rows are in view, so that these come first. */
  want(first: number, last: number): void;
}

/** An array as a source: everything is at hand. */
export function rowsOf<Row>(rows: readonly Row[]): RowSource<Row> {
  return { count: rows.length, at: index => rows[index], want: () => {} };
}

/** Where a row is among those at hand, or -1; looks first where it was last seen. */
export function placeOf<Row>(
  source: RowSource<Row>,
  keyOf: (row: Row) => string,
  key: string | null | undefined,
  guess: number,
): number {
  if (key === null || key === undefined) return -1;
  const isIt = (index: number) => {
    const row = source.at(index);
    return row !== undefined && keyOf(row) === key;
  };
  if (isIt(guess)) return guess;
  for (let index = 0; index < source.count; index += 1) if (isIt(index)) return index;
  return -1;
}
