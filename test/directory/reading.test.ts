import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DeltaExpired, type DeltaPage } from '../../src/directory/index.ts';
import { type Rig, startRig } from './support.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await startRig({ emulator: { deltaPageSize: 3 } });
});
afterEach(() => rig.close());

const all = async <T>(source: AsyncIterable<T>): Promise<T[]> => await Array.fromAsync(source);

describe('groups', () => {
  test.each([
    [{}, { kind: 'security', dynamic: false, onPremises: false, roleAssignable: false }],
    [{ kind: 'microsoft365' }, { kind: 'microsoft365' }],
    [{ kind: 'mailEnabledSecurity' }, { kind: 'mail-enabled-security' }],
    [{ kind: 'distribution' }, { kind: 'distribution' }],
    [{ dynamic: true }, { kind: 'security', dynamic: true }],
    [
      { kind: 'microsoft365', dynamic: true },
      { kind: 'microsoft365', dynamic: true },
    ],
    [{ onPremises: true }, { onPremises: true }],
    [{ roleAssignable: true }, { roleAssignable: true }],
  ] as const)('of the seed %o are seen as %o', async (seed, facts) => {
    const group = rig.emulator.tenant.addGroup({ ...seed, displayName: 'Pilot' });
    expect(await rig.directory.getGroup(group.id)).toMatchObject({
      ...facts,
      id: group.id,
      displayName: 'Pilot',
    });
  });

  test('that do not exist are a problem of kind not-found', async () => {
    const missing = rig.directory.getGroup('00000000-0000-4000-8000-000000000000');
    await expect(missing).rejects.toMatchObject({ kind: 'not-found', name: 'Problem' });
  });

  test('are found by the start of their name, apostrophes and all, or listed whole', async () => {
    const given = ['Pilot A', 'pilot B', "Peter's PCs", 'Peters', 'Other & Co + 1', '  Blanks'];
    for (const displayName of given) {
      rig.emulator.tenant.addGroup({ displayName });
    }
    const names = async (startsWith?: string) => {
      const found = await all(rig.directory.searchGroups(startsWith === undefined ? {} : { startsWith }));
      return found.map(g => g.displayName).sort();
    };
    expect(await names('pilot')).toEqual(['Pilot A', 'pilot B']);
    expect(await names("Peter's")).toEqual(["Peter's PCs"]);
    expect(await names('Other & Co +')).toEqual(['Other & Co + 1']);
    expect(await names('  Bl')).toEqual(['  Blanks']);
    expect(await names()).toHaveLength(6);
    expect(await names('  ')).toHaveLength(6);
  });

  test('that Rollcall makes are assigned security groups which the app owns', async () => {
    const group = await rig.directory.createGroup({ displayName: 'Büro / Pilot' });
    expect(group).toMatchObject({ kind: 'security', dynamic: false, displayName: 'Büro / Pilot' });
    expect(rig.emulator.tenant.owners(group.id)).toEqual([rig.emulator.app.servicePrincipalId]);
    expect(await rig.directory.groupAccess(group.id)).toMatchObject({ owned: true });
    const again = await rig.directory.createGroup({ displayName: 'Büro / Pilot', description: 'Mine' });
    expect(again).toMatchObject({ description: 'Mine' });
    expect(again.id).not.toBe(group.id);
  });

  test('are made without an owner where the API does not allow one', async () => {
    const refused = { kind: 'status', status: 403, code: 'Authorization_RequestDenied' } as const;
    rig.emulator.faults.add({ method: 'POST', path: /groups$/, body: 'owners@odata.bind', action: refused });
    const group = await rig.directory.createGroup({ displayName: 'Pilot' });
    expect(await rig.directory.groupAccess(group.id)).toMatchObject({ owned: false });
  });

  test('are not made twice when the answer to making one is lost', async () => {
    rig.emulator.faults.add({ method: 'POST', path: /groups$/, action: { kind: 'reset', when: 'after' } });
    await expect(rig.directory.createGroup({ displayName: 'Pilot' })).rejects.toMatchObject({
      code: 'connection-lost',
    });
    expect(await all(rig.directory.searchGroups({ startsWith: 'Pilot' }))).toHaveLength(1);
  });

  test('have members of several types, 999 a page', async () => {
    const { tenant } = rig.emulator;
    const user = tenant.addUser({ displayName: 'Ann' });
    const nested = tenant.addGroup({ displayName: 'Nested' });
    const group = tenant.addGroup({ members: [user.id, nested.id, ...rig.devices(1_500)] });
    const pages = await all(rig.directory.listMembers(group.id));
    expect(pages.map(page => page.length)).toEqual([999, 503]);
    expect(await rig.directory.countMembers(group.id)).toBe(1_502);
    expect(pages[0]?.slice(0, 3)).toMatchObject([
      { id: user.id, type: 'user', displayName: 'Ann' },
      { id: nested.id, type: 'group', displayName: 'Nested' },
      { type: 'device' },
    ]);
  });

  test('are hidden when Entra hides them and the app lacks the permission to look behind', async () => {
    const { tenant, app } = rig.emulator;
    const group = tenant.addGroup({
      displayName: 'Hidden',
      kind: 'microsoft365',
      members: [tenant.addUser().id],
    });
    tenant.updateObject(group.id, { visibility: 'HiddenMembership' });
    expect(await rig.directory.getGroup(group.id)).toMatchObject({ membersHidden: true });
    expect((await all(rig.directory.listMembers(group.id))).flat()).toEqual([]);
    tenant.grant(app.appId, 'Member.Read.Hidden');
    tenant.expireAccessTokens();
    expect((await all(rig.directory.listMembers(group.id))).flat()).toHaveLength(1);
    expect(await rig.directory.getGroup(group.id)).toMatchObject({ membersHidden: false });
    expect(await all(rig.directory.searchGroups({ startsWith: 'Hid' }))).toMatchObject([
      { membersHidden: false },
    ]);
  });

  test('have service principals among them, which Graph tells only when asked for by their type', async () => {
    const { tenant, app } = rig.emulator;
    const [device = ''] = rig.devices(1);
    const group = tenant.addGroup({ members: [app.servicePrincipalId, device] });
    const members = async (groupId: string) => (await all(rig.directory.listMembers(groupId))).flat();
    expect(await members(group.id)).toMatchObject([
      { id: device, type: 'device' },
      { id: app.servicePrincipalId, type: 'servicePrincipal' },
    ]);
    // Where Graph has none to give, the others are the members.
    const user = tenant.addUser().id;
    const unified = tenant.addGroup({ kind: 'microsoft365', members: [user] });
    expect(await members(unified.id)).toMatchObject([{ id: user }]);
    for (const status of [400, 403, 404]) {
      rig.emulator.faults.add({ path: 'members/microsoft.graph', action: { kind: 'status', status } });
      expect(await members(group.id)).toMatchObject([{ id: device }]);
    }
    rig.emulator.faults.add({
      ...{ path: 'members/microsoft.graph', times: 99 },
      action: { kind: 'status', status: 503, headers: { 'Retry-After': '0' } },
    });
    await expect(members(group.id)).rejects.toMatchObject({ code: 'graph-unavailable' });
  });
});

