import Table from 'cli-table3';
import stringWidth from 'string-width';
import { type Cell, type Column, cellText } from './cell.ts';
import { fitColumns } from './widths.ts';

const gap = 2;

/** How a table is to look. */
export interface TableStyle {
  /** Columns of the terminal; infinite where nothing may be cut. */
  width: number;
  /** Makes a heading of a text. */
  heading(text: string): string;
}

/**
 * Rows as a table without lines: headings, columns parted by blanks, numbers to the right, texts that do not fit cut
 * with an ellipsis. Ends with a newline.
 */
export function table<Row>(given: readonly Column<Row>[], rows: readonly Row[], style: TableStyle): string {
  const columns = given.filter(column => !column.optional || rows.some(row => !isNothing(column.value(row))));
  const texts = columns.map(column => rows.map(row => cellText(column.value(row))));
  const numeric = columns.map(column => isNumeric(rows.map(row => column.value(row))));
  const widths = fitColumns(
    columns.map((column, i) => ({
      natural: Math.max(stringWidth(column.title), ...(texts[i] ?? []).map(text => stringWidth(text))),
      shrinks: !numeric[i] && !column.whole,
      optional: column.optional === true,
    })),
    gap,
    style.width,
  );
  const shown = columns.map((column, i) => ({ column, i })).filter(({ i }) => widths[i] !== 0);
  const drawn = new Table({
    chars: bare,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    colWidths: shown.map(({ i }) => widths[i] ?? null),
    colAligns: shown.map(({ i }) => (numeric[i] ? 'right' : 'left')),
    head: shown.map(({ column }) => style.heading(column.title)),
  });
  for (const [at, row] of rows.entries()) {
    drawn.push(
      shown.map(({ column, i }) => {
        const text = texts[i]?.[at] ?? '';
        return column.colour ? column.colour(text, row) : text;
      }),
    );
  }
  return `${drawn
    .toString()
    .split('\n')
    .map(line => line.trimEnd())
    .join('\n')}\n`;
}

/** Numbers, and perhaps some that are missing. */
function isNumeric(cells: readonly Cell[]): boolean {
  return (
    cells.some(cell => typeof cell === 'number') &&
    cells.every(cell => typeof cell === 'number' || isNothing(cell))
  );
}

function isNothing(cell: Cell): boolean {
  return cell === null || cell === undefined || cell === '';
}

const bare = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' '.repeat(gap),
};
