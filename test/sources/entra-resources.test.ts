import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { disconnectTenant } from '../../src/directory/index.ts';
import { dropEntraResources, getResource } from '../../src/inventory/index.ts';
import { discover } from '../../src/sources/index.ts';
import { openSqlite, type Store } from '../../src/store/index.ts';
import { cloudService, importRecords, work } from '../inventory/world.ts';
import { device, FakeDirectory, user } from './fake-directory.ts';

const tenantGuid = '11111111-1111-4111-8111-111111111111';

/** A store with one tenant and its directory. */
class Site {
  readonly directory = new FakeDirectory();
  readonly store: Store;
  readonly id: number;
  entraResources = true;

  constructor(store: Store, id: number) {
    this.store = store;
    this.id = id;
  }

  static async open(): Promise<Site> {
    const store = await openSqlite(':memory:');
    return new Site(store, await cloudService(store));
  }

  async discover(options: { full?: boolean; approve?: boolean; maxRemovalPercent?: number } = {}) {
    const { full = false, approve = false, maxRemovalPercent = 30 } = options;
    const tenant = {
      id: this.id,
      name: 'Contoso',
      tenantId: tenantGuid,
      entraResources: this.entraResources,
      fullDiscoveryDays: 7,
      maxRemovals: 500,
      maxRemovalPercent,
    };
    return await discover(this.store, this.directory, tenant, { full, approve }, work);
  }

  /** Names and sources of all resources. */
  async resources(): Promise<string[]> {
    const rows = await this.store.db
      .selectFrom('resource')
      .select(['name', 'source'])
      .orderBy('name')
      .execute();
    return rows.map(row => `${row.name} of ${row.source}`).sort();
  }

  async only() {
    const rows = await this.store.db.selectFrom('resource').select('id').execute();
    expect(rows).toHaveLength(1);
    return await getResource(this.store, String(rows[0]?.id));
  }
}

let site: Site;
beforeEach(async () => {
  site = await Site.open();
});
afterEach(() => site.store.close());

describe('devices and users that only Entra knows', () => {
  test('are left out unless the tenant brings them', async () => {
    site.entraResources = false;
    site.directory.put(device(1));
    await site.discover();
    expect(await site.resources()).toEqual([]);
  });

  test('become resources with what Entra says of them', async () => {
    site.directory.put(
      device(1, { operatingSystem: 'Windows', operatingSystemVersion: '10.0.26100.1', isCompliant: true }),
    );
    await site.discover();
    expect(await site.only()).toMatchObject({
      name: 'PC1',
      source: 'entra',
      entraDeviceId: 'device-1',
      properties: {
        AADTenantID: tenantGuid,
        OperatingSystemNameandVersion: 'Windows 10.0.26100.1',
        EntraTrustType: 'AzureAd',
        EntraIsCompliant: true,
      },
    });
  });

  test('users bear their names, mail, department and what they are: guests too', async () => {
    site.directory.put(
      user(1, { mail: 'u@contoso.com', department: 'HR', userType: 'Guest', displayName: 'Ann' }),
    );
    await site.discover();
    expect(await site.only()).toMatchObject({
      name: 'user1@contoso.com',
      entraUserId: 'user-object-1',
      properties: { FullUserName: 'Ann', Mail: 'u@contoso.com', Department: 'HR', EntraUserType: 'Guest' },
    });
  });

  test('follow their objects: what changes, what is cleared, what goes', async () => {
    site.directory.put(user(1, { department: 'HR' }));
    site.directory.put(user(2));
    await site.discover();
    site.directory.put(user(1, { department: null, userPrincipalName: 'new@contoso.com' }));
    site.directory.remove('user', 'user-object-2');
    await site.discover();
    const left = await site.only();
    expect(left.name).toBe('new@contoso.com');
    expect(left.properties).not.toHaveProperty('Department');
  });

  test('come when the switch is set later, and those that are brought stay when it is taken back', async () => {
    site.entraResources = false;
    site.directory.put(device(1, { operatingSystem: 'Windows' }));
    await site.discover();
    site.entraResources = true;
    const [devices] = await site.discover();
    expect(devices?.round?.mode).toBe('full');
    expect((await site.only()).properties).toMatchObject({ OperatingSystemNameandVersion: 'Windows' });
    site.entraResources = false;
    site.directory.put(device(2));
    await site.discover();
    expect(await site.resources()).toEqual(['PC1 of entra']);
    site.directory.remove('device', 'device-object-1');
    await site.discover();
    expect(await site.resources()).toEqual([]);
  });

  test('two objects with one deviceId are one resource, which the better one names', async () => {
    site.directory.put(device(1, { trustType: 'Workplace', displayName: 'Registered' }));
    site.directory.put(device(2, { deviceId: 'device-1', displayName: 'Joined' }));
    await site.discover();
    expect(await site.resources()).toEqual(['Joined of entra']);
    site.directory.remove('device', 'device-object-2');
    await site.discover();
    expect(await site.resources()).toEqual(['Registered of entra']);
  });

  test('go only when the loss is believed', async () => {
    for (let number = 0; number < 10; number += 1) site.directory.put(device(number));
    await site.discover();
    for (let number = 0; number < 5; number += 1) site.directory.remove('device', `device-object-${number}`);
    await site.discover();
    expect(await site.resources()).toHaveLength(10);
    await site.discover({ approve: true });
    expect(await site.resources()).toHaveLength(5);
  });

  test('go with the tenant that brought them', async () => {
    site.directory.put(device(1));
    await site.discover();
    await importRecords(site.store, [{ type: 'device', name: 'Own' }]);
    await disconnectTenant(site.store, 'Contoso');
    expect(await dropEntraResources(site.store, work)).toBe(1);
    expect(await site.resources()).toEqual(['Own of import']);
  });
});