describe('delta queries', () => {
  const read = async (kind: 'device' | 'user', link: string | null) => {
    const pages = await all(rig.directory.delta(kind, link));
    return {
      objects: pages.flatMap(p => p.objects),
      removed: pages.flatMap(p => p.removed),
      deltaLink: pages.at(-1)?.deltaLink ?? null,
      pages,
    };
  };

  test('give every device first, page by page, and what changed since then', async () => {
    const { tenant } = rig.emulator;
    const devices = Array.from({ length: 7 }, (_, n) =>
      tenant.addDevice({ displayName: `PC${n}`, trustType: n % 2 ? 'ServerAd' : 'AzureAd' }),
    );
    const first = await read('device', null);
    expect(first.pages.length).toBeGreaterThan(2);
    expect(first.pages.slice(0, -1).every(p => p.nextLink !== null && p.deltaLink === null)).toBe(true);
    expect(first.objects.map(o => o.id).sort()).toEqual(devices.map(d => d.id).sort());
    const one = first.objects.find(o => o.id === devices[1]?.id);
    expect(one).toMatchObject({
      kind: 'device',
      deviceId: devices[1]?.deviceId,
      displayName: 'PC1',
      trustType: 'ServerAd',
      accountEnabled: true,
    });

    expect((await read('device', first.deltaLink)).objects).toEqual([]);
    tenant.updateObject(devices[2]?.id ?? '', { displayName: 'Renamed' });
    tenant.deleteObject(devices[3]?.id ?? '');
    const second = await read('device', first.deltaLink);
    expect(second.objects).toMatchObject([{ id: devices[2]?.id, displayName: 'Renamed' }]);
    expect(second.removed.map(r => r.id)).toEqual([devices[3]?.id]);
  });

  test('give users with what ties them to Active Directory, and tell deletion from restoration', async () => {
    const { tenant } = rig.emulator;
    const sid = 'S-1-5-21-1-2-3-1104';
    const ann = tenant.addUser({
      userPrincipalName: 'ann@contoso.com',
      mail: 'ann@contoso.com',
      onPremisesSecurityIdentifier: sid,
      onPremisesSamAccountName: 'ann',
    });
    const first = await read('user', null);
    expect(first.objects).toMatchObject([
      {
        id: ann.id,
        kind: 'user',
        userPrincipalName: 'ann@contoso.com',
        onPremisesSecurityIdentifier: sid,
        onPremisesSamAccountName: 'ann',
        userType: 'Member',
      },
    ]);
    tenant.deleteObject(ann.id);
    const gone = await read('user', first.deltaLink);
    expect(gone.removed).toEqual([{ id: ann.id, reason: 'changed' }]);
    tenant.restoreObject(ann.id);
    expect((await read('user', gone.deltaLink)).objects).toMatchObject([{ id: ann.id }]);
  });

  test('go on in the middle of pages from a nextLink', async () => {
    const ids = rig.devices(8);
    const seen: string[] = [];
    let link: string | null = null;
    for await (const page of rig.directory.delta('device', null)) {
      seen.push(...page.objects.map(o => o.id));
      link = page.nextLink;
      break;
    }
    seen.push(...(await read('device', link)).objects.map(o => o.id));
    expect([...new Set(seen)].sort()).toEqual([...ids].sort());
  });

  test('end with DeltaExpired when the token is too old', async () => {
    rig.devices(1);
    const { deltaLink } = await read('device', null);
    rig.emulator.tenant.expireDeltaTokens();
    await expect(read('device', deltaLink)).rejects.toBeInstanceOf(DeltaExpired);
  });

  test.each([
    [400, 'syncStateNotFound'],
    [400, 'Directory_ExpiredToken'],
    [404, 'resyncRequired'],
    [410, undefined],
  ])('end with DeltaExpired when Graph answers its own link with %i %s', async (status, code) => {
    rig.devices(1);
    const { deltaLink } = await read('device', null);
    const action = { kind: 'status', status, ...(code ? { code } : {}) } as const;
    rig.emulator.faults.add({ path: 'devices/delta', action });
    await expect(read('device', deltaLink)).rejects.toBeInstanceOf(DeltaExpired);
    rig.emulator.faults.add({ path: 'devices/delta', action });
    await expect(read('device', null)).rejects.not.toBeInstanceOf(DeltaExpired);
  });

  test('never follow a link to another host, which would be handed the token', async () => {
    const evil = 'https://evil.example/v1.0/devices/delta?$skiptoken=1';
    await expect(read('device', evil)).rejects.toMatchObject({ code: 'unexpected-link' });
    rig.emulator.faults.add({
      path: 'devices/delta',
      action: { kind: 'status', status: 200, body: { value: [], '@odata.nextLink': evil } },
    });
    await expect(read('device', null)).rejects.toMatchObject({ code: 'unexpected-link' });
  });

  test('survive throttling, errors and lost answers in the middle', async () => {
    const ids = rig.devices(12);
    const path = 'devices/delta';
    const throttled = { kind: 'status', status: 429, headers: { 'retry-after': '5' } } as const;
    rig.emulator.faults.add({ path, skip: 1, action: throttled });
    rig.emulator.faults.add({ path, skip: 1, action: { kind: 'reset', when: 'before' } });
    rig.emulator.faults.add({ path, skip: 1, action: { kind: 'status', status: 503 } });
    rig.emulator.faults.add({ path, skip: 1, action: { kind: 'truncate' } });
    const { objects } = await read('device', null);
    expect(objects.map(o => o.id).sort()).toEqual([...ids].sort());
  });

  test('say what permission is missing', async () => {
    rig.emulator.tenant.revoke(rig.emulator.app.appId);
    const refused: Promise<DeltaPage[]> = all(rig.directory.delta('device', null));
    await expect(refused).rejects.toMatchObject({ kind: 'forbidden', code: 'Authorization_RequestDenied' });
  });
});

