import pc from 'picocolors';
import { csvLine } from '../../base/index.ts';
import { type Terminal, tableWidth, wantsColour } from '../terminal.ts';
import { type Cell, type Column, cellText } from './cell.ts';
import { table } from './table.ts';

export const outputFormats = ['table', 'json', 'csv'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** How rows of one kind are shown. */
export interface Listing<Row> {
  /** The columns of the table. */
  columns: readonly Column<Row>[];
  /** The fields of the CSV, in order, by their names in JSON. */
  fields: readonly (keyof Row & string)[];
  /** What the table says where there are no rows: a sentence, with what to do if there is something. */
  empty: string;
}

export type Rows<Row> = Iterable<Row> | AsyncIterable<Row>;

/** Writes what a command has to say to stdout, in the format that was asked for. */
export class Printer {
  readonly format: OutputFormat;
  readonly #terminal: Terminal;
  readonly #colours: ReturnType<typeof pc.createColors>;

  constructor(terminal: Terminal, format: OutputFormat) {
    this.format = format;
    this.#terminal = terminal;
    this.#colours = pc.createColors(wantsColour(terminal.stdout, terminal.env));
  }

  /** Colours that do nothing where there is no terminal. */
  get colours(): ReturnType<typeof pc.createColors> {
    return this.#colours;
  }

  /**
   * Prints rows as they come: JSON as one array, CSV with a heading, a table once all its rows are there.
   * @param limit most rows to print; JSON and CSV print all unless it is given, a table needs it for memory's sake
   */
  async list<Row>(rows: Rows<Row>, listing: Listing<Row>, limit = Number.POSITIVE_INFINITY): Promise<void> {
    if (this.format === 'json') return this.#jsonList(rows, limit);
    if (this.format === 'csv') return this.#csvList(rows, listing, limit);
    const shown: Row[] = [];
    let more = false;
    for await (const row of rows) {
      more = shown.length >= limit;
      if (more) break;
      shown.push(row);
    }
    if (shown.length === 0) {
      this.text(listing.empty);
      return;
    }
    this.#write(table(listing.columns, shown, this.#style()));
    if (more) this.text(this.#colours.dim(`… and more: only the first ${shown.length} are shown (--limit).`));
  }

  /** Prints one thing: JSON as it is, CSV as one record, else what `draw` makes of it. */
  one<T extends object>(thing: T, draw: () => void): void {
    if (this.format === 'json') this.#write(`${JSON.stringify(thing, null, 2)}\n`);
    else if (this.format === 'csv') {
      this.#write(csvLine(Object.keys(thing)));
      this.#write(csvLine(Object.values(thing)));
    } else draw();
  }

  /** Prints what came of a command: JSON and CSV as data, else a sentence. */
  done<T extends object>(thing: T, sentence: string): void {
    this.one(thing, () => this.text(sentence));
  }

  /** A line of plain text; of a table's company only. */
  text(line: string): void {
    if (this.format === 'table') this.#write(`${line}\n`);
  }

  /** A heading over a table. */
  heading(line: string): void {
    this.text(this.#colours.bold(line));
  }

  /** A table within a larger answer. */
  table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): void {
    if (this.format === 'table') this.#write(table(columns, rows, this.#style()));
  }

  /** Labels and values under each other; a value of undefined is left out. */
  facts(facts: Readonly<Record<string, Cell>>): void {
    const shown = Object.entries(facts).filter(([, value]) => value !== undefined);
    const width = Math.max(...shown.map(([label]) => label.length));
    for (const [label, value] of shown) {
      this.text(`${this.#colours.dim(label.padEnd(width))}  ${cellText(value)}`);
    }
  }

  async #jsonList<Row>(rows: Rows<Row>, limit: number): Promise<void> {
    let count = 0;
    for await (const row of rows) {
      if (count >= limit) break;
      const text = JSON.stringify(row, null, 2).replaceAll('\n', '\n  ');
      this.#write(`${count === 0 ? '[' : ','}\n  ${text}`);
      count += 1;
    }
    this.#write(count === 0 ? '[]\n' : '\n]\n');
  }

  async #csvList<Row>(rows: Rows<Row>, listing: Listing<Row>, limit: number): Promise<void> {
    this.#write(csvLine(listing.fields));
    let count = 0;
    for await (const row of rows) {
      if (count >= limit) break;
      this.#write(csvLine(listing.fields.map(field => row[field])));
      count += 1;
    }
  }

  #style() {
    return { width: tableWidth(this.#terminal), heading: (text: string) => this.#colours.bold(text) };
  }

  #write(text: string): void {
    this.#terminal.stdout.write(text);
  }
}