describe('when another source brings the same', () => {
  test.each([
    ['a device by its deviceId', device(1), { type: 'device', name: 'Laptop', entraDeviceId: 'DEVICE-1' }],
    ['a user by object id', user(1), { type: 'user', name: 'Laptop', entraUserId: 'User-Object-1' }],
    ['a user by UPN', user(1), { type: 'user', name: 'Laptop', userPrincipalName: 'USER1@contoso.com' }],
    [
      'a hybrid user by SID',
      user(1, { onPremisesSecurityIdentifier: 'S-1-5-21-7' }),
      { type: 'user', name: 'Laptop', onPremisesSid: 's-1-5-21-7' },
    ],
  ] as const)('%s, the resource is its from then on, and stays one', async (_what, object, record) => {
    site.directory.put(object);
    await site.discover();
    const before = await site.only();
    await importRecords(site.store, [{ ...record, externalId: 'mine', properties: { Own: 1 } }]);
    const after = await site.only();
    expect(after).toMatchObject({ id: before.id, name: 'Laptop', source: 'import', externalId: 'mine' });
    expect(after.properties).toMatchObject({ Own: 1, AADTenantID: tenantGuid });
    expect(after.identities).toEqual([{ cloudServiceId: site.id, objectId: object.id }]);
    site.directory.put({ ...object, displayName: 'Renamed in Entra' });
    await site.discover({ full: true });
    expect((await site.only()).name).toBe('Laptop');
  });

  test('never by name', async () => {
    site.directory.put(device(1));
    await site.discover();
    await importRecords(site.store, [{ type: 'device', name: 'PC1' }]);
    expect(await site.resources()).toEqual(['PC1 of entra', 'PC1 of import']);
    site.directory.put(device(2, { displayName: 'PC1' }));
    await site.discover();
    expect(await site.resources()).toEqual(['PC1 of entra', 'PC1 of entra', 'PC1 of import']);
  });

  test('and had a resource of its own, that one stays and takes over the direct rules', async () => {
    site.directory.put(device(1));
    await site.discover();
    const { id: twin } = await site.only();
    await importRecords(site.store, [{ type: 'device', name: 'Laptop', externalId: 'mine' }]);
    const { id } = await getResource(site.store, 'Laptop');
    const rule = {
      collection_num: 1,
      kind: 'direct',
      name: 'PC1',
      name_key: 'pc1',
      resource_id: twin,
    } as const;
    await site.store.db.insertInto('collection_rule').values(rule).execute();
    await importRecords(site.store, [
      { type: 'device', name: 'Laptop', externalId: 'mine', entraDeviceId: 'device-1' },
    ]);
    expect(await site.resources()).toEqual(['Laptop of import']);
    const rules = await site.store.db
      .selectFrom('collection_rule')
      .selectAll()
      .where('kind', '=', 'direct')
      .execute();
    expect(rules).toMatchObject([{ resource_id: id, name: 'Laptop' }]);
  });

  test('and takes it away again, Entra brings its own', async () => {
    site.directory.put(device(1));
    await importRecords(site.store, [{ type: 'device', name: 'Laptop', entraDeviceId: 'device-1' }]);
    await site.discover();
    expect(await site.resources()).toEqual(['Laptop of import']);
    await importRecords(site.store, [{ type: 'device', name: 'Laptop', deleted: true }]);
    await site.discover();
    expect(await site.resources()).toEqual(['PC1 of entra']);
  });

  test('a deletion in a file means nothing to what only Entra knows', async () => {
    site.directory.put(device(1));
    await site.discover();
    await importRecords(site.store, [
      { type: 'device', name: 'PC1', entraDeviceId: 'device-1', deleted: true },
    ]);
    expect(await site.resources()).toEqual(['PC1 of entra']);
  });
});

