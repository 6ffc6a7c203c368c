import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silent, systemClock } from '../../src/base/index.ts';
import {
  getResource,
  type ImportOptions,
  importResources,
  loadCatalogue,
  type ResourceRecord,
} from '../../src/inventory/index.ts';
import { openSqlite, type Store } from '../../src/store/index.ts';
import { classRowsOf, lines } from './helpers.ts';

let store: Store;
beforeEach(async () => {
  store = await openSqlite(':memory:');
});
afterEach(() => store.close());

const work = { clock: systemClock, report: silent, signal: new AbortController().signal };

function take(records: unknown[], options: Partial<ImportOptions> = {}) {
  return importResources(
    store,
    lines(records as ResourceRecord[]),
    { source: 'import', complete: false, approve: false, ...options },
    work,
  );
}

describe('an import', () => {
  test('brings a device with properties and inventory, and fills the class tables', async () => {
    const result = await take([
      {
        type: 'device',
        name: 'DeviceA',
        entraDeviceId: 'ABC',
        properties: { OperatingSystem: 'Windows 11', SystemOUName: ['CONTOSO/PCS', 'CONTOSO'] },
        inventory: { SMS_G_System_COMPUTER_SYSTEM: [{ Model: 'Latitude', Cores: 4 }, { Model: 'Second' }] },
      },
    ]);
    expect(result).toMatchObject({ created: 1, total: 1, rejected: 0 });
    expect(await getResource(store, 'devicea')).toMatchObject({
      id: 16_777_217,
      name: 'DeviceA',
      entraDeviceId: 'abc',
      properties: { OperatingSystem: 'Windows 11', SystemOUName: ['CONTOSO/PCS', 'CONTOSO'] },
    });
    expect(await classRowsOf(store, 'SMS_R_System')).toEqual([
      expect.objectContaining({
        resource_id: 16_777_217,
        Name: 'devicea',
        NetbiosName: 'devicea',
        ResourceType: 5,
        AADDeviceID: 'abc',
        SystemOUName: ['contoso', 'contoso/pcs'],
      }),
    ]);
    expect(await classRowsOf(store, 'sms_g_system_computer_system')).toEqual([
      { resource_id: 16_777_217, row_no: 0, Model: 'latitude', Cores: 4 },
      { resource_id: 16_777_217, row_no: 1, Model: 'second', Cores: null },
    ]);
    const catalogue = await loadCatalogue(store);
    expect(catalogue.findClass('SMS_R_SYSTEM')?.findProperty('systemouname')).toMatchObject({
      isArray: true,
    });
    expect(catalogue.findClass('SMS_R_SYSTEM')?.findProperty('resourceid')).toMatchObject({
      column: 'resource_id',
    });
  });

  test('widens an inferred type that a later value contradicts, and makes the column again', async () => {
    const device = (name: string, value: unknown) => ({
      type: 'device',
      name,
      inventory: { My_Class: [{ Value: value }] },
    });
    await take([device('A', 1), device('B', 2)]);
    await take([device('C', 2.5)]);
    expect((await classRowsOf(store, 'My_Class')).map(row => row.Value)).toEqual([1, 2, 2.5]);
    await take([device('D', 'Many')]);
    expect((await classRowsOf(store, 'My_Class')).map(row => row.Value)).toEqual(['1', '2', '2.5', 'many']);
  });

  test('does not write what has not changed', async () => {
    const record = { type: 'device', name: 'A', properties: { X: 1, Y: 'a' } };
    await take([record]);
    expect(await take([{ ...record, properties: { y: 'a', X: 1 } }])).toMatchObject({
      unchanged: 1,
      changed: 0,
    });
    expect(await store.db.selectFrom('resource_change').selectAll().execute()).toHaveLength(1);
  });
});
