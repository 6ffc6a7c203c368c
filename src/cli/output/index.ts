// What a command prints on stdout: tables, JSON, CSV.
export { type Cell, type Column, cellText, instant } from './cell.ts';
export { type Listing, type OutputFormat, outputFormats, Printer, type Rows } from './printer.ts';
