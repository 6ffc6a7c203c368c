import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, makeClientCertificate, startEmulator } from '../../emulator/index.ts';
import { checkTenant, type Tenant, type TenantCheck } from '../../src/directory/index.ts';
import type { Credential } from '../../src/directory/tenant/credential.ts';
import { fastClock, plainSecrets, tenantOf } from './support.ts';

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({ throttling: false });
});
afterEach(() => emulator.close());

interface Given {
  credential?: Credential;
  tenant?: Partial<Tenant>;
  groupIds?: string[];
  /** How far our clock is ahead, in seconds. */
  ahead?: number;
  env?: Record<string, string>;
}

const check = async ({ credential, tenant, groupIds = [], ahead = 0, env = {} }: Given = {}) => {
  const real = fastClock(1000);
  const clock = { ...real, now: () => new Date(Date.now() + ahead * 1000) };
  const options = { clock, env, groupIds };
  return await checkTenant(tenantOf(emulator, credential, tenant), plainSecrets, options);
};
const verdicts = (checks: TenantCheck[]) => Object.fromEntries(checks.map(c => [c.check, c.verdict]));
const found = (checks: TenantCheck[], name: string) => {
  const one = checks.find(c => c.check === name);
  if (!one) throw new Error(`no check ${name}`);
  return one;
};

describe('the check of a tenant', () => {
  test('passes throughout where all is well, and changes nothing', async () => {
    const checks = await check();
    expect(verdicts(checks)).toEqual({
      'login-host': 'pass',
      'graph-host': 'pass',
      clock: 'pass',
      'sign-in': 'pass',
      'permission-devices': 'pass',
      'permission-users': 'pass',
      'permission-groups': 'pass',
      'permission-members': 'pass',
      'permission-add-devices': 'pass',
      'permission-create': 'pass',
      'credential-expiry': 'pass',
      quota: 'pass',
    });
    expect(checks.every(c => c.advice === null)).toBe(true);
    expect(emulator.counters.writes).toBe(0);
  });

  test.each<[string, Given, string, TenantCheck['verdict'], RegExp]>([
    ['an unknown host', { tenant: { loginUrl: 'https://nowhere.invalid' } }, 'login-host', 'fail', /unknown/],
    [
      'a closed port',
      { tenant: { graphUrl: 'https://127.0.0.1:9' } },
      'graph-host',
      'fail',
      /refuses connections/,
    ],
    ['an untrusted authority', { tenant: { ca: null } }, 'login-host', 'fail', /authority/],
    ['an unknown tenant', { tenant: { tenantId: 'nobody.example' } }, 'login-host', 'fail', /does not exist/],
    ['a clock two minutes ahead', { ahead: 120 }, 'clock', 'warn', /1[12]\d seconds ahead/],
    ['a clock ten minutes behind', { ahead: -600 }, 'clock', 'fail', /(59\d|60\d) seconds behind/],
    [
      'a wrong secret',
      { credential: { kind: 'client-secret', secret: 'wrong' } },
      'sign-in',
      'fail',
      /client secret.*AADSTS7000215/,
    ],
    [
      'Entra authentication disabled',
      { tenant: { entraAuthenticationDisabled: true } },
      'entra-authentication',
      'fail',
      /refuses/,
    ],
    ['group sync off', { tenant: { groupSync: false } }, 'group-sync', 'warn', /off/],
    [
      'role-assignable groups allowed',
      { tenant: { allowRoleAssignable: true } },
      'permission-role-assignable',
      'warn',
      /role/,
    ],
  ])('%s is told', async (_name, given, name, verdict, seen) => {
    const one = found(await check(given), name);
    expect(one).toMatchObject({ verdict, seen: expect.stringMatching(seen) });
    expect(one.advice).not.toBeNull();
  });

  test('leaves out what needs a sign-in when there is none', async () => {
    const checks = await check({ credential: { kind: 'client-secret', secret: 'wrong' } });
    expect(Object.keys(verdicts(checks))).toEqual(['login-host', 'graph-host', 'clock', 'sign-in', 'quota']);
  });

  test.each<[string[], Record<string, TenantCheck['verdict']>]>([
    [[], { permissions: 'fail' }],
    [
      ['Group.Create', 'Group.Read.All', 'Device.Read.All', 'User.Read.All'],
      { 'permission-members': 'warn', 'permission-add-devices': 'warn', 'permission-create': 'pass' },
    ],
    [
      ['GroupMember.ReadWrite.All', 'User.Read.All'],
      { 'permission-devices': 'fail', 'permission-groups': 'pass', 'permission-members': 'pass' },
    ],
    [['Directory.ReadWrite.All'], { 'permission-devices': 'pass', 'permission-create': 'pass' }],
  ])('with the permissions %o says %o', async (permissions, expected) => {
    const { appId } = emulator.app;
    emulator.tenant.revoke(appId);
    emulator.tenant.grant(appId, ...permissions);
    expect(verdicts(await check())).toMatchObject(expected);
  });

  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000 + 3_600_000).toISOString();
  test.each([
    [400, 'pass', /good until/],
    [20, 'warn', /ends in 20 days/],
  ] as const)('a secret that ends in %i days: %s', async (days, verdict, seen) => {
    emulator.tenant.removeSecrets(emulator.app.appId);
    emulator.tenant.addSecret(emulator.app.appId, emulator.credentials.clientSecret, inDays(days));
    emulator.tenant.addSecret(emulator.app.appId, '~~~another', inDays(700));
    const one = found(await check(), 'credential-expiry');
    expect(one).toMatchObject({ verdict, seen: expect.stringMatching(seen) });
  });

  test('says so when it may not read the end of the secret', async () => {
    emulator.tenant.revoke(emulator.app.appId, 'Application.Read.All');
    expect(found(await check(), 'credential-expiry')).toMatchObject({
      verdict: 'warn',
      advice: expect.stringContaining('Application.Read.All'),
    });
  });

  test('reads the end of a certificate from the certificate itself', async () => {
    const { certPem, keyPem } = makeClientCertificate('Rollcall', 10);
    emulator.tenant.addCertificate(emulator.app.appId, certPem);
    const one = found(
      await check({ credential: { kind: 'certificate', pem: keyPem + certPem } }),
      'credential-expiry',
    );
    expect(one).toMatchObject({
      verdict: 'warn',
      seen: expect.stringMatching(/certificate ends in (9|10) days/),
    });
  });

  test('tells for each group whether the app owns it, may change it anyway, or neither', async () => {
    const { tenant, app } = emulator;
    const owned = tenant.addGroup({ displayName: 'Owned', owners: [app.servicePrincipalId] });
    const other = tenant.addGroup({ displayName: 'Other' });
    const missing = '00000000-0000-4000-8000-000000000000';
    const groupIds = [owned.id, other.id, missing];
    const owners = async () => (await check({ groupIds })).filter(c => c.check === 'group-owner');
    expect((await owners()).map(c => c.verdict)).toEqual(['pass', 'pass', 'fail']);
    tenant.revoke(app.appId, 'GroupMember.ReadWrite.All');
    expect(await owners()).toMatchObject([
      { verdict: 'pass', seen: expect.stringContaining('owns Owned') },
      { verdict: 'fail', seen: expect.stringContaining('neither owns Other') },
      { verdict: 'fail', advice: expect.any(String) },
    ]);
  });
});

