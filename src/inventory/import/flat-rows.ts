import type { SqlValue } from '../../store/index.ts';

/** Rows of a table one after the other in one list: objects are what it costs to pass them from thread to thread. */
export interface FlatRows {
  table: string;
  columns: readonly string[];
  values: SqlValue[];
}

/** The rows of a flat list. It is the same list each time, filled anew: what `insertMany` asks for. */
export function* rowsOf({ columns, values }: FlatRows): Generator<SqlValue[]> {
  const width = columns.length;
  const row: SqlValue[] = new Array(width).fill(null);
  for (let at = 0; at < values.length; at += width) {
    for (let column = 0; column < width; column += 1) row[column] = values[at + column] as SqlValue;
    yield row;
  }
}

/**
 * The rows of resources that are to be written, with an id in place of the number that comes first.
 * @param ids the id for each number; those without are passed over
 */
export function* rowsWithIds(rows: FlatRows, ids: readonly (number | undefined)[]): Generator<SqlValue[]> {
  for (const row of rowsOf(rows)) {
    const id = ids[row[0] as number];
    if (id === undefined) continue;
    row[0] = id;
    yield row;
  }
}
