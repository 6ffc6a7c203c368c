import { pipeline, Readable } from 'node:stream';
import { CsvError, type Info, parse } from 'csv-parse';
import { type ImportLine, validateRecord } from '../inventory/index.ts';
import { csvColumns, recordOf } from './csv-columns.ts';
import { maxLineBytes } from './limits.ts';

/**
 * Reads CSV with a header line (RFC 4180, also with semicolons or tabs): see csv-columns.ts for what columns mean.
 * Line numbers are those on which a record begins, the header being line 1.
 * @throws Problem when the header can not be used
 */
export async function* readCsv(chunks: AsyncIterable<Buffer>): AsyncGenerator<ImportLine> {
  const { first, rest } = await firstLine(chunks);
  const parser = parse({
    delimiter: delimiterOf(first),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: maxLineBytes,
  });
  // The errors of either end come out of the loop below.
  pipeline(Readable.from(rest), parser, () => {});
  let columns: ReturnType<typeof csvColumns> | undefined;
  let position = { next: 1, blank: 0, bytes: 0 };
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      const line = position.next + info.empty_lines - position.blank;
      const bytes = info.bytes - position.bytes;
      position = { next: line + 1 + newlinesIn(record), blank: info.empty_lines, bytes: info.bytes };
      if (columns) yield { ...readRecord(columns, record), line, bytes };
      else columns = csvColumns(record);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // From here on nobody can say where a record begins.
    yield { line: position.next, error: `${error.message} The rest of the file was not read.` };
  }
}

function readRecord(columns: ReturnType<typeof csvColumns>, cells: string[]) {
  if (cells.length !== columns.length) {
    return { error: `The record has ${cells.length} cells, the header ${columns.length}.` };
  }
  return validateRecord(recordOf(columns, cells));
}

/** The parser's own count of lines takes a CRLF within quotes for two. */
function newlinesIn(cells: string[]): number {
  let count = 0;
  for (const cell of cells) {
    for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count += 1;
  }
  return count;
}

/** Reads up to the end of the first line, and gives all bytes back. */
async function firstLine(
  chunks: AsyncIterable<Buffer>,
): Promise<{ first: string; rest: AsyncIterable<Buffer> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  let ended = false;
  while (!head.includes(10) && head.length < maxLineBytes) {
    const { value, done } = await iterator.next();
    if (done) {
      ended = true;
      break;
    }
    head = Buffer.concat([head, value]);
  }
  async function* rest() {
    try {
      if (head.length > 0) yield head;
      while (!ended) {
        const { value, done } = await iterator.next();
        if (done) return;
        yield value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  return { first: head.toString('utf8').split('\n', 1)[0] ?? '', rest: rest() };
}

/** The delimiter that the header has most of: spreadsheets write what their language asks for. */
function delimiterOf(header: string): string {
  const count = (delimiter: string) => header.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best));
}
