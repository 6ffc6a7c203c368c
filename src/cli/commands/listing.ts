import type { Printer } from '../output/index.ts';

const tableRows = 100;
const pageRows = 1_000;

/** How many rows a list prints: what was asked for, else 100 in a table and all elsewhere. */
export function rowLimit(print: Printer, asked: number | undefined): number {
  return asked ?? (print.format === 'table' ? tableRows : Number.POSITIVE_INFINITY);
}

/** How many rows to ask the API for at once: one more than a table shows, to know whether there are more. */
export function pageSize(print: Printer, asked: number | undefined): number {
  return Math.min(rowLimit(print, asked) + 1, pageRows);
}
