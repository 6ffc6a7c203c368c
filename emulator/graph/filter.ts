import type { DirectoryObject, ObjectKind } from '../tenant/types.ts';
import { unreadable, unsupportedQuery } from './errors.ts';
import { propertyOf } from './shapes.ts';

/** A `$filter` ready to be asked. */
export interface Filter {
  /** Whether an object meets it. */
  matches(object: DirectoryObject): boolean;
  /** Whether it needs `ConsistencyLevel: eventual` and `$count=true`. [concepts/aad-advanced-queries.md] */
  readonly advanced: boolean;
  /** Where it is a bare `property eq 'value'`: these, for a look-up. */
  readonly exact: { property: string; value: string } | null;
}

type Literal = string | number | boolean | null;
type Test = (object: DirectoryObject) => boolean;

const tokenPattern = /\s*(?:('(?:[^']|'')*')|([A-Za-z_@][\w.@]*)|(-?\d[\w.:+-]*)|([(),/:]))/y;

/**
 * Reads the part of OData's filter language that directory objects know: eq, ne, not, and, or, in, startsWith,
 * endsWith, ge, le, any(x:x eq …). Text compares without regard to case.
 * @throws GraphError 400 where it can't be read
 */
export function readFilter(text: string, kind: ObjectKind): Filter {
  const parser = new Parser(text, kind);
  const matches = parser.read();
  return { matches, advanced: parser.advanced, exact: parser.exact };
}

class Parser {
  advanced = false;
  exact: { property: string; value: string } | null = null;
  readonly #tokens: string[] = [];
  readonly #text: string;
  readonly #kind: ObjectKind;
  #at = 0;
  #tests = 0;

  constructor(text: string, kind: ObjectKind) {
    this.#text = text;
    this.#kind = kind;
    let position = 0;
    while (position < text.trimEnd().length) {
      tokenPattern.lastIndex = position;
      const found = tokenPattern.exec(text);
      if (!found) throw this.#invalid();
      this.#tokens.push(found[0].trim());
      position = tokenPattern.lastIndex;
    }
  }

  read(): Test {
    const test = this.#or();
    if (this.#at < this.#tokens.length) throw this.#invalid();
    if (this.#tests > 1) this.exact = null;
    return test;
  }

  #or(): Test {
    let left = this.#and();
    while (this.#take('or')) {
      const [first, second] = [left, this.#and()];
      left = object => first(object) || second(object);
    }
    return left;
  }

  #and(): Test {
    let left = this.#not();
    while (this.#take('and')) {
      const [first, second] = [left, this.#not()];
      left = object => first(object) && second(object);
    }
    return left;
  }

  #not(): Test {
    if (this.#take('not')) {
      this.advanced = true;
      this.#tests += 1;
      const test = this.#not();
      return object => !test(object);
    }
    if (this.#take('(')) {
      const test = this.#or();
      this.#need(')');
      return test;
    }
    return this.#test();
  }

  #test(): Test {
    this.#tests += 1;
    const name = this.#next();
    if (/^(starts|ends)with$/i.test(name)) return this.#textTest(name.toLowerCase() === 'startswith');
    if (this.#take('/')) return this.#anyTest(name);
    const operator = this.#next().toLowerCase();
    if (operator === 'in') return this.#inTest(name);
    const value = this.#literal();
    const read = (object: DirectoryObject) => propertyOf(object, name);
    switch (operator) {
      case 'eq':
        if (typeof value === 'string') this.exact = { property: name, value };
        return object => same(read(object), value);
      case 'ne':
        this.advanced = true;
        return object => !same(read(object), value);
      case 'ge':
        return object => atLeast(read(object), value);
      case 'le':
        return object => atLeast(value, read(object));
      default:
        throw this.#invalid();
    }
  }

  #textTest(start: boolean): Test {
    this.#need('(');
    const name = this.#next();
    this.#need(',');
    const value = this.#literal();
    this.#need(')');
    if (typeof value !== 'string') throw this.#invalid();
    if (!start) {
      if (name !== 'mail' && name !== 'userPrincipalName' && name !== 'otherMails') {
        throw unsupportedQuery(
          `Unsupported or invalid query filter clause specified for property '${name}' of resource '${capital(this.#kind)}'.`,
        );
      }
      this.advanced = true;
    }
    const wanted = value.toLowerCase();
    return object => {
      const text = propertyOf(object, name);
      if (typeof text !== 'string') return false;
      return start ? text.toLowerCase().startsWith(wanted) : text.toLowerCase().endsWith(wanted);
    };
  }

  /** `groupTypes/any(c:c eq 'Unified')` */
  #anyTest(name: string): Test {
    if (this.#next() !== 'any') throw this.#invalid();
    this.#need('(');
    const variable = this.#next();
    this.#need(':');
    if (this.#next() !== variable) throw this.#invalid();
    if (this.#next().toLowerCase() !== 'eq') throw this.#invalid();
    const value = this.#literal();
    this.#need(')');
    return object => {
      const list = propertyOf(object, name);
      return Array.isArray(list) && list.some(entry => same(entry, value));
    };
  }

  #inTest(name: string): Test {
    this.#need('(');
    const values: Literal[] = [];
    do values.push(this.#literal());
    while (this.#take(','));
    this.#need(')');
    return object => values.some(value => same(propertyOf(object, name), value));
  }

  #literal(): Literal {
    const token = this.#next();
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (token === 'true' || token === 'false') return token === 'true';
    if (token === 'null') return null;
    if (/^-?\d+(\.\d+)?$/.test(token)) return Number(token);
    if (/^\d/.test(token)) return token;
    throw this.#invalid();
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at]?.toLowerCase() !== token) return false;
    this.#at += 1;
    return true;
  }

  #need(token: string): void {
    if (!this.#take(token)) throw this.#invalid();
  }

  #next(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw this.#invalid();
    this.#at += 1;
    return token;
  }

  #invalid() {
    return unreadable(`Invalid filter clause: Syntax error in '${this.#text}'.`);
  }
}

function same(left: unknown, right: Literal): boolean {
  if (typeof left === 'string' && typeof right === 'string')
    return left.toLowerCase() === right.toLowerCase();
  return (left ?? null) === right;
}

function atLeast(left: unknown, right: unknown): boolean {
  if (left === null || left === undefined || right === null || right === undefined) return false;
  if (typeof left === 'string' && typeof right === 'string') return left.toLowerCase() >= right.toLowerCase();
  return typeof left === typeof right && (left as number) >= (right as number);
}

/** A kind as the directory's messages write it. */
function capital(kind: string): string {
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}
