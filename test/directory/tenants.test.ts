import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/base/index.ts';
import {
  connectTenant,
  disconnectTenant,
  getTenant,
  listTenants,
  openSecrets,
  type Secrets,
  type TenantInput,
  updateTenant,
} from '../../src/directory/index.ts';
import { openSqlite, type Store } from '../../src/store/index.ts';

const secretText = 'Zm9vYmFy~very-secret';
const contoso: TenantInput = {
  name: 'Contoso',
  tenantId: '11111111-1111-4111-8111-111111111111',
  clientId: '22222222-2222-4222-8222-222222222222',
  credential: { kind: 'client-secret', secret: secretText },
};

describe('a connected tenant', () => {
  let dir: string;
  let store: Store;
  let secrets: Secrets;
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'rollcall-tenants-'));
    store = await openSqlite(':memory:');
    secrets = await openSecrets(dir, {});
  });
  afterEach(async () => {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const connect = (input: Partial<TenantInput> = {}) =>
    connectTenant(store, secrets, { ...contoso, ...input }, systemClock);

  test('lies in the public cloud with the documented switches unless told otherwise', async () => {
    const tenant = await connect();
    expect(tenant).toMatchObject({
      cloud: 'public',
      loginUrl: 'https://login.microsoftonline.com',
      graphUrl: 'https://graph.microsoft.com',
      groupSync: true,
      discoveryMinutes: 5,
      fullDiscoveryDays: 7,
      maxRemovals: 500,
      maxRemovalPercent: 30,
      quotaShare: 90,
      allowRoleAssignable: false,
    });
  });

  test.each([
    ['usgov', 'https://login.microsoftonline.us', 'https://graph.microsoft.us'],
    ['usgov-dod', 'https://login.microsoftonline.us', 'https://dod-graph.microsoft.us'],
    ['china', 'https://login.chinacloudapi.cn', 'https://microsoftgraph.chinacloudapi.cn'],
  ] as const)('in the cloud %s signs in at %s and reads %s', async (cloud, loginUrl, graphUrl) => {
    expect(await connect({ cloud })).toMatchObject({ cloud, loginUrl, graphUrl });
  });

  test('with addresses of its own lies in a custom cloud, and needs both of them in https', async () => {
    const addresses = { loginUrl: 'https://localhost:8443/', graphUrl: 'https://localhost:8444' };
    expect(await connect(addresses)).toMatchObject({ cloud: 'custom', loginUrl: 'https://localhost:8443' });
    const refused = (input: Partial<TenantInput>) =>
      expect(connect({ name: 'Other', ...input })).rejects.toMatchObject({ code: 'invalid-cloud-address' });
    await refused({ loginUrl: 'https://login.example' });
    await refused({ cloud: 'custom' });
    await refused({ cloud: 'china', ...addresses });
    await refused({ ...addresses, graphUrl: 'http://graph.example' });
    await refused({ ...addresses, graphUrl: 'https://graph.example/v1.0' });
  });

  test('shows its secret nowhere: not in the store, in JSON or on a console', async () => {
    const tenant = await connect();
    const row = await store.db.selectFrom('cloud_service').selectAll().executeTakeFirstOrThrow();
    for (const text of [
      JSON.stringify(row),
      JSON.stringify(tenant),
      inspect(tenant, { depth: 9, showHidden: true }),
    ]) {
      expect(text).not.toContain(secretText);
    }
    expect(JSON.parse(JSON.stringify(tenant))).not.toHaveProperty('credential');
    expect(tenant.credential.open(secrets)).toEqual({ kind: 'client-secret', secret: secretText });
  });

  test('changes only what is given, and takes a new credential in place of the old', async () => {
    await connect();
    const credential = { kind: 'client-secret', secret: 'new' } as const;
    const changed = await updateTenant(
      store,
      secrets,
      'contoso',
      { groupSync: false, credential },
      systemClock,
    );
    expect(changed).toMatchObject({ name: 'Contoso', groupSync: false, discovery: true, maxRemovals: 500 });
    expect(changed.credential.open(secrets)).toEqual(credential);
    const renamed = await updateTenant(store, secrets, changed.id, { name: 'Fabrikam' }, systemClock);
    expect(renamed).toMatchObject({ name: 'Fabrikam', groupSync: false });
  });

  test('sends its secret to no login address that it was not given for', async () => {
    const { id } = await connect();
    const elsewhere = { loginUrl: 'https://login.example', graphUrl: 'https://graph.example' };
    const moved = updateTenant(store, secrets, id, elsewhere, systemClock);
    await expect(moved).rejects.toMatchObject({ code: 'credential-needed' });
    const credential = { kind: 'client-secret', secret: 'new' } as const;
    const again = await updateTenant(store, secrets, id, { ...elsewhere, credential }, systemClock);
    expect(again).toMatchObject({ cloud: 'custom', loginUrl: 'https://login.example' });
    // Microsoft's own clouds are known: one given wrongly is corrected.
    expect(await updateTenant(store, secrets, id, { cloud: 'usgov' }, systemClock)).toMatchObject({
      cloud: 'usgov',
    });
  });

  test('is never taken for another one that bears its number as a name', async () => {
    const tenant = await connect();
    await connect({ name: String(tenant.id) });
    expect((await getTenant(store, tenant.id)).name).toBe('Contoso');
  });

  test('is found by name, number or tenant id, and alone without any', async () => {
    const tenant = await connect();
    for (const ref of ['CONTOSO', tenant.id, String(tenant.id), contoso.tenantId, undefined]) {
      expect((await getTenant(store, ref)).id).toBe(tenant.id);
    }
    await connect({ name: 'Second' });
    await expect(getTenant(store)).rejects.toMatchObject({ code: 'tenant-ambiguous' });
    await expect(getTenant(store, contoso.tenantId)).rejects.toMatchObject({ code: 'tenant-ambiguous' });
    await expect(getTenant(store, 'Third')).rejects.toMatchObject({ code: 'tenant-not-found' });
    expect((await listTenants(store)).map(t => t.name)).toEqual(['Contoso', 'Second']);
  });

  test('has a name of its own', async () => {
    await connect();
    await expect(connect({ name: 'CONTOSO' })).rejects.toMatchObject({ code: 'tenant-exists' });
    await connect({ name: 'Other' });
    const rename = updateTenant(store, secrets, 'Other', { name: 'contoso' }, systemClock);
    await expect(rename).rejects.toMatchObject({ code: 'tenant-exists' });
  });

  test('can be disconnected unless a collection is mapped to a group of it', async () => {
    const { id } = await connect();
    const values = {
      cloud_service_id: id,
      group_id: 'g',
      name: 'Pilot',
      name_key: 'pilot',
      membership_seq: 0,
      identity_seq: 0,
      full_needed: 1,
    } as const;
    await store.db.insertInto('target_group').values(values).execute();
    await expect(disconnectTenant(store, 'Contoso')).rejects.toMatchObject({ code: 'tenant-in-use' });
    await store.db.deleteFrom('target_group').execute();
    await disconnectTenant(store, 'Contoso');
    expect(await listTenants(store)).toEqual([]);
  });

  test.each([
    [{ tenantId: 'not a tenant' }, /tenantId/],
    [{ clientId: 'nobody' }, /clientId/],
    [{ name: ' ' }, /name/],
    [{ ca: 'no pem' }, /ca/],
    [{ quotaShare: 0 }, /quotaShare/],
    [{ credential: { kind: 'client-secret', secret: ' ' } }, /credential/],
    [{ credential: { kind: 'certificate' } }, /credential/],
  ] as [Partial<TenantInput>, RegExp][])('%o is refused by name', async (input, message) => {
    await expect(connect(input)).rejects.toMatchObject({ code: 'invalid-tenant', message });
  });
});

