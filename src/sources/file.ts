import type { Readable } from 'node:stream';
import { Problem } from '../base/index.ts';
import type { ImportLine } from '../inventory/index.ts';
import { readCsv } from './csv.ts';
import { readNdjson } from './ndjson.ts';

/** What a file of resources may be written in. */
export type ResourceFileFormat = 'ndjson' | 'csv';

/**
 * Reads a file of resources line by line, in memory that does not grow with it. What can not be read as a record comes
 * as an error with its line number; the lines after it go on.
 * @throws Problem `file-not-utf8` for a file in UTF-16, and for a CSV whose header can not be used
 */
export async function* readResourceFile(
  stream: Readable,
  format: ResourceFileFormat,
): AsyncGenerator<ImportLine> {
  const utf8 = withoutMark(stream);
  yield* format === 'csv' ? readCsv(utf8) : readNdjson(utf8);
}

/** The bytes of a stream without the mark of UTF-8 that some editors put first. */
async function* withoutMark(stream: Readable): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of stream) {
    const bytes: Buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (head === undefined) {
      yield bytes;
      continue;
    }
    head = Buffer.concat([head, bytes]);
    if (head.length < 4) continue;
    yield checkedHead(head);
    head = undefined;
  }
  if (head !== undefined && head.length > 0) yield checkedHead(head);
}

function checkedHead(head: Buffer): Buffer {
  const [a, b, c] = head;
  const marked16 = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
  // Text of a record never holds NUL, but half of UTF-16 does.
  if (marked16 || head.subarray(0, 4).includes(0)) {
    throw new Problem(
      'invalid',
      'file-not-utf8',
      'The file is in UTF-16; Rollcall reads UTF-8.',
      'Save it as UTF-8: in PowerShell with -Encoding utf8, in Excel as "CSV UTF-8".',
    );
  }
  return a === 0xef && b === 0xbb && c === 0xbf ? head.subarray(3) : head;
}
