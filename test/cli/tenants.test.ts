import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.ts';
import { inProcess, type Rollcall, rollcallOnNewFolder } from './rollcall.ts';

// A test is a dozen commands; on a busy machine that takes its time.
const timeout = 120_000;

let emulator: Emulator;
let rollcall: Rollcall;

beforeEach(async () => {
  const inTenDays = new Date(Date.now() + 10.5 * 86_400_000).toISOString();
  emulator = await startEmulator({
    throttling: false,
    apps: [{ secrets: [{ value: 'abc~the-secret', endDateTime: inTenDays }] }],
  });
  rollcall = await rollcallOnNewFolder(inProcess);
  const ca = join(rollcall.dataDir, 'ca.pem');
  await writeFile(ca, emulator.caPem);
  const { tenantId, clientId, clientSecret } = emulator.credentials;
  await rollcall.ok(
    [
      ...['tenant', 'connect', 'Contoso', '--tenant-id', tenantId, '--client-id', clientId],
      ...['--login-url', emulator.loginUrl, '--graph-url', emulator.graphUrl, '--ca-file', ca],
      ...['--client-secret-env', 'SECRET'],
    ],
    { env: { SECRET: clientSecret } },
  );
});
afterEach(async () => {
  await emulator?.close();
  await rollcall?.end();
});

/** A group that holds one device of the collection Pilot. */
async function mapped() {
  const { deviceId } = emulator.tenant.addDevice({ displayName: 'PC-1' });
  const group = emulator.tenant.addGroup({ displayName: 'Pilot devices' });
  await rollcall.ok(['resource', 'import', '-', '--format', 'ndjson'], {
    stdin: JSON.stringify({ type: 'device', name: 'PC-1', entraDeviceId: deviceId }),
  });
  await rollcall.ok(['collection', 'create', 'Pilot', '--type', 'device']);
  await rollcall.ok(['collection', 'add-rule', 'Pilot', '--direct', 'PC-1']);
  await rollcall.ok(['cloud-sync', 'add', 'Pilot', '--group', 'Pilot devices']);
  return group;
}

/** Has it be so many minutes ago that devices and users were discovered, in full and what had changed. */
function discoveredBefore({ full, delta }: { full: number; delta: number }): void {
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  const db = new DatabaseSync(join(rollcall.dataDir, 'rollcall.db'));
  const set = 'update discovery_state set last_full_at = ?, last_delta_at = ?';
  db.prepare(set).run(ago(full), ago(delta));
  db.close();
}

describe('a secret that ends soon', { timeout }, () => {
  it('is warned of by tenant list, show and cloud-sync status once discovery has read its end', async () => {
    await mapped();
    expect(await rollcall.json(['tenant', 'show'])).toMatchObject({
      credentialExpiresAt: null,
      credentialExpirySource: 'unknown',
    });
    await rollcall.ok(['discover']);
    expect(await rollcall.json(['tenant', 'show'])).toMatchObject({
      credentialExpiresAt: expect.stringMatching(/^20/),
      credentialExpirySource: 'app-registration',
      warnings: [{ level: 'warning', code: 'credential-expires' }],
    });
    for (const words of [
      ['tenant', 'list'],
      ['tenant', 'show'],
      ['cloud-sync', 'status'],
    ]) {
      const { stderr } = await rollcall.run(words);
      expect(stderr).toMatch(/^Contoso: The client secret ends in 10 days, on 20/m);
      expect(stderr).toContain('tenant set --client-secret-file');
    }
  });

  it('is read once a day, not at every discovery', async () => {
    for (let round = 0; round < 3; round += 1) await rollcall.ok(['discover']);
    expect(emulator.log.entries({ path: '/applications' })).toHaveLength(1);
  });

  it('that was replaced is forgotten with its warning', async () => {
    await rollcall.ok(['discover']);
    await rollcall.ok(['tenant', 'set', '--client-secret-env', 'NEW'], { env: { NEW: 'another' } });
    expect(await rollcall.json(['tenant', 'show'])).toMatchObject({
      credentialExpiresAt: null,
      warnings: [],
    });
  });
});

