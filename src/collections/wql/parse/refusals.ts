import type { WqlError } from '../errors.ts';
import type { Cursor } from './cursor.ts';

/** What SQL has and WQL has not, with what to write instead. */
const sqlOnly: Readonly<Record<string, string>> = {
  group: 'a collection has no groups: leave GROUP BY out',
  having: 'put the condition into WHERE',
  union: 'add a second query rule to the collection instead',
  except: 'use an exclude rule, or not in (select …)',
  intersect: 'use a limiting collection, or in (select …)',
  between: 'write x >= a and x <= b',
  exists: 'write ResourceID in (select ResourceID from …)',
  case: 'write the alternatives with and, or',
  escape: 'put the wildcard into brackets: [%], [_]',
  collate: 'text is always compared without regard to case',
  top: 'a collection holds all that the query finds',
  limit: 'a collection holds all that the query finds',
  with: 'write the inner select where it is used',
  any: 'write in (select …)',
  all: 'write not in (select …)',
  cross: 'write inner join … on …',
  isa: 'name the class itself',
  insert: 'a query only reads',
  update: 'a query only reads',
  delete: 'a query only reads',
  drop: 'a query only reads',
  exec: 'a query only reads',
  declare: 'a query only reads',
  associators: 'begin with select',
};

/** An error for a word of SQL that WQL lacks where the cursor stands, or undefined for any other token. */
export function sqlOnlyWord(cursor: Cursor): WqlError | undefined {
  const token = cursor.peek();
  if (token.kind !== 'word') return undefined;
  const name = token.text.toLowerCase();
  const advice = Object.hasOwn(sqlOnly, name) ? sqlOnly[name] : undefined;
  if (advice === undefined) return undefined;
  return cursor.error(`WQL has no ${token.text.toUpperCase()}.`, token, { advice });
}
