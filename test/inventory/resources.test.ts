import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  changesSince,
  deleteResources,
  findResources,
  getResource,
  type ImportLine,
  importResources,
  lastChange,
  listResources,
  loadCatalogue,
  pruneChanges,
  type ResourceRecord,
} from '../../src/inventory/index.ts';
import { openSqlite, type Store } from '../../src/store/index.ts';
import { classRowsOf } from './helpers.ts';
import { importRecords, work } from './world.ts';

let store: Store;
beforeEach(async () => {
  store = await openSqlite(':memory:');
});
afterEach(() => store.close());

const device = (name: string, more: Partial<ResourceRecord> = {}): ResourceRecord => ({
  type: 'device',
  name,
  ...more,
});

/** What changed last, by the names of properties. */
async function lastTouched(): Promise<string[]> {
  const change = (await changesSince(store, 0)).at(-1);
  if (!change || change.touched === '*') return ['*'];
  const rows = await store.db.selectFrom('inventory_property').selectAll().execute();
  const name = (id: string) => rows.find(row => row.id === Number(id))?.name ?? '?';
  return change.touched.split(',').map(name).sort();
}

describe('the change feed', () => {
  test.each<[string, Partial<ResourceRecord>, string[]]>([
    ['a property', { properties: { Client: 0 } }, ['Client']],
    ['a cleared property', { properties: { Client: null } }, ['Client']],
    ['an array', { properties: { SystemOUName: ['A'] } }, ['SystemOUName']],
    ['a cell of a row', { inventory: { Disk: [{ Size: 1 }, { Size: 9 }] } }, ['Size']],
    ['fewer rows', { inventory: { Disk: [{ Size: 1 }] } }, ['Label', 'ResourceID', 'Size']],
    ['no rows', { inventory: { Disk: [] } }, ['Label', 'ResourceID', 'Size']],
    ['the deviceId', { entraDeviceId: 'other' }, ['AADDeviceID']],
    ['the name', { externalId: 'x', name: 'New' }, ['Name', 'NetbiosName']],
    ['everything for a deleted one', { deleted: true }, ['*']],
  ])('tells of %s', async (_, change, touched) => {
    const before = device('PC1', {
      externalId: 'x',
      entraDeviceId: 'd1',
      properties: { Client: 1, SystemOUName: ['A', 'B'] },
      inventory: { Disk: [{ Size: 1 }, { Size: 2, Label: 'data' }] },
    });
    const [first] = [before];
    await importRecords(store, [first]);
    if (_ === 'a cell of a row') {
      await importRecords(store, [device('PC1', { inventory: { Disk: [{ Size: 1 }, { Size: 2 }] } })]);
    }
    await importRecords(store, [device('PC1', change)]);
    expect(await lastTouched()).toEqual(touched);
  });

  test('keeps its count when it is pruned', async () => {
    await importRecords(store, [device('A'), device('B')]);
    const last = await lastChange(store);
    await pruneChanges(store, last);
    expect(await lastChange(store)).toBe(last);
    await importRecords(store, [device('C')]);
    expect(await changesSince(store, last)).toHaveLength(1);
  });
});

describe('resources', () => {
  test('are listed by type and name, page by page', async () => {
    await importRecords(store, [
      ...['b', 'A', 'c'].map(name => device(name)),
      ...['z', 'Y'].map(name => ({ type: 'user' as const, name })),
    ]);
    const names: string[] = [];
    let after: string | null = null;
    do {
      const page = await listResources(store, { limit: 2, ...(after === null ? {} : { after }) });
      expect(page.resources.length).toBeLessThanOrEqual(2);
      names.push(...page.resources.map(one => one.name));
      after = page.next;
    } while (after !== null);
    expect(names).toEqual(['A', 'b', 'c', 'Y', 'z']);
    const found = await listResources(store, { type: 'device', search: 'B', limit: 5 });
    expect(found.resources.map(one => one.name)).toEqual(['b']);
  });

  test('are found by id, name, externalId and user principal name', async () => {
    await importRecords(store, [
      device('PC1', { externalId: 'X-1' }),
      { type: 'user', name: 'CONTOSO\\ann', userPrincipalName: 'ann@contoso.com' },
    ]);
    for (const ref of ['16777217', 'pc1', 'X-1']) expect((await getResource(store, ref)).name).toBe('PC1');
    for (const ref of ['2063597569', 'contoso\\ANN', 'Ann@contoso.com']) {
      expect((await getResource(store, ref)).name).toBe('CONTOSO\\ann');
    }
    await expect(getResource(store, 'PC1', 'user')).rejects.toMatchObject({ code: 'resource-not-found' });
    expect(await findResources(store, 'device', ['pc1', 'none'])).toEqual(
      new Map([
        ['pc1', [16_777_217]],
        ['none', []],
      ]),
    );
  });

  test('of one name are told apart by their ids', async () => {
    await importRecords(store, [device('PC1', { externalId: '1' }), device('PC1', { externalId: '2' })]);
    await expect(getResource(store, 'PC1')).rejects.toMatchObject({
      code: 'resource-ambiguous',
      message: '"PC1" may be 2 resources: device 16777217, device 16777218.',
    });
    expect(await importRecords(store, [device('PC1')])).toMatchObject({
      errors: [{ line: 1, message: '2 devices are named "PC1": say which by "externalId".' }],
    });
  });

  test('that are deleted leave nothing, and their ids are not used again', async () => {
    await importRecords(store, [
      device('PC1', { properties: { SystemOUName: ['A'], Client: 1 }, inventory: { Disk: [{ Size: 1 }] } }),
    ]);
    expect(await deleteResources(store, [16_777_217, 5], work)).toBe(1);
    for (const name of ['SMS_R_System', 'Disk']) expect(await classRowsOf(store, name)).toEqual([]);
    expect(await store.db.selectFrom('resource_value').selectAll().execute()).toEqual([]);
    await importRecords(store, [device('PC2')]);
    expect((await getResource(store, 'PC2')).id).toBe(16_777_218);
  });

  test('keep their values as they were given', async () => {
    const properties = { Department: 'MÜNCHEN ', CreationDate: '20260101000000.000000+000', Client: '1' };
    await importRecords(store, [device('PC1', { properties })]);
    expect((await getResource(store, 'PC1')).properties).toEqual(properties);
    expect(await classRowsOf(store, 'SMS_R_System')).toMatchObject([{ Department: 'münchen' }]);
  });
});

