import { WqlError, type WqlErrorDetails } from '../errors.ts';
import { type Sign, type Token, tokenText } from './tokens.ts';

/** How deep parentheses, not and subselects may be nested: far beyond real queries, well within SQLite's limits. */
const maxDepth = 200;

/** What a subselect counts for: a database takes it for a deeper expression than a pair of parentheses. */
export const subselectLevels = 12;

/** Words that can not be an alias or an unqualified property, since they begin something else. */
const reserved = new Set(
  `select distinct from inner left right full outer cross join on as where and or not like in is null true false
   order by asc desc group having union except intersect between exists case when escape collate top limit`.split(
    /\s+/,
  ),
);

/** The reader's place in the tokens of a query. */
export class Cursor {
  readonly text: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(text: string, tokens: readonly Token[]) {
    this.text = text;
    this.#tokens = tokens;
  }

  /** The token `ahead` places on, without taking it. */
  peek(ahead = 0): Token {
    const last = this.#tokens.length - 1;
    const token = this.#tokens[Math.min(this.#at + ahead, last)];
    if (token === undefined) throw new Error('a token list ends with an end token');
    return token;
  }

  next(): Token {
    const token = this.peek();
    this.#at++;
    return token;
  }

  /** Where the token taken last ends. */
  get lastEnd(): number {
    return this.#tokens[this.#at - 1]?.end ?? 0;
  }

  isWord(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'word' && token.text.toLowerCase() === text;
  }

  isSign(text: Sign, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'sign' && token.text === text;
  }

  /** Whether the next token is a word that may name something. */
  isName(ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'word' && !reserved.has(token.text.toLowerCase());
  }

  /** Takes the word if it comes next. */
  takeWord(text: string): boolean {
    if (!this.isWord(text)) return false;
    this.#at++;
    return true;
  }

  /** Takes the sign if it comes next. */
  takeSign(text: Sign): boolean {
    if (!this.isSign(text)) return false;
    this.#at++;
    return true;
  }

  expectSign(text: Sign, why: string): void {
    if (!this.takeSign(text)) throw this.unexpected(`${text} ${why}`);
  }

  /** Runs `read` some levels deeper. @throws WqlError when that is too deep */
  nested<T>(read: () => T, levels = 1): T {
    this.#depth += levels;
    if (this.#depth > maxDepth) {
      throw this.error(`The query is nested more than ${maxDepth} levels deep.`, this.peek(), {
        advice: 'leave out parentheses that change nothing',
      });
    }
    const result = read();
    this.#depth -= levels;
    return result;
  }

  /** An error that says what could have stood where the next token is. */
  unexpected(expected: string, advice?: string): WqlError {
    const token = this.peek();
    const found = tokenText(token, this.text);
    const calculates = this.isSign('-') || this.isSign('+') || this.isSign('*');
    const hint =
      advice ?? (calculates ? 'WQL does not calculate, write DateAdd(day, -30, GetDate())' : undefined);
    return this.error(`Expected ${expected}, found ${found}.`, token, {
      expected,
      ...(hint === undefined ? {} : { advice: hint }),
    });
  }

  error(message: string, token: Token, details: WqlErrorDetails = {}): WqlError {
    return new WqlError(message, this.text, token.start, {
      found: tokenText(token, this.text),
      ...details,
    });
  }
}