test('the log tells method, path, status and request id, and never a token', async () => {
  const lines: string[] = [];
  const logged = await startRig({ directory: { log: entry => lines.push(JSON.stringify(entry)) } });
  const group = logged.emulator.tenant.addGroup();
  await logged.write('add', group.id, logged.devices(1));
  await all(logged.directory.delta('device', null));
  await logged.close();
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(
    /"method":"POST","path":"\/v1.0\/\$batch","status":200.*"requestId":"[0-9a-f-]{36}"/,
  );
  expect(lines.join()).not.toMatch(/bearer|eyJ|skiptoken|deltatoken/i);
});

describe('one object', () => {
  const user: Record<'objectId' | 'onPremisesSid' | 'userPrincipalName', string | null> = {
    objectId: null,
    onPremisesSid: null,
    userPrincipalName: null,
  };

  test('is looked up by what is known of it: a device by its deviceId, never by its name', async () => {
    const { id, deviceId } = rig.emulator.tenant.addDevice({ displayName: 'PC-1' });
    rig.emulator.tenant.addDevice({ displayName: 'PC-1' });
    expect(await rig.directory.findObjects({ kind: 'device', deviceId: deviceId ?? null })).toMatchObject([
      { kind: 'device', id, deviceId, displayName: 'PC-1' },
    ]);
  });

  test('is found by the next key when the one before finds nothing', async () => {
    const sid = 'S-1-5-21-1-2-3-1104';
    const { id } = rig.emulator.tenant.addUser({
      userPrincipalName: "o'neil@contoso.com",
      onPremisesSecurityIdentifier: sid,
    });
    const absent = '00000000-0000-4000-8000-000000000000';
    const found = (keys: Partial<typeof user>) =>
      rig.directory.findObjects({ kind: 'user', ...user, ...keys });
    expect(await found({ objectId: id })).toMatchObject([{ id }]);
    expect(await found({ onPremisesSid: sid })).toMatchObject([{ id }]);
    expect(await found({ userPrincipalName: "o'neil@contoso.com" })).toMatchObject([{ id }]);
    const keys = { ...user, objectId: absent, userPrincipalName: "o'neil@contoso.com" };
    expect(await rig.directory.findObjects({ kind: 'user', ...keys })).toMatchObject([{ id }]);
  });

  test('that Entra does not have is not found, and of which nothing is known is not asked for', async () => {
    const before = rig.directory.counters.requests;
    expect(await rig.directory.findObjects({ kind: 'user', ...user })).toEqual([]);
    expect(rig.directory.counters.requests).toBe(before);
    const deviceId = '00000000-0000-4000-8000-000000000000';
    expect(await rig.directory.findObjects({ kind: 'device', deviceId })).toEqual([]);
  });
});