describe('the switches of a tenant', { timeout }, () => {
  it.each([
    ['--group-sync', /Azure Directory Group Sync|[Gg]roup sync/],
    ['--entra-authentication', /Entra authentication/],
  ])(
    '%s off: nothing is written, the status is Disabled and says why; on again, it goes on',
    async (option, why) => {
      const group = await mapped();
      await rollcall.ok(['tenant', 'set', option, 'off']);
      const ended = await rollcall.run(['cloud-sync', 'run']);
      expect(ended.stderr).toMatch(why);
      expect(emulator.tenant.members(group.id)).toEqual([]);
      expect(await rollcall.json(['cloud-sync', 'status'])).toMatchObject([{ status: 'Disabled' }]);
      expect((await rollcall.run(['cloud-sync', 'status'])).stderr).toMatch(why);
      await rollcall.ok(['tenant', 'set', option, 'on']);
      await rollcall.ok(['cloud-sync', 'run']);
      expect(emulator.tenant.members(group.id)).toHaveLength(1);
    },
  );

  it('--discovery off: a run asks Entra for no devices', async () => {
    await mapped();
    await rollcall.ok(['discover']);
    await rollcall.ok(['tenant', 'set', '--discovery', 'off']);
    emulator.log.clear();
    await rollcall.run(['cloud-sync', 'run']);
    expect(emulator.log.entries({ path: '/devices/delta' })).toEqual([]);
    expect((await rollcall.run(['tenant', 'list'])).stderr).toContain('Discovery is off.');
  });

  it('--discovery-minutes and --full-discovery-days: a run discovers when they have passed, and not before', async () => {
    await mapped();
    await rollcall.ok(['discover']);
    await rollcall.ok(['tenant', 'set', '--discovery-minutes', '30', '--full-discovery-days', '2']);
    const day = 24 * 60;
    for (const [full, delta, asked] of [
      [day, 29, []],
      [day, 31, ['deltatoken']],
      [2 * day, 1, ['select']],
    ] as const) {
      discoveredBefore({ full, delta });
      emulator.log.clear();
      await rollcall.ok(['cloud-sync', 'run']);
      const paths = emulator.log.entries({ path: '/devices/delta' }).map(entry => entry.path);
      expect([full, delta, paths]).toEqual([full, delta, asked.map(word => expect.stringContaining(word))]);
    }
  });

  it('--max-removal-percent: a run that would remove a larger part is held', async () => {
    const group = await mapped();
    await rollcall.ok(['cloud-sync', 'run']);
    for (let n = 0; n < 9; n += 1)
      emulator.tenant.addMember(group.id, emulator.tenant.addDevice({ displayName: `Foreign ${n}` }).id);
    await rollcall.ok(['tenant', 'set', '--max-removal-percent', '89']);
    expect((await rollcall.run(['cloud-sync', 'run', '--full'])).code).toBe(4);
    expect(emulator.tenant.members(group.id)).toHaveLength(10);
    await rollcall.ok(['tenant', 'set', '--max-removal-percent', '90']);
    await rollcall.ok(['cloud-sync', 'run', '--full']);
    expect(emulator.tenant.members(group.id)).toHaveLength(1);
  });

  it('--whole-read-days: is shown, and within its limits', async () => {
    await rollcall.ok(['tenant', 'set', '--whole-read-days', '2']);
    expect(await rollcall.json(['tenant', 'show'])).toMatchObject({ wholeReadDays: 2 });
    expect((await rollcall.run(['tenant', 'set', '--whole-read-days', '91'])).code).toBe(2);
  });

  it('--quota-share: is shown and told by the check', async () => {
    await rollcall.ok(['tenant', 'set', '--quota-share', '40']);
    expect(await rollcall.json(['tenant', 'show'])).toMatchObject({ quotaShare: 40 });
    expect((await rollcall.run(['tenant', 'check'])).stdout).toContain('up to 40 % of the documented quota');
  });

  it('--entra-authentication off: the check fails, and says how to turn it on', async () => {
    await rollcall.ok(['tenant', 'set', '--entra-authentication', 'off']);
    const { code, stdout } = await rollcall.run(['tenant', 'check']);
    expect(code).toBe(1);
    expect(stdout).toContain('Entra authentication is disabled for this tenant: cloud sync refuses to run.');
    expect(stdout).toContain('tenant set --entra-authentication on');
  });

  it('--max-removals: a run that would remove more is held', async () => {
    const group = await mapped();
    await rollcall.ok(['cloud-sync', 'run']);
    await rollcall.ok(['tenant', 'set', '--max-removals', '0']);
    emulator.tenant.addMember(group.id, emulator.tenant.addDevice({ displayName: 'Foreign' }).id);
    const ended = await rollcall.run(['cloud-sync', 'run', '--full']);
    expect(ended.code).toBe(4);
    expect(emulator.tenant.members(group.id)).toHaveLength(2);
  });

  it('--allow-role-assignable: without it such a group is refused, with it it can be mapped', async () => {
    await mapped();
    emulator.tenant.addGroup({ displayName: 'Admins', roleAssignable: true });
    const refused = await rollcall.run(['cloud-sync', 'add', 'Pilot', '--group', 'Admins']);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('role') });
    await rollcall.ok(['tenant', 'set', '--allow-role-assignable', 'on']);
    await rollcall.ok(['cloud-sync', 'add', 'Pilot', '--group', 'Admins']);
  });

  it('--entra-resources: collections work with no other source', async () => {
    const { tenant } = emulator;
    const windows = tenant.addDevice({ displayName: 'PC-1', operatingSystem: 'Windows' });
    tenant.addDevice({ displayName: 'Phone', operatingSystem: 'iOS' });
    const group = tenant.addGroup({ displayName: 'Windows devices' });
    await rollcall.ok(['tenant', 'set', '--entra-resources', 'on']);
    await rollcall.ok(['discover']);
    await rollcall.ok(['collection', 'create', 'Windows', '--type', 'device']);
    const query = `select ResourceID from SMS_R_System where OperatingSystemNameandVersion like 'Windows%'`;
    await rollcall.ok(['collection', 'add-rule', 'Windows', '--query', query]);
    await rollcall.ok(['cloud-sync', 'add', 'Windows', '--group', 'Windows devices']);
    await rollcall.ok(['cloud-sync', 'run']);
    expect(tenant.members(group.id)).toEqual([windows.id]);
  });
});

