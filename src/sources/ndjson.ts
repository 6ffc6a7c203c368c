import { isUtf8 } from 'node:buffer';
import { type ImportLine, validateRecord } from '../inventory/index.ts';
import { maxLineBytes } from './limits.ts';

const newline = 10;

/** Reads one JSON object a line. Blank lines are passed over, but counted. */
export async function* readNdjson(chunks: AsyncIterable<Buffer>): AsyncGenerator<ImportLine> {
  let line = 0;
  for await (const block of wholeLines(chunks)) {
    if (block === 'too-long') {
      line += 1;
      yield { line, error: `The line is longer than ${maxLineBytes / 1024 / 1024} MiB.` };
      continue;
    }
    // A block at a time: decoding is far cheaper so than line by line.
    if (isUtf8(block)) {
      for (const text of splitLines(block.toString('utf8'))) {
        line += 1;
        const read = readLine(text, line);
        if (read) yield read;
      }
      continue;
    }
    for (const bytes of splitBytes(block)) {
      line += 1;
      const read = isUtf8(bytes)
        ? readLine(bytes.toString('utf8'), line)
        : { line, error: 'The line is not UTF-8.' };
      if (read) yield read;
    }
  }
}

function readLine(text: string, line: number): ImportLine | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (text.trim() === '') return undefined;
    return { line, error: `Not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const read = validateRecord(value);
  return 'error' in read ? { line, ...read } : { line, record: read.record, bytes: text.length };
}

/**
 * Cuts a stream of bytes into blocks that end with a line's end (the last one may lack it). A line beyond the limit is
 * dropped as it comes and told once.
 */
async function* wholeLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer | 'too-long'> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  let dropping = false;
  for await (const chunk of chunks) {
    let bytes = chunk;
    if (dropping) {
      const end = bytes.indexOf(newline);
      if (end < 0) continue;
      bytes = bytes.subarray(end + 1);
      dropping = false;
    }
    const end = bytes.lastIndexOf(newline);
    if (end >= 0) {
      yield Buffer.concat([...rest, bytes.subarray(0, end + 1)]);
      bytes = bytes.subarray(end + 1);
      rest = [];
      restBytes = 0;
    }
    if (bytes.length === 0) continue;
    rest.push(bytes);
    restBytes += bytes.length;
    if (restBytes <= maxLineBytes) continue;
    yield 'too-long';
    rest = [];
    restBytes = 0;
    dropping = true;
  }
  if (restBytes > 0) yield Buffer.concat(rest);
}

function* splitLines(block: string): Generator<string> {
  let start = 0;
  while (start < block.length) {
    const end = block.indexOf('\n', start);
    if (end < 0) {
      yield block.slice(start);
      return;
    }
    yield block.slice(start, end);
    start = end + 1;
  }
}

function* splitBytes(block: Buffer): Generator<Buffer> {
  let start = 0;
  while (start < block.length) {
    const end = block.indexOf(newline, start);
    yield block.subarray(start, end < 0 ? block.length : end);
    if (end < 0) return;
    start = end + 1;
  }
}
