import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { holdRemovals } from '../../src/inventory/import/import-guard.ts';
import {
  type ImportLine,
  importResources,
  listResources,
  type ResourceRecord,
} from '../../src/inventory/index.ts';
import { readResourceFile } from '../../src/sources/index.ts';
import { openSqlite, type Store } from '../../src/store/index.ts';
import { importRecords, work } from './world.ts';

let store: Store;
beforeEach(async () => {
  store = await openSqlite(':memory:');
});
afterEach(() => store.close());

const devices = (from: number, to: number): ResourceRecord[] =>
  Array.from({ length: to - from }, (_, index) => ({ type: 'device', name: `PC${from + index}` }));
const complete = { complete: true };
const count = async () => (await listResources(store, { limit: 1000 })).resources.length;

describe('the guard of complete imports', () => {
  const limits = { max: 500, percent: 30 };
  test.each([
    ['nothing missing', { existing: 100, missing: 0, sound: 100, unreadable: 0 }, false],
    ['30 % of ten', { existing: 10, missing: 3, sound: 7, unreadable: 0 }, false],
    ['40 % of ten', { existing: 10, missing: 4, sound: 6, unreadable: 0 }, true],
    ['most of nine', { existing: 9, missing: 8, sound: 1, unreadable: 0 }, false],
    ['500 of many', { existing: 10_000, missing: 500, sound: 9500, unreadable: 0 }, false],
    ['501 of many', { existing: 10_000, missing: 501, sound: 9499, unreadable: 0 }, true],
    ['no sound line', { existing: 1, missing: 1, sound: 0, unreadable: 0 }, true],
    ['a line that nobody can read', { existing: 10, missing: 1, sound: 9, unreadable: 1 }, true],
  ])('%s', (_, removals, held) => {
    expect(holdRemovals(removals, limits) !== null).toBe(held);
  });
});

describe('a complete import', () => {
  test('removes what its source brought before and the file lacks', async () => {
    await importRecords(store, devices(0, 10));
    await importRecords(store, devices(100, 101), { source: 'other' });
    expect(await importRecords(store, devices(2, 12), complete)).toMatchObject({
      created: 2,
      deleted: 2,
      held: 0,
    });
    expect(await count()).toBe(11);
  });

  test('leaves the types alone that the file does not hold', async () => {
    await importRecords(store, [...devices(0, 3), { type: 'user', name: 'ann' }]);
    expect(await importRecords(store, devices(0, 3), complete)).toMatchObject({ deleted: 0, unchanged: 3 });
  });

  test('holds mass removals, lets additions in, and removes when approved', async () => {
    await importRecords(store, devices(0, 20));
    expect(await importRecords(store, devices(10, 21), complete)).toMatchObject({
      created: 1,
      deleted: 0,
      held: 10,
    });
    expect(await count()).toBe(21);
    expect(await importRecords(store, devices(10, 21), { ...complete, approve: true })).toMatchObject({
      deleted: 10,
      held: 0,
    });
  });

  test('of an empty file removes nothing until it is approved', async () => {
    await importRecords(store, devices(0, 3));
    expect(await importRecords(store, [], complete)).toMatchObject({ deleted: 0, held: 3 });
    expect(await importRecords(store, [], { ...complete, approve: true })).toMatchObject({ deleted: 3 });
  });

  test('of which no line can be read removes nothing, approved or not', async () => {
    await importRecords(store, devices(0, 3));
    async function* broken(): AsyncGenerator<ImportLine> {
      yield { line: 1, error: 'Not JSON' };
    }
    const options = { source: 'import', complete: true, approve: true };
    expect(await importResources(store, broken(), options, work)).toMatchObject({
      deleted: 0,
      held: 3,
      rejected: 1,
    });
  });

  test('keeps a resource whose line was refused by the reader, and removes the others', async () => {
    await importRecords(store, devices(0, 12));
    const text = [
      '{"type":"device","name":"pc0","properties":5}',
      ...devices(2, 12).map(one => JSON.stringify(one)),
    ];
    const stream = Readable.from([Buffer.from(text.join('\n'))]);
    const options = { source: 'import', complete: true, approve: false };
    const result = await importResources(store, readResourceFile(stream, 'ndjson'), options, work);
    expect(result).toMatchObject({ rejected: 1, deleted: 1, held: 0 });
    expect(await count()).toBe(11);
  });

  test('keeps a resource whose line was refused for what it says', async () => {
    await importRecords(store, devices(0, 12));
    const records: ResourceRecord[] = [
      ...devices(1, 12),
      { type: 'device', name: 'PC0', inventory: { SMS_R_User: [{ X: 1 }] } },
    ];
    expect(await importRecords(store, records, complete)).toMatchObject({ rejected: 1, deleted: 0, held: 0 });
  });
});
