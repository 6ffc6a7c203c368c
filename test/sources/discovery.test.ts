import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DiscoveryOptions, discover } from '../../src/sources/index.ts';
import { openSqlite, type Store } from '../../src/store/index.ts';
import { cloudService, identities, importRecords, work } from '../inventory/world.ts';
import { device, FakeDirectory, user } from './fake-directory.ts';

let store: Store;
let directory: FakeDirectory;
let tenantId: number;
beforeEach(async () => {
  store = await openSqlite(':memory:');
  directory = new FakeDirectory();
  tenantId = await cloudService(store);
});
afterEach(() => store.close());

async function run(options: DiscoveryOptions = { full: false }) {
  const tenant = {
    id: tenantId,
    name: 'Contoso',
    tenantId: '11111111-1111-4111-8111-111111111111',
    entraResources: false,
    fullDiscoveryDays: 7,
    maxRemovals: 500,
    maxRemovalPercent: 30,
  };
  const [devices, users] = await discover(store, directory, tenant, options, work);
  return { devices: devices?.round, users: users?.round };
}

async function known(kind: 'device' | 'user' = 'device'): Promise<string[]> {
  const rows = await store.db
    .selectFrom('entra_object')
    .select('object_id')
    .where('kind', '=', kind)
    .orderBy('object_id')
    .execute();
  return rows.map(row => row.object_id);
}

function deviceState() {
  return store.db
    .selectFrom('discovery_state')
    .selectAll()
    .where('kind', '=', 'device')
    .executeTakeFirstOrThrow();
}

function putDevices(count: number) {
  for (let number = 0; number < count; number += 1) directory.put(device(number));
}

const objectsOf = (...numbers: number[]) => numbers.map(number => `device-object-${number}`).sort();

describe('discovery', () => {
  test('reads everything at first, then only what changed', async () => {
    putDevices(5);
    directory.put(user(1));
    expect(await run()).toMatchObject({
      devices: { mode: 'full', objects: 5, changed: 5 },
      users: { mode: 'full', objects: 1 },
    });
    directory.put(device(7));
    directory.remove('device', 'device-object-0');
    expect(await run()).toMatchObject({
      devices: { mode: 'delta', changed: 1, removed: 1, objects: 5 },
      users: { mode: 'delta', changed: 0 },
    });
    expect(await known()).toEqual(objectsOf(1, 2, 3, 4, 7));
  });

  test('asks once for each kind when nothing has changed, and changes nothing', async () => {
    putDevices(3);
    await run();
    directory.asked.length = 0;
    expect(await run()).toMatchObject({ devices: { read: 0, changed: 0, identities: 0 } });
    expect(directory.asked).toHaveLength(2);
  });

  test('matches resources as their objects come, change and go', async () => {
    await importRecords(store, [
      { type: 'device', name: 'PC1', entraDeviceId: 'DEVICE-1' },
      { type: 'user', name: 'ann', userPrincipalName: 'User1@Contoso.com' },
    ]);
    directory.put(device(1));
    directory.put(user(1));
    await run();
    expect(await identities(store)).toEqual({ PC1: 'device-object-1', ann: 'user-object-1' });
    directory.put(user(1, { userPrincipalName: 'ann.new@contoso.com' }));
    directory.remove('device', 'device-object-1');
    await run();
    expect(await identities(store)).toEqual({});
    directory.put(device(1));
    await run();
    expect(await identities(store)).toEqual({ PC1: 'device-object-1' });
    const feed = await store.db.selectFrom('identity_change').selectAll().orderBy('seq').execute();
    expect(feed.map(row => [row.old_object_id, row.new_object_id])).toEqual([
      [null, 'device-object-1'],
      [null, 'user-object-1'],
      ['device-object-1', null],
      ['user-object-1', null],
      [null, 'device-object-1'],
    ]);
  });

  test('a re-imaged device leaves its old object for the new one', async () => {
    await importRecords(store, [{ type: 'device', name: 'PC1', externalId: 'x', entraDeviceId: 'device-1' }]);
    directory.put(device(1));
    directory.put(device(2, { displayName: 'PC1' }));
    await run();
    expect(await identities(store)).toEqual({ PC1: 'device-object-1' });
    await importRecords(store, [{ type: 'device', name: 'PC1', externalId: 'x', entraDeviceId: 'device-2' }]);
    expect(await identities(store)).toEqual({ PC1: 'device-object-2' });
  });

  test('goes on in the middle of pages after it was broken off', async () => {
    putDevices(9);
    directory.failAfter = 2;
    await expect(run()).rejects.toThrow('the connection broke');
    expect(await known()).toEqual(objectsOf(0, 1, 2, 3));
    directory.failAfter = Number.POSITIVE_INFINITY;
    directory.asked.length = 0;
    expect(await run()).toMatchObject({ devices: { mode: 'full', resumed: true, objects: 9, removed: 0 } });
    expect(directory.asked[0]).toMatch(/^list-0-4-/);
    expect(await known()).toHaveLength(9);
  });

  test('starts again with everything when its link has expired', async () => {
    putDevices(4);
    await run();
    directory.hide('device', ['device-object-0']);
    const { delta_link } = await deviceState();
    directory.expired.add(delta_link ?? '');
    expect(await run()).toMatchObject({ devices: { mode: 'full', removed: 1, objects: 3 } });
  });

  test('an object that comes back in the same round stays', async () => {
    putDevices(4);
    await run();
    directory.remove('device', 'device-object-2');
    directory.put(device(3, { displayName: 'other' }));
    directory.put(device(2));
    expect(await run()).toMatchObject({ devices: { removed: 0, objects: 4 } });
  });

  test('keeps what an item does not tell', async () => {
    directory.put(device(1));
    await run();
    directory.put({ id: 'device-object-1', kind: 'device', displayName: 'renamed' });
    await run();
    expect(await store.db.selectFrom('entra_object').selectAll().executeTakeFirst()).toMatchObject({
      display_name: 'renamed',
      device_id: 'device-1',
      account_enabled: 1,
    });
  });
});

