import { describe, expect, test } from 'vitest';
import { parseDate } from '../../src/inventory/index.ts';
import { encodeValue, inferType, widerType } from '../../src/inventory/values.ts';

describe('a date', () => {
  test.each([
    ['2026-03-01', '2026-03-01T00:00:00.000Z'],
    ['2026-03-01T10:20', '2026-03-01T10:20:00.000Z'],
    ['2026-03-01 10:20:30', '2026-03-01T10:20:30.000Z'],
    ['2026-03-01T10:20:30.1234567Z', '2026-03-01T10:20:30.123Z'],
    ['2026-03-01T10:20:30+02:00', '2026-03-01T08:20:30.000Z'],
    ['20260301102030.500000+000', '2026-03-01T10:20:30.500Z'],
    ['20260301102030.000000+120', '2026-03-01T08:20:30.000Z'],
    ['20260301102030.000000-300', '2026-03-01T15:20:30.000Z'],
    ['20260301102030.000000+***', '2026-03-01T10:20:30.000Z'],
  ])('%s is %s', (text, iso) => {
    expect(parseDate(text)).toBe(Date.parse(iso));
  });

  test.each([
    '',
    'Windows 11',
    '2026-02-30',
    '2026-13-01',
    '2026-01-01T25:00',
    '10.0.22631',
    '2026-01-0',
    '1',
  ])('"%s" is none', text => {
    expect(parseDate(text)).toBeUndefined();
  });
});

describe('the type of a value', () => {
  test.each([
    [1, 'integer'],
    [-5.0, 'integer'],
    [1.5, 'real'],
    [2 ** 60, 'real'],
    [true, 'boolean'],
    ['1', 'string'],
    ['2026-01-01', 'datetime'],
    ['20260101000000.000000+000', 'datetime'],
  ] as const)('%j is %s', (value, type) => {
    expect(inferType(value)).toBe(type);
  });

  test('is widened to one that holds both', () => {
    expect(widerType('integer', 'real')).toBe('real');
    expect(widerType('boolean', 'integer')).toBe('string');
    expect(widerType('datetime', 'string')).toBe('string');
  });
});

describe('a value read as a type', () => {
  test.each([
    ['string', 'MÜNCHEN ', 'münchen'],
    ['string', 5, '5'],
    ['string', true, 'true'],
    ['integer', '1', 1],
    ['integer', ' 42 ', 42],
    ['integer', true, 1],
    ['integer', 'False', 0],
    ['integer', 'n/a', null],
    ['integer', 1.5, null],
    ['real', '1.5e3', 1500],
    ['real', 'x', null],
    ['boolean', 'True', 1],
    ['boolean', '0', 0],
    ['boolean', 7, 1],
    ['boolean', 'maybe', null],
    ['datetime', '2026-01-01', Date.parse('2026-01-01')],
    ['datetime', 5, null],
  ] as const)('%s of %j is %j', (type, value, encoded) => {
    expect(encodeValue(type, value)).toBe(encoded);
  });
});
