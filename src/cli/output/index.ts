// What a command prints on stdout: tables, JSON, CSV.
export { type Column, cellText, instant } from './cell.ts';
export { type Listing, type OutputFormat, outputFormats, Printer } from './printer.ts';