describe('a sudden loss', () => {
  const lost = ['device-object-0', 'device-object-1', 'device-object-2', 'device-object-3'];

  test('in a full discovery is held, and confirmed by the next full one', async () => {
    putDevices(10);
    await importRecords(store, [{ type: 'device', name: 'PC0', entraDeviceId: 'device-0' }]);
    await run();
    directory.hide('device', lost);
    expect(await run({ full: true })).toMatchObject({ devices: { removed: 0, held: 4, objects: 10 } });
    expect(await identities(store)).toEqual({ PC0: 'device-object-0' });
    expect((await deviceState()).error).toContain('4 of 10 devices are suddenly missing');
    expect(await run()).toMatchObject({ devices: { mode: 'delta', held: 4 } });
    expect(await run({ full: true })).toMatchObject({ devices: { removed: 4, held: 0, objects: 6 } });
    expect(await identities(store)).toEqual({});
    expect((await deviceState()).error).toBeNull();
  });

  test('that was a mistake heals by itself', async () => {
    putDevices(10);
    await run();
    directory.hide('device', lost);
    await run({ full: true });
    putDevices(10);
    expect(await run()).toMatchObject({ devices: { held: 0, objects: 10 } });
  });

  test('in a delta is held until it is approved', async () => {
    putDevices(10);
    await run();
    for (const id of lost) directory.remove('device', id);
    expect(await run()).toMatchObject({ devices: { mode: 'delta', removed: 0, held: 4 } });
    expect(await run({ full: false, approve: true })).toMatchObject({ devices: { removed: 4, held: 0 } });
    expect(await known()).toHaveLength(6);
  });

  test('of everything is held even in a small tenant', async () => {
    putDevices(3);
    await run();
    directory.hide('device', ['device-object-0', 'device-object-1', 'device-object-2']);
    expect(await run({ full: true })).toMatchObject({ devices: { removed: 0, held: 3 } });
  });

  test('within the limits is believed at once', async () => {
    putDevices(10);
    await run();
    for (const id of lost.slice(0, 3)) directory.remove('device', id);
    expect(await run()).toMatchObject({ devices: { removed: 3, held: 0, objects: 7 } });
  });
});
