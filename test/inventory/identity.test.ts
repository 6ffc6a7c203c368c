import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { matchIdentities, type ResourceRecord } from '../../src/inventory/index.ts';
import { openSqlite, type Store } from '../../src/store/index.ts';
import { cloudService, identities, importRecords } from './world.ts';

let store: Store;
let service: number;
beforeEach(async () => {
  store = await openSqlite(':memory:');
  service = await cloudService(store);
});
afterEach(() => store.close());

interface Given {
  id: string;
  kind?: 'device' | 'user';
  deviceId?: string;
  upn?: string;
  sid?: string;
  enabled?: boolean;
  trust?: string;
}

async function put(...objects: Given[]) {
  const rows = objects.map(
    ({ id, kind = 'device', deviceId, upn, sid, enabled = true, trust = 'AzureAd' }) => ({
      cloud_service_id: service,
      object_id: id,
      kind,
      device_id: deviceId ?? null,
      trust_type: trust,
      user_principal_name: upn ?? null,
      upn_key: upn ?? null,
      on_premises_sid: sid ?? null,
      account_enabled: enabled ? (1 as const) : (0 as const),
      generation: 1,
    }),
  );
  await store.db.insertInto('entra_object').values(rows).execute();
}

const at = '2026-01-01T00:00:00.000Z';
const user = (more: Partial<ResourceRecord>): ResourceRecord => ({ type: 'user', name: 'ann', ...more });

describe('of several objects with one deviceId, a device is', () => {
  test.each<[string, Given[], string]>([
    ['the enabled one', [{ id: 'a', enabled: false }, { id: 'b' }], 'b'],
    [
      'the joined one',
      [
        { id: 'a', trust: 'Workplace' },
        { id: 'b', trust: 'ServerAd' },
      ],
      'b',
    ],
    [
      'enabled before joined',
      [
        { id: 'a', enabled: false },
        { id: 'b', trust: 'Workplace' },
      ],
      'b',
    ],
    ['the one with the lower object id', [{ id: 'b' }, { id: 'a' }], 'a'],
  ])('%s', async (_, objects, expected) => {
    await put(...objects.map(object => ({ ...object, deviceId: 'd1' })));
    await importRecords(store, [{ type: 'device', name: 'PC1', entraDeviceId: 'D1' }]);
    expect(await identities(store)).toEqual({ PC1: expected });
  });
});

describe('a user is matched by', () => {
  const all: Given[] = [
    { id: 'by-id', kind: 'user' },
    { id: 'by-sid', kind: 'user', sid: 'S-1-5-1' },
    { id: 'by-upn', kind: 'user', upn: 'ann@contoso.com' },
  ];
  test.each<[string, Partial<ResourceRecord>, string | undefined]>([
    [
      'object id first',
      { entraUserId: 'BY-ID', onPremisesSid: 'S-1-5-1', userPrincipalName: 'ann@contoso.com' },
      'by-id',
    ],
    ['SID where the object id is not in Entra', { entraUserId: 'other', onPremisesSid: 's-1-5-1' }, 'by-sid'],
    ['UPN last, in any case', { onPremisesSid: 'S-1-5-9', userPrincipalName: 'ANN@contoso.com' }, 'by-upn'],
    ['never by name', {}, undefined],
  ])('%s', async (_, keys, expected) => {
    await put(...all);
    await importRecords(store, [user(keys)]);
    expect((await identities(store)).ann).toBe(expected);
  });
});

describe('identities', () => {
  test('are kept by each of two resources that lead to one object', async () => {
    await put({ id: 'o', deviceId: 'd1' });
    await importRecords(store, [
      { type: 'device', name: 'PC1', entraDeviceId: 'd1' },
      { type: 'device', name: 'PC2', entraDeviceId: 'd1' },
    ]);
    expect(await identities(store)).toEqual({ PC1: 'o', PC2: 'o' });
  });

  test('never join a device to a user', async () => {
    await put({ id: 'o', kind: 'user', deviceId: 'd1' });
    await importRecords(store, [{ type: 'device', name: 'PC1', entraDeviceId: 'd1' }]);
    expect(await identities(store)).toEqual({});
  });

  test('are told apart by cloud service', async () => {
    const first = service;
    await put({ id: 'o1', deviceId: 'd1' });
    service = await cloudService(store, 'Fabrikam');
    await put({ id: 'o2', deviceId: 'd1' });
    await importRecords(store, [{ type: 'device', name: 'PC1', entraDeviceId: 'd1' }]);
    const rows = await store.db
      .selectFrom('entra_identity')
      .selectAll()
      .orderBy('cloud_service_id')
      .execute();
    expect(rows.map(row => [row.cloud_service_id, row.object_id])).toEqual([
      [first, 'o1'],
      [service, 'o2'],
    ]);
  });

  test('of all resources can be worked out anew, and nothing changes where they are right', async () => {
    await importRecords(store, [
      { type: 'device', name: 'PC1', entraDeviceId: 'd1' },
      user({ userPrincipalName: 'ann@contoso.com' }),
    ]);
    await put({ id: 'o', deviceId: 'd1' }, { id: 'u', kind: 'user', upn: 'ann@contoso.com' });
    const match = () => store.transaction(tx => matchIdentities(tx, {}, at));
    expect(await match()).toBe(2);
    expect(await match()).toBe(0);
    expect(await identities(store)).toEqual({ PC1: 'o', ann: 'u' });
  });

  test('go with their resource', async () => {
    await put({ id: 'o', deviceId: 'd1' });
    await importRecords(store, [{ type: 'device', name: 'PC1', entraDeviceId: 'd1' }]);
    await importRecords(store, [{ type: 'device', name: 'PC1', deleted: true }]);
    expect(await identities(store)).toEqual({});
    const feed = await store.db.selectFrom('identity_change').selectAll().execute();
    expect(feed.at(-1)).toMatchObject({ old_object_id: 'o', new_object_id: null });
  });
});
