import type { Span } from '../errors.ts';

/** The smallest pieces of a query. */
export type Token = Span &
  (
    | { kind: 'word'; text: string }
    /** A quoted string; `value` is what it means, escapes resolved. */
    | { kind: 'string'; value: string }
    | { kind: 'number'; value: number }
    | { kind: 'sign'; text: Sign }
    | { kind: 'end' }
  );

/** Operators and punctuation. */
export type Sign = '=' | '<>' | '!=' | '<' | '>' | '<=' | '>=' | '(' | ')' | ',' | '.' | '*' | '-' | '+';

/** How a token is named in an error: the text as written, or "the end of the query". */
export function tokenText(token: Token, text: string): string {
  if (token.kind === 'end') return 'the end of the query';
  const written = text.slice(token.start, token.end);
  return written.length > 40 ? `${written.slice(0, 37)}...` : written;
}