describe('a proxy from the environment', () => {
  let proxy: Server;
  let proxyUrl: string;
  const tunnels: string[] = [];
  beforeEach(async () => {
    tunnels.length = 0;
    proxy = createServer();
    // Every name leads to the emulator, whose certificate is not made out to it.
    proxy.on('connect', (request, client) => {
      tunnels.push(request.url ?? '');
      const server = connect(Number(new URL(emulator.graphUrl).port), '127.0.0.1', () => {
        client.write('HTTP/1.1 200 Connection established\r\n\r\n');
        server.pipe(client).pipe(server);
      });
      client.on('error', () => server.destroy());
      server.on('error', () => client.destroy());
    });
    await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
    proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    proxy.closeAllConnections();
    await new Promise(resolve => proxy.close(resolve));
  });
  const away = { loginUrl: 'https://login.example', graphUrl: 'https://graph.example' };

  test('is used for sign-in and Graph, and the extra authority holds behind it', async () => {
    const checks = await check({ tenant: away, env: { HTTPS_PROXY: proxyUrl } });
    expect(new Set(tunnels)).toEqual(new Set(['login.example:443', 'graph.example:443']));
    // The authority is trusted: what is wrong is the name alone.
    expect(found(checks, 'login-host').seen).toMatch(/made out to another name/);
    expect(found(checks, 'graph-host').seen).toMatch(/made out to another name/);
  });

  test('is left out for NO_PROXY and for this machine itself', async () => {
    await check({ tenant: away, env: { https_proxy: proxyUrl, NO_PROXY: '.example' } });
    expect(found(await check({ env: { HTTPS_PROXY: proxyUrl } }), 'graph-host').verdict).toBe('pass');
    expect(tunnels).toEqual([]);
  });
});
