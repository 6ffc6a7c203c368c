/** What a table shows in one place. */
export type Cell = string | number | boolean | Date | null | undefined;

/** One column of a table. */
export interface Column<Row> {
  title: string;
  value(row: Row): Cell;
  /** Left out where it has nothing to say, and, from the right, where the terminal is too narrow for all. */
  optional?: boolean;
  /** Never cut: ids and the like are of no use with their end missing. */
  whole?: boolean;
  colour?(text: string, row: Row): string;
}

const number = new Intl.NumberFormat('en-US');

/** A cell's text: thousands parted by commas, instants in local time to the second, nothing as a dash. */
export function cellText(cell: Cell): string {
  if (cell === null || cell === undefined || cell === '') return '-';
  if (typeof cell === 'number') return number.format(cell);
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  if (cell instanceof Date) return localTime(cell);
  // One row is one line, whatever a name contains: control characters would also steer the terminal.
  return cell.replace(/\p{Cc}+/gu, ' ');
}

/** An instant given as ISO 8601 text, for a cell; null stays null. */
export function instant(iso: string | null | undefined): Date | null {
  return iso ? new Date(iso) : null;
}

function localTime(at: Date): string {
  const pad = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
  return `${day} ${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`;
}