describe('the key of the secrets', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'rollcall-key-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  test('is made once, for its owner alone, also when two starts race for it', async () => {
    const [first, second] = await Promise.all([openSecrets(dir, {}), openSecrets(dir, {})]);
    expect(second.open(first.seal('text'))).toBe('text');
    const file = join(dir, 'secret.key');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    chmodSync(file, 0o644);
    expect((await openSecrets(dir, {})).open(first.seal('text'))).toBe('text');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('comes from ROLLCALL_KEY where that is set, and must have 32 bytes', async () => {
    const key = Buffer.alloc(32, 7).toString('base64');
    const secrets = await openSecrets(dir, { ROLLCALL_KEY: key });
    expect(secrets.open(secrets.seal('ünï'))).toBe('ünï');
    expect(() => readFileSync(join(dir, 'secret.key'))).toThrow();
    await expect(openSecrets(dir, { ROLLCALL_KEY: 'c2hvcnQ=' })).rejects.toMatchObject({
      code: 'invalid-key',
    });
  });

  test('opens nothing that was sealed with another key or tampered with', async () => {
    const one = await openSecrets(dir, {});
    const other = await openSecrets(dir, { ROLLCALL_KEY: Buffer.alloc(32, 1).toString('base64') });
    const sealed = one.seal('text');
    expect(one.seal('text')).not.toBe(sealed);
    const tampered = `${sealed.slice(0, -6)}AAAA==`;
    for (const open of [() => other.open(sealed), () => one.open(tampered), () => one.open('plain')]) {
      expect(open).toThrow(expect.objectContaining({ code: 'secret-unreadable' }));
    }
  });
});
