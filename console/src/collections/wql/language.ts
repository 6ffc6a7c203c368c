import { StreamLanguage, type StringStream } from '@codemirror/language';
import { functions, isKeyword } from './words.ts';

/** The quote that a string began with and has not ended yet; null outside of strings. */
interface State {
  quote: string | null;
}

const isFunction = new Set<string>(functions.map(name => name.toLowerCase()));

/** WQL for the editor: only what is needed to colour it. What is right and wrong, the server says. */
export const wqlLanguage = StreamLanguage.define<State>({
  name: 'wql',
  startState: () => ({ quote: null }),
  copyState: state => ({ ...state }),
  token(stream, state) {
    if (state.quote !== null) return readString(stream, state);
    if (stream.eatSpace()) return null;
    const quote = stream.match(/^['"]/);
    if (quote) {
      state.quote = stream.current();
      return readString(stream, state);
    }
    if (stream.match(/^(0[xX][0-9a-fA-F]+|\d+(\.\d*)?([eE][+-]?\d+)?)/)) return 'number';
    if (stream.match(/^[\p{L}_][\p{L}\p{M}\p{N}_]*/u)) return wordStyle(stream.current());
    if (stream.match(/^(<>|!=|<=|>=|[=<>*+-])/)) return 'operator';
    stream.next();
    return 'punctuation';
  },
  languageData: { closeBrackets: { brackets: ['(', "'", '"'] }, wordChars: '_' },
});

function readString(stream: StringStream, state: State): string {
  while (!stream.eol()) {
    const next = stream.next();
    if (next === '\\') stream.next();
    else if (next === state.quote) {
      state.quote = null;
      break;
    }
  }
  return 'string';
}

function wordStyle(word: string): string {
  if (isKeyword(word)) return 'keyword';
  if (isFunction.has(word.toLowerCase())) return 'function';
  return /^SMS_/i.test(word) ? 'typeName' : 'propertyName';
}