describe('an import', () => {
  test('that breaks off keeps whole batches, and is completed by running it again', async () => {
    const records = Array.from({ length: 12_000 }, (_, index) => device(`PC${index}`));
    async function* breaking(): AsyncGenerator<ImportLine> {
      for (const [index, record] of records.entries()) {
        if (index === 11_500) throw new Error('the file was cut off');
        yield { line: index + 1, record };
      }
    }
    const options = { source: 'import', complete: true, approve: true };
    await expect(importResources(store, breaking(), options, work)).rejects.toThrow('cut off');
    const kept = (
      await findResources(
        store,
        'device',
        records.map(one => one.name),
      )
    ).values();
    const count = [...kept].filter(ids => ids.length > 0).length;
    expect(count).toBeGreaterThan(0);
    expect(count % 1_000).toBe(0);
    expect(await importRecords(store, records)).toMatchObject({ created: 12_000 - count, unchanged: count });
  });

  test('to a full disk says so and keeps what was there', async () => {
    await importRecords(store, [device('PC1')]);
    const { sql } = await import('kysely');
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(store.db);
    await sql`pragma max_page_count = ${sql.lit((rows[0]?.page_count ?? 0) + 2)}`.execute(store.db);
    const big = Array.from({ length: 500 }, (_, index) =>
      device(`B${index}`, { properties: { X: 'x'.repeat(500) } }),
    );
    await expect(importRecords(store, big)).rejects.toMatchObject({ code: 'disk-full' });
    expect((await listResources(store, { limit: 10 })).resources.map(one => one.name)).toEqual(['PC1']);
  });

  test('tells a resource named twice, and lets the later line win', async () => {
    const result = await importRecords(store, [
      device('PC1', { properties: { A: 1, B: 1 } }),
      device('pc1', { properties: { A: 2 } }),
    ]);
    expect(result).toMatchObject({ created: 1, duplicates: 1, rejected: 0, errors: [{ line: 2 }] });
    expect((await getResource(store, 'PC1')).properties).toEqual({ A: 2, B: 1 });
  });

  test('takes standard classes with their types, and customs classes in any case', async () => {
    await importRecords(store, [
      device('PC1', { properties: { resourcetype: 'x', RESOURCEID: 5, netbiosname: 'NB' } }),
    ]);
    expect(await classRowsOf(store, 'sms_r_system')).toEqual([
      { resource_id: 16_777_217, row_no: 0, Name: 'pc1', NetbiosName: 'nb', ResourceType: 5 },
    ]);
    expect((await loadCatalogue(store)).findClass('SMS_R_User')?.table).toBeNull();
  });

  test('refuses an inventory class that belongs to the other type', async () => {
    const { errors } = await importRecords(store, [
      device('PC1', { inventory: { Mine: [{ A: 1 }] } }),
      { type: 'user', name: 'ann', inventory: { MINE: [{ A: 1 }] } },
      device('PC2', { inventory: { SMS_R_System: [{ A: 1 }] } }),
    ]);
    expect(errors.map(one => one.message)).toEqual([
      'Inventory class "Mine" belongs to devices.',
      '"SMS_R_System" holds a resource\'s own properties: name them under "properties".',
    ]);
  });
});
