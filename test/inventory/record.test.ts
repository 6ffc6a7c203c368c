import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resourceRecord, validateRecord } from '../../src/inventory/index.ts';

describe('a record', () => {
  test.each([
    [[], 'Not a JSON object.'],
    [null, 'Not a JSON object.'],
    ['text', 'Not a JSON object.'],
    [{}, 'No "type": "device" or "user".'],
    [{ type: 'printer', name: 'P' }, '"type" must be "device" or "user", not "printer".'],
    [{ type: 'device' }, 'No "name".'],
    [{ type: 'device', name: 7 }, '"name" must be text, not 7.'],
    [{ type: 'device', name: ' ' }, '"name" is empty.'],
    [{ type: 'device', name: 'x'.repeat(257) }, '"name" is longer than 256 characters.'],
    [{ type: 'device', name: 'A', externalId: 5 }, '"externalId" must be text, not 5.'],
    [{ type: 'device', name: 'A', entraDeviceId: {} }, '"entraDeviceId" must be text, not an object.'],
    [{ type: 'device', name: 'A', deleted: 'yes' }, '"deleted" must be true or false, not "yes".'],
    [{ type: 'device', name: 'A', properties: [] }, '"properties" must be an object, not a list.'],
    [
      { type: 'device', name: 'A', properties: { Os: {} } },
      'Property "Os" must be text, a number, true, false, null or a list of such values, not an object.',
    ],
    [
      { type: 'device', name: 'A', properties: { 'Serial Number': 1 } },
      '"Serial Number" can not name a property: use letters, digits and _, beginning with a letter or _.',
    ],
    [
      { type: 'device', name: 'A', inventory: { C: {} } },
      'Inventory class "C" must be a list of rows, not an object.',
    ],
    [
      { type: 'device', name: 'A', inventory: { C: [{ X: [1] }] } },
      '"C.X" must be text, a number, true, false or null, not a list.',
    ],
    [
      { type: 'device', name: 'A', Model: 'x' },
      'Unknown field "Model". Properties go under "properties", inventory rows under "inventory".',
    ],
  ])('%j is refused: %s', (value, error) => {
    expect(validateRecord(value)).toMatchObject({ error });
    expect(resourceRecord.safeParse(value).success).toBe(false);
  });

  test('is judged alike by hand and by its published schema', () => {
    const scalar = fc.oneof(fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null));
    const name = fc.constantFrom('A', 'Ä_1', '1a', 'a b', '__proto__', '', 'x'.repeat(129), 'constructor');
    const rows = fc.array(fc.dictionary(name, fc.oneof(scalar, fc.array(scalar))), { maxLength: 3 });
    const key = fc.oneof(fc.string(), fc.constant(null), fc.constant('x'.repeat(257)), fc.integer());
    const record = fc.record(
      {
        type: fc.constantFrom('device', 'user', 'Device', 5),
        name: fc.oneof(fc.string({ maxLength: 5 }), fc.constant('x'.repeat(300)), scalar),
        externalId: key,
        entraDeviceId: key,
        entraUserId: key,
        userPrincipalName: key,
        onPremisesSid: key,
        properties: fc.oneof(fc.dictionary(name, fc.oneof(scalar, fc.array(scalar), fc.object())), scalar),
        inventory: fc.oneof(fc.dictionary(name, fc.oneof(rows, scalar)), scalar),
        deleted: fc.oneof(fc.boolean(), scalar),
        other: scalar,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(record, fc.jsonValue()), value => {
        expect('record' in validateRecord(value)).toBe(resourceRecord.safeParse(value).success);
      }),
      { numRuns: 2_000 },
    );
  });
});