describe('whatever happens in whatever order', () => {
  const number = fc.integer({ min: 0, max: 3 });
  const step = fc.oneof(
    fc.record({ do: fc.constant('put' as const), object: number, deviceId: number }),
    fc.record({ do: fc.constant('remove' as const), object: number }),
    fc.record({ do: fc.constant('import' as const), name: number, deviceId: fc.option(number) }),
    fc.record({ do: fc.constant('delete' as const), name: number }),
    fc.record({ do: fc.constant('discover' as const), full: fc.boolean() }),
    fc.record({ do: fc.constant('switch' as const), on: fc.boolean() }),
  );

  test('each device of Entra is one resource of Entra, or those of others; and nothing else is of Entra', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async steps => {
        const site = await Site.open();
        try {
          for (const one of steps) await take(site, one);
          site.entraResources = true;
          await site.discover({ approve: true });
          const objects = await site.store.db.selectFrom('entra_object').select('device_id').execute();
          const rows = await site.store.db
            .selectFrom('resource')
            .select(['source', 'entra_device_id'])
            .execute();
          const others = new Set(rows.filter(row => row.source !== 'entra').map(row => row.entra_device_id));
          const wanted = new Set(objects.map(row => row.device_id)).difference(others);
          const brought = rows.filter(row => row.source === 'entra').map(row => row.entra_device_id);
          expect(brought.sort()).toEqual([...wanted].sort());
        } finally {
          await site.store.close();
        }
      }),
      { numRuns: 60 },
    );
  });

  type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

  async function take(site: Site, one: Step): Promise<void> {
    switch (one.do) {
      case 'put':
        site.directory.put(device(one.object, { deviceId: `device-${one.deviceId}` }));
        return;
      case 'remove':
        site.directory.remove('device', `device-object-${one.object}`);
        return;
      case 'import': {
        const entraDeviceId = one.deviceId === null ? {} : { entraDeviceId: `device-${one.deviceId}` };
        await importRecords(site.store, [{ type: 'device', name: `Own${one.name}`, ...entraDeviceId }]);
        return;
      }
      case 'delete':
        await importRecords(site.store, [{ type: 'device', name: `Own${one.name}`, deleted: true }]);
        return;
      case 'discover':
        await site.discover({ full: one.full, approve: true });
        return;
      case 'switch':
        site.entraResources = one.on;
    }
  }
});
