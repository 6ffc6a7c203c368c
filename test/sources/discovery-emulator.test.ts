import { afterEach, beforeEach, expect, test } from 'vitest';
import { discover } from '../../src/sources/index.ts';
import { openSqlite, type Store } from '../../src/store/index.ts';
import { type Rig, startRig } from '../directory/support.ts';
import { cloudService, identities, importRecords, work } from '../inventory/world.ts';

let rig: Rig;
let store: Store;
let tenantId: number;
beforeEach(async () => {
  rig = await startRig({ emulator: { deltaPageSize: 3 } });
  store = await openSqlite(':memory:');
  tenantId = await cloudService(store);
});
afterEach(async () => {
  await store.close();
  await rig.close();
});

async function run(full = false) {
  const limits = { maxRemovals: 500, maxRemovalPercent: 30 };
  const tenant = {
    id: tenantId,
    name: 'Contoso',
    tenantId: 'contoso.com',
    entraResources: false,
    fullDiscoveryDays: 7,
    ...limits,
  };
  const [devices, users] = await discover(store, rig.directory, tenant, { full }, work);
  return { devices: devices?.round, users: users?.round };
}

test('discovery over Graph follows devices and users as they come, change, go and come back', async () => {
  const { tenant } = rig.emulator;
  const devices = Array.from({ length: 10 }, (_, number) => tenant.addDevice({ displayName: `PC${number}` }));
  const ann = tenant.addUser({ userPrincipalName: 'ann@contoso.com' });
  await importRecords(store, [
    ...devices.map(({ deviceId }, number) => ({
      type: 'device' as const,
      name: `PC${number}`,
      entraDeviceId: deviceId?.toUpperCase() ?? null,
    })),
    { type: 'user', name: 'ann', userPrincipalName: 'Ann@contoso.com' },
  ]);
  expect(await run()).toMatchObject({
    devices: { mode: 'full', objects: 10, identities: 10 },
    users: { mode: 'full', identities: 1 },
  });
  const [first, second] = devices;
  expect(await identities(store)).toMatchObject({ PC0: first?.id, ann: ann.id });

  tenant.deleteObject(first?.id ?? '');
  tenant.deleteObject(ann.id);
  tenant.addUser({ userPrincipalName: 'ben@contoso.com' });
  tenant.updateObject(second?.id ?? '', { displayName: 'Renamed' });
  expect(await run()).toMatchObject({
    devices: { mode: 'delta', removed: 1, changed: 1, identities: 1 },
    users: { mode: 'delta', removed: 1, changed: 1, identities: 1 },
  });
  expect(Object.keys(await identities(store))).toHaveLength(9);

  tenant.restoreObject(ann.id);
  // A device that joins again has a new object under its old deviceId.
  const again = tenant.addDevice({ displayName: 'PC0', deviceId: first?.deviceId ?? null });
  expect(await run()).toMatchObject({ devices: { identities: 1, objects: 10 }, users: { identities: 1 } });
  expect(await identities(store)).toMatchObject({ PC0: again.id, ann: ann.id });

  tenant.expireDeltaTokens();
  expect(await run()).toMatchObject({ devices: { mode: 'full', changed: 0, removed: 0, identities: 0 } });
});
