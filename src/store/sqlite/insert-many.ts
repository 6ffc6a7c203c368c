import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SqlValue } from '../store.ts';
import { sqliteProblem } from './problems.ts';

/** What a statement costs besides its values is shared by so many of them; more bring nothing. */
const valuesAtOnce = 1_000;

/** Where rows go, and what becomes of those that are there: "insert or rollback". */
export interface InsertTarget {
  table: string;
  columns: readonly string[];
  verb: string;
}

/**
 * Inserts rows, many to a statement. The verb should not be a plain `insert`: a statement that may fail in its middle
 * and leave the transaction open makes SQLite keep a copy of each page that it touches, which costs as much again.
 * @throws what `sqliteProblem` makes of it
 */
export function insertMany(
  database: DatabaseSync,
  target: InsertTarget,
  rows: Iterable<readonly SqlValue[]>,
): void {
  const width = target.columns.length;
  const size = Math.max(1, Math.floor(valuesAtOnce / width)) * width;
  const gathered: SqlValue[] = new Array(size);
  let count = 0;
  let full: StatementSync | undefined;
  try {
    for (const row of rows) {
      for (let column = 0; column < width; column += 1) gathered[count++] = row[column] as SqlValue;
      if (count < size) continue;
      full ??= database.prepare(insertion(target, size / width));
      full.run(...gathered);
      count = 0;
    }
    if (count > 0) database.prepare(insertion(target, count / width)).run(...gathered.slice(0, count));
  } catch (error) {
    throw sqliteProblem(error, insertion(target, 1));
  }
}

function insertion({ table, columns, verb }: InsertTarget, rows: number): string {
  const row = `(${columns.map(() => '?').join(', ')})`;
  const names = columns.map(quoteName).join(', ');
  return `${verb} into ${quoteName(table)} (${names}) values ${new Array(rows).fill(row).join(', ')}`;
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