describe('a sign-in that Entra refuses', { timeout }, () => {
  it.each([
    [7000215, /does not accept the client secret/, /value, not its ID.*Certificates & secrets/],
    [7000222, /client secret has expired/, /Make a new one under App registrations/],
    [700016, /app \(client id\) does not exist in this tenant/, /Compare client id and tenant id/],
    [90002, /tenant does not exist in this cloud/, /Check the tenant id.*--cloud/],
    [700027, /signature made with the certificate/, /Upload the certificate/],
    [65001, /Nobody has consented/, /administrator grant consent/],
  ])('as AADSTS%i is told by tenant check in plain words, with what to do', async (code, message, hint) => {
    emulator.tenant.failSignIn(emulator.app.appId, code);
    const checks = (await rollcall.json(['tenant', 'check'], [1])) as Record<string, unknown>[];
    expect(checks.filter(({ outcome }) => outcome === 'fail')).toEqual([
      {
        name: 'sign-in',
        outcome: 'fail',
        seen: expect.stringMatching(message),
        hint: expect.stringMatching(hint),
      },
    ]);
    expect(checks.find(({ name }) => name === 'sign-in')?.seen).toContain(`AADSTS${code}`);
    const shown = (await rollcall.run(['tenant', 'check'])).stdout;
    expect(shown).toMatch(message);
    expect(shown).toMatch(hint);
  });
});

describe('a mistake in connecting', { timeout }, () => {
  it('is corrected by tenant set, while no group is mapped', async () => {
    const other = '11111111-1111-4111-8111-111111111111';
    await rollcall.ok(['tenant', 'set', '--tenant-id', other, '--client-id', other]);
    expect((await rollcall.run(['tenant', 'check'])).stdout).toContain('AADSTS90002');
    const { tenantId, clientId } = emulator.credentials;
    await rollcall.ok(['tenant', 'set', '--tenant-id', tenantId, '--client-id', clientId]);
    await rollcall.ok(['tenant', 'check']);
    await mapped();
    const refused = await rollcall.run(['tenant', 'set', '--tenant-id', other]);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('still mapped') });
  });
});

describe('a group', { timeout }, () => {
  it('is shown with kind, members and whether the app owns it, by name and by id', async () => {
    const group = await mapped();
    emulator.tenant.addMember(group.id, emulator.tenant.addDevice({ displayName: 'PC-2' }).id);
    emulator.tenant.addOwner(group.id, emulator.app.servicePrincipalId);
    for (const ref of ['pilot devices', group.id]) {
      expect(await rollcall.json(['group', 'show', ref])).toMatchObject({
        id: group.id,
        kind: 'security',
        memberCount: 1,
        owned: true,
        writable: true,
        usable: true,
      });
    }
  });

  it('that the app may not change, or that others feed, is warned of when it is mapped', async () => {
    await mapped();
    const permissions = ['GroupMember.ReadWrite.All', 'Group.ReadWrite.All'];
    for (const permission of permissions) emulator.tenant.revoke(emulator.app.appId, permission);
    emulator.tenant.expireAccessTokens();
    await rollcall.ok(['collection', 'create', 'More', '--type', 'device']);
    const { code, stderr } = await rollcall.run(['cloud-sync', 'add', 'More', '--group', 'Pilot devices']);
    expect(code).toBe(0);
    expect(stderr).toContain('The app neither owns "Pilot devices" nor may change every group');
    expect(stderr).toContain('is fed by Pilot already');
  });
});
