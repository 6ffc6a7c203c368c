/** Where something stands in the text of a query: character offsets, the end exclusive. */
export interface Span {
  start: number;
  end: number;
}

/** What is wrong, besides where: see WqlError. */
export interface WqlErrorDetails {
  found?: string;
  expected?: string;
  suggestion?: string;
  /** What to do, in a few words; it becomes the end of the message. */
  advice?: string;
}

/**
 * Why a query can not be used, and where. It is thrown inside this room only; the functions of the door return it.
 * Line and column begin at 1; the column counts characters as an editor does.
 */
export class WqlError extends Error {
  readonly line: number;
  readonly column: number;
  /** The word or sign at that place, as written. */
  readonly found: string | undefined;
  /** What could have stood there. */
  readonly expected: string | undefined;
  /** A name that exists and is spelt nearly the same. */
  readonly suggestion: string | undefined;

  constructor(message: string, text: string, at: number, details: WqlErrorDetails = {}) {
    super(details.advice ? `${message.replace(/\.$/, '')}: ${details.advice}.` : message);
    this.name = 'WqlError';
    const place = lineAndColumn(text, at);
    this.line = place.line;
    this.column = place.column;
    this.found = details.found;
    this.expected = details.expected;
    this.suggestion = details.suggestion;
  }
}

/** The line and column (from 1) of an offset in a text; \r\n, \n and \r each end a line. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  const end = Math.min(offset, text.length);
  for (let i = 0; i < end; i++) {
    const c = text[i];
    if (c === '\n' || (c === '\r' && text[i + 1] !== '\n')) {
      line++;
      lineStart = i + 1;
    }
  }
  return { line, column: [...text.slice(lineStart, end)].length + 1 };
}
