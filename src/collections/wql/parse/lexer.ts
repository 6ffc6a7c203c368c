import { WqlError } from '../errors.ts';
import type { Sign, Token } from './tokens.ts';

/** Longest query accepted, in characters; a list of 10,000 names fits. */
const maxLength = 1_000_000;

const blank = /[\s\u00a0\u200b\ufeff]+/uy;
const word = /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy;
const number = /0[xX][0-9a-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const sign = /<>|!=|<=|>=|[=<>(),.*+-]/y;

/**
 * Cuts a query into tokens; the last one is 'end'.
 * @throws WqlError for a character, string or number that WQL does not have
 */
export function tokenize(text: string): Token[] {
  if (text.length > maxLength) {
    throw new WqlError(`The query is longer than ${maxLength} characters.`, text, 0, {
      advice: 'put long lists of names into direct rules instead',
    });
  }
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  while (at < text.length) {
    const space = match(blank);
    if (space !== undefined) {
      at += space.length;
      continue;
    }
    const token = readToken(text, at, match);
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: 'end', start: text.length, end: text.length });
  return tokens;
}

function readToken(text: string, at: number, match: (pattern: RegExp) => string | undefined): Token {
  const c = text[at] ?? '';
  if (c === "'" || c === '"') return readString(text, at, c);
  if (/[0-9]/.test(c) || (c === '.' && /[0-9]/.test(text[at + 1] ?? ''))) {
    const digits = match(number) ?? c;
    return { kind: 'number', value: readNumber(text, at, digits), start: at, end: at + digits.length };
  }
  const name = match(word);
  if (name !== undefined) return { kind: 'word', text: name, start: at, end: at + name.length };
  const comment = ['--', '/*', '//'].find(opening => text.startsWith(opening, at));
  if (comment !== undefined) {
    throw new WqlError('WQL has no comments.', text, at, { found: comment, advice: 'leave it out' });
  }
  const operator = match(sign);
  if (operator !== undefined) {
    return { kind: 'sign', text: operator as Sign, start: at, end: at + operator.length };
  }
  throw strangeCharacter(text, at);
}

function readString(text: string, start: number, quote: string): Token {
  let value = '';
  let at = start + 1;
  while (at < text.length) {
    const c = text[at] ?? '';
    if (c === quote) return { kind: 'string', value: value.toWellFormed(), start, end: at + 1 };
    // A backslash stands for the character after it, so that CONTOSO\\Group means CONTOSO\Group.
    if (c === '\\' && at + 1 < text.length) at++;
    value += text[at];
    at++;
  }
  throw new WqlError('A string is not closed.', text, start, {
    found: text.slice(start, start + 20),
    expected: `a closing ${quote}`,
  });
}

function readNumber(text: string, at: number, digits: string): number {
  const value = Number(digits);
  const following = text[at + digits.length] ?? '';
  if (!Number.isFinite(value) || /[\p{L}_]/u.test(following)) {
    throw new WqlError('This is not a number.', text, at, {
      found: digits + following,
      advice: 'put text between quotes',
    });
  }
  return value;
}

const remarks: readonly (readonly [RegExp, string, string])[] = [
  [/[\u2018\u2019\u201a\u201b\u00b4`]/, 'A typographic quote is not a quote in WQL.', "write '"],
  [/[\u201c\u201d\u201e\u201f\u00ab\u00bb]/, 'A typographic quote is not a quote in WQL.', 'write "'],
  [/[\u2013\u2014\u2212]/, 'A typographic dash is not a minus sign in WQL.', 'write -'],
  [/[$@%]/, 'A query can not hold script variables.', 'write the value itself, between quotes if it is text'],
  [/;/, 'A query is one statement without a semicolon.', 'leave it out'],
  [/\[|\]/, 'Names are not put in brackets in WQL.', 'leave the brackets out'],
  [/!/, 'Only != begins with an exclamation mark.', 'write <> or not'],
  [/&|\|/, 'Conditions are joined by words.', 'write and, or'],
];

function strangeCharacter(text: string, at: number): WqlError {
  const c = String.fromCodePoint(text.codePointAt(at) ?? 0);
  for (const [pattern, message, advice] of remarks) {
    if (pattern.test(c)) return new WqlError(message, text, at, { found: c, advice });
  }
  return new WqlError('This character has no meaning in WQL outside of quotes.', text, at, { found: c });
}
