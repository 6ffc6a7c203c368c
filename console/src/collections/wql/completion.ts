import type { ResourceType, WqlClass } from '../../../../src/api/contract/index.ts';
import { functions, isKeyword, keywords } from './words.ts';

/** Something that may stand where the cursor is. */
export interface Offer {
  label: string;
  kind: 'class' | 'property' | 'keyword' | 'function';
  /** At the right: a property's type, a class that holds nothing yet. */
  detail?: string;
}

/** What is offered, in place of the text from `from` up to the cursor. */
export interface Offers {
  from: number;
  items: Offer[];
}

/**
 * What may stand at a place of a query. Pure: works on the text alone, which need not be complete.
 * @param at the cursor, counted in characters from 0
 * @param type of the collection: its classes come first
 * @returns null inside of a string, and where nothing fits
 */
export function offersAt(
  text: string,
  at: number,
  classes: readonly WqlClass[],
  type: ResourceType,
): Offers | null {
  const before = text.slice(0, at);
  if (isInString(before)) return null;
  const word = /[\p{L}_][\p{L}\p{M}\p{N}_]*$/u.exec(before)?.[0] ?? '';
  const from = at - word.length;
  const lead = before.slice(0, from);
  const named = namedClasses(text, classes);
  const qualifier = /([\p{L}_][\p{L}\p{M}\p{N}_]*)\s*\.\s*$/u.exec(lead)?.[1];
  if (qualifier !== undefined) {
    const meant = named.get(qualifier.toLowerCase()) ?? findClass(classes, qualifier);
    return meant ? { from, items: properties(meant) } : null;
  }
  if (/\b(from|join)\s+$/i.test(lead)) return { from, items: classOffers(classes, type) };
  if (/\d$/.test(lead)) return null;
  const meant = new Set(named.values());
  const names = [...named].filter(([alias, each]) => alias !== each.name.toLowerCase());
  return {
    from,
    items: [
      ...[...meant].flatMap(properties),
      ...[...meant].map(each => ({ label: each.name, kind: 'class' }) as const),
      ...names.map(([alias, each]) => ({ label: alias, kind: 'class', detail: each.name }) as const),
      ...keywords.map(label => ({ label, kind: 'keyword' }) as const),
      ...functions.map(label => ({ label, kind: 'function' }) as const),
    ],
  };
}

/** The classes that a query names after FROM and JOIN, by their name or alias in lower case. */
function namedClasses(text: string, classes: readonly WqlClass[]): Map<string, WqlClass> {
  const named = new Map<string, WqlClass>();
  const places = /\b(?:from|join|,)\s+([\p{L}_][\p{L}\p{N}_]*)(?:\s+(?:as\s+)?([\p{L}_][\p{L}\p{N}_]*))?/giu;
  for (const [, name = '', alias] of text.matchAll(places)) {
    const found = findClass(classes, name);
    if (!found) continue;
    named.set(alias !== undefined && !isKeyword(alias) ? alias.toLowerCase() : name.toLowerCase(), found);
  }
  return named;
}

function findClass(classes: readonly WqlClass[], name: string): WqlClass | undefined {
  return classes.find(each => each.name.toLowerCase() === name.toLowerCase());
}

function properties({ properties: all }: WqlClass): Offer[] {
  return all.map(({ name, type, isArray }) => ({
    label: name,
    kind: 'property',
    detail: isArray ? `${type}, several` : type,
  }));
}

/** Classes that fit the collection, those that hold something first. */
function classOffers(classes: readonly WqlClass[], type: ResourceType): Offer[] {
  return classes
    .filter(each => each.resourceType === type)
    .sort((a, b) => Number(b.filled) - Number(a.filled))
    .map(each => ({ label: each.name, kind: 'class', ...(each.filled ? {} : { detail: 'no rows yet' }) }));
}

/** Whether a text ends inside of a string: backslashes escape. */
function isInString(text: string): boolean {
  let quote: string | null = null;
  for (let at = 0; at < text.length; at += 1) {
    const c = text[at] ?? '';
    if (quote === null) {
      if (c === "'" || c === '"') quote = c;
    } else if (c === '\\') at += 1;
    else if (c === quote) quote = null;
  }
  return quote !== null;
}
