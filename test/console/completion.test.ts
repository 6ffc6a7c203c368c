import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offersAt } from '../../console/src/collections/wql/completion.ts';
import type { WqlClass } from '../../src/api/contract/index.ts';

const property = (name: string, type: 'string' | 'integer' = 'string', isArray = false) => ({
  name,
  type,
  isArray,
});
const classes = [
  {
    name: 'SMS_R_System',
    resourceType: 'device',
    filled: true,
    properties: [
      property('Name'),
      property('ResourceId', 'integer'),
      property('IPAddresses', 'string', true),
    ],
  },
  {
    name: 'SMS_G_System_DISK',
    resourceType: 'device',
    filled: false,
    properties: [property('Size', 'integer')],
  },
  { name: 'SMS_R_User', resourceType: 'user', filled: true, properties: [property('UserName')] },
] as unknown as readonly WqlClass[];

/** What is offered where | stands. */
function offersIn(marked: string) {
  const at = marked.indexOf('|');
  return offersAt(marked.replace('|', ''), at, classes, 'device');
}
const labels = (marked: string) => offersIn(marked)?.items.map(item => item.label);

describe('what completion offers in a query', () => {
  it.each([
    ['classes of the collection after FROM', 'select * from |', ['SMS_R_System', 'SMS_G_System_DISK']],
    ['classes after JOIN', 'select * from SMS_R_System join |', ['SMS_R_System', 'SMS_G_System_DISK']],
    [
      'properties after the name of a class',
      'select SMS_R_System.| from SMS_R_System',
      ['Name', 'ResourceId', 'IPAddresses'],
    ],
    [
      'properties after an alias, in any case',
      'select * from SMS_R_System as Dev where DEV.|',
      ['Name', 'ResourceId', 'IPAddresses'],
    ],
    ['properties after an alias without AS', 'select * from SMS_G_System_DISK d where d.|', ['Size']],
    ['properties after a class that is not named elsewhere', 'select SMS_R_User.|', ['UserName']],
    ['nothing after a name that is no class', 'select nobody.|', undefined],
    ['nothing inside of a string', "select * from SMS_R_System where Name = 'from |", undefined],
    [
      'nothing inside of a string with an escaped quote',
      String.raw`select Name where Name = "a\"|`,
      undefined,
    ],
    ['nothing in a number', 'select * from SMS_R_System where ResourceId = 12|', undefined],
  ])('%s', (_, marked, expected) => {
    expect(labels(marked)).toEqual(expected);
  });

  it('elsewhere: properties of the named classes, these, aliases, keywords and functions', () => {
    const found = labels("select * from SMS_R_System as s where Name = 'a' and |") ?? [];
    expect(found).toEqual(expect.arrayContaining(['Name', 'SMS_R_System', 's', 'where', 'Upper']));
    expect(found).not.toContain('UserName');
  });

  it('takes no keyword for an alias', () => {
    expect(labels('select * from SMS_R_System where where.|')).toBeUndefined();
  });

  it('replaces the word before the cursor', () => {
    expect(offersIn('select * from SMS_R|')?.from).toBe('select * from '.length);
    expect(offersIn('select * from SMS_R_System as s where s.Na|')?.from).toBe(
      'select * from SMS_R_System as s where s.'.length,
    );
  });

  it('tells of a property its type, and of a class that it holds nothing yet', () => {
    const offered = offersIn('select SMS_R_System.| from SMS_R_System')?.items ?? [];
    expect(offered.map(item => item.detail)).toEqual(['string', 'integer', 'string, several']);
    expect(offersIn('select * from |')?.items[1]?.detail).toBe('no rows yet');
  });

  it('never fails, and begins at a place of the text, whatever is written', () => {
    const pieces = fc.constantFrom(
      'select ',
      'from ',
      'SMS_R_System',
      '.',
      "'",
      '"',
      '\\',
      ' as s ',
      '12',
      'é',
      ',',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), fc.nat(), (words, place) => {
        const text = words.join('');
        const at = place % (text.length + 1);
        const offers = offersAt(text, at, classes, 'device');
        if (offers) expect(offers.from).toBeGreaterThanOrEqual(0);
        if (offers) expect(offers.from).toBeLessThanOrEqual(at);
      }),
    );
  });
});
