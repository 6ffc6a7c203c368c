import { describe, expect, test } from 'vitest';
import type { AppInput, SeedGroup } from '../../emulator/index.ts';
import { bind, devices, reference, start } from './harness.ts';

const security = { displayName: 'Group1', mailEnabled: false, mailNickname: 'group1', securityEnabled: true };

describe('creating groups', () => {
  test('makes a security group and gives its usual properties', async () => {
    const client = await start();
    const { status, body } = await client.graph('POST', '/groups', {
      ...security,
      description: 'Kept by Rollcall',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...security,
      description: 'Kept by Rollcall',
      groupTypes: [],
      mail: null,
      onPremisesSyncEnabled: null,
      membershipRule: null,
      isAssignableToRole: null,
      proxyAddresses: [],
      securityIdentifier: expect.stringMatching(/^S-1-12-1(-\d+){4}$/),
    });
    expect(client.emulator.tenant.owners(body.id)).toEqual([]);
    expect((await client.graph('GET', `/groups/${body.id}`)).body.displayName).toBe('Group1');
  });

  test('takes owners and members with it', async () => {
    const client = await start();
    const { app, tenant } = client.emulator;
    const ids = devices(client, 2);
    const { body } = await client.graph('POST', '/groups', {
      ...security,
      'owners@odata.bind': [`${client.emulator.graphUrl}/v1.0/servicePrincipals/${app.servicePrincipalId}`],
      ...bind(client, ids),
    });
    expect(tenant.owners(body.id)).toEqual([app.servicePrincipalId]);
    expect(tenant.members(body.id)).toEqual(ids);
  });

  test.each<[string, Record<string, unknown>, number, string]>([
    [
      'no display name',
      { displayName: undefined },
      400,
      "A value is required for property 'displayName' of resource 'Group'.",
    ],
    [
      'no mail nickname',
      { mailNickname: undefined },
      400,
      "A value is required for property 'mailNickname' of resource 'Group'.",
    ],
    [
      'a blank in the nickname',
      { mailNickname: 'a b' },
      400,
      "Invalid value specified for property 'mailNickname' of resource 'Group'.",
    ],
    [
      'a letter beyond ASCII',
      { mailNickname: 'ü' },
      400,
      "Invalid value specified for property 'mailNickname' of resource 'Group'.",
    ],
    [
      'a nickname of 65 letters',
      { mailNickname: 'x'.repeat(65) },
      400,
      "Invalid value specified for property 'mailNickname' of resource 'Group'.",
    ],
    [
      'a name of 257 letters',
      { displayName: 'x'.repeat(257) },
      400,
      "Invalid value specified for property 'displayName' of resource 'Group'.",
    ],
    [
      'neither mail nor security',
      { securityEnabled: false },
      400,
      "Invalid value specified for property 'securityEnabled' of resource 'Group'.",
    ],
    ['a mail-enabled security group', { mailEnabled: true }, 400, 'mail-enabled'],
    [
      'an unknown group type',
      { groupTypes: ['Other'] },
      400,
      "Invalid value specified for property 'groupTypes' of resource 'Group'.",
    ],
    [
      'a dynamic group without a rule',
      { groupTypes: ['DynamicMembership'] },
      400,
      'One or more property values specified are invalid.',
    ],
    ['an unknown property', { colour: 'red' }, 400, "Invalid property 'colour'."],
    [
      'a group for roles without the permission',
      { isAssignableToRole: true },
      403,
      'Insufficient privileges to complete the operation.',
    ],
  ])('refuses %s', async (_what, change, status, message) => {
    const client = await start();
    const answer = await client.graph('POST', '/groups', { ...security, ...change });
    expect(answer.status).toBe(status);
    expect(answer.body.error.message).toContain(message);
  });

  test('refuses a nickname that another Microsoft 365 group has', async () => {
    const client = await start();
    const unified = { ...security, groupTypes: ['Unified'], mailEnabled: true, securityEnabled: false };
    expect((await client.graph('POST', '/groups', unified)).status).toBe(201);
    expect((await client.graph('POST', '/groups', unified)).body.error.message).toMatch(
      /mailNickname already exists/,
    );
    expect((await client.graph('POST', '/groups', security)).status).toBe(201);
  });
});

describe('what a group takes', () => {
  const insufficient = 'Insufficient privileges to complete the operation.';
  const onPremises = /on-premises mastered/;
  const invalid = /An invalid operation was included in the following modified references: 'members'/;
  test.each<[string, SeedGroup, 'user' | 'device' | 'group', number, string | RegExp]>([
    ['a security group takes users', {}, 'user', 204, ''],
    ['a security group takes devices', {}, 'device', 204, ''],
    ['a security group takes groups', {}, 'group', 204, ''],
    ['a Microsoft 365 group takes users', { kind: 'microsoft365' }, 'user', 204, ''],
    ['a Microsoft 365 group takes no devices', { kind: 'microsoft365' }, 'device', 400, invalid],
    ['a Microsoft 365 group takes no groups', { kind: 'microsoft365' }, 'group', 400, invalid],
    ['a dynamic group takes nobody', { dynamic: true }, 'device', 403, insufficient],
    ['a group mastered on-premises takes nobody', { onPremises: true }, 'device', 400, onPremises],
    [
      'a mail-enabled security group takes nobody',
      { kind: 'mailEnabledSecurity' },
      'user',
      400,
      /mail-enabled security/,
    ],
    ['a distribution list takes nobody', { kind: 'distribution' }, 'user', 400, /distribution list/],
    ['a group for roles asks for its own permission', { roleAssignable: true }, 'user', 403, insufficient],
  ])('%s', async (_what, seed, kind, status, message) => {
    const client = await start();
    const { tenant } = client.emulator;
    const group = tenant.addGroup(seed);
    const member =
      kind === 'user' ? tenant.addUser() : kind === 'device' ? tenant.addDevice() : tenant.addGroup();
    for (const answer of [
      await client.graph('POST', `/groups/${group.id}/members/$ref`, reference(client, member.id)),
      await client.graph(
        'PATCH',
        `/groups/${group.id}`,
        bind(client, [status === 204 ? tenant.addUser().id : member.id]),
      ),
    ]) {
      expect(answer.status).toBe(status);
      if (status !== 204) expect(answer.body.error.message).toMatch(message);
    }
    expect(tenant.members(group.id)).toHaveLength(status === 204 ? 2 : 0);
  });

  test('a group for roles takes members of an app with the permission', async () => {
    const client = await start({
      apps: [{ permissions: ['GroupMember.ReadWrite.All', 'RoleManagement.ReadWrite.Directory'] }],
    });
    const { tenant } = client.emulator;
    const group = tenant.addGroup({ roleAssignable: true });
    const answer = await client.graph(
      'POST',
      `/groups/${group.id}/members/$ref`,
      reference(client, tenant.addUser().id),
    );
    expect(answer.status).toBe(204);
  });
});

describe('permissions', () => {
  test.each<[string, AppInput['permissions'], boolean, number]>([
    [
      'GroupMember.ReadWrite.All and Device.ReadWrite.All add a device',
      ['GroupMember.ReadWrite.All', 'Device.ReadWrite.All'],
      false,
      204,
    ],
    ['GroupMember.ReadWrite.All alone does not', ['GroupMember.ReadWrite.All'], false, 403],
    ['Directory.ReadWrite.All does', ['Directory.ReadWrite.All'], false, 204],
    ['reading permissions do not', ['Group.Read.All', 'Device.Read.All'], false, 403],
    ['an owner with Group.Create adds what it can read', ['Group.Create', 'Device.Read.All'], true, 204],
    ['an owner with Group.Create does not add what it can not read', ['Group.Create'], true, 403],
    ['Group.Create without ownership does not', ['Group.Create', 'Device.Read.All'], false, 403],
    ['ownership without Group.Create does not', ['Device.Read.All'], true, 403],
  ])('%s', async (_what, permissions, owner, status) => {
    const client = await start({ apps: [{ permissions: permissions ?? [] }] });
    const { tenant, app } = client.emulator;
    const [device = ''] = devices(client, 1);
    const group = tenant.addGroup({ owners: owner ? [app.servicePrincipalId] : [] });
    const answer = await client.graph('POST', `/groups/${group.id}/members/$ref`, reference(client, device));
    expect(answer.status).toBe(status);
    if (status === 403) {
      expect(answer.body.error).toMatchObject({
        code: 'Authorization_RequestDenied',
        message: 'Insufficient privileges to complete the operation.',
      });
    }
  });

  test('an app that created a group and named itself as owner manages it with Group.Create alone', async () => {
    const client = await start({ apps: [{ permissions: ['Group.Create', 'User.Read.All'] }] });
    const { tenant, app } = client.emulator;
    const owner = `${client.emulator.graphUrl}/v1.0/servicePrincipals/${app.servicePrincipalId}`;
    const mine = await client.graph('POST', '/groups', { ...security, 'owners@odata.bind': [owner] });
    const anonymous = await client.graph('POST', '/groups', { ...security, mailNickname: 'other' });
    const user = tenant.addUser();
    const add = (id: string) =>
      client.graph('POST', `/groups/${id}/members/$ref`, reference(client, user.id));
    expect((await add(mine.body.id)).status).toBe(204);
    expect((await add(anonymous.body.id)).status).toBe(403);
    expect((await client.graph('GET', `/groups/${mine.body.id}/members`)).body.value).toHaveLength(1);
    expect((await client.graph('DELETE', `/groups/${mine.body.id}`)).status).toBe(204);
  });
});

describe('the life of a group', () => {
  test('changes, is deleted, is restored with its members', async () => {
    const client = await start();
    const { tenant, app } = client.emulator;
    tenant.grant(app.appId, 'Group.ReadWrite.All');
    const ids = devices(client, 2);
    const group = tenant.addGroup({ displayName: 'Before', members: ids });
    expect((await client.graph('PATCH', `/groups/${group.id}`, { displayName: 'After' })).status).toBe(204);
    expect((await client.graph('DELETE', `/groups/${group.id}`)).status).toBe(204);
    expect((await client.graph('GET', `/groups/${group.id}`)).status).toBe(404);
    const deleted = await client.graph('GET', '/directory/deletedItems/microsoft.graph.group');
    expect(deleted.body.value).toMatchObject([
      { id: group.id, displayName: 'After', deletedDateTime: expect.any(String) },
    ]);
    expect((await client.graph('POST', `/directory/deletedItems/${group.id}/restore`, {})).status).toBe(200);
    expect(tenant.members(group.id)).toEqual(ids);
  });

  test('a deleted user leaves its groups and comes back into them; a deleted device is gone', async () => {
    const client = await start();
    const { tenant } = client.emulator;
    const user = tenant.addUser();
    const device = tenant.addDevice();
    const group = tenant.addGroup({ members: [user.id, device.id] });
    tenant.deleteObject(user.id);
    tenant.deleteObject(device.id);
    expect(tenant.members(group.id)).toEqual([]);
    expect(tenant.restoreObject(user.id)).toBe(true);
    expect(tenant.restoreObject(device.id)).toBe(false);
    expect(tenant.members(group.id)).toEqual([user.id]);
  });

  test('owners are listed, added and removed', async () => {
    const client = await start();
    const { tenant, app } = client.emulator;
    tenant.grant(app.appId, 'Group.ReadWrite.All');
    const group = tenant.addGroup();
    const path = `/groups/${group.id}/owners`;
    expect(
      (await client.graph('POST', `${path}/$ref`, reference(client, app.servicePrincipalId))).status,
    ).toBe(204);
    const user = tenant.addUser();
    tenant.addOwner(group.id, user.id);
    expect((await client.graph('GET', path)).body.value).toMatchObject([
      { '@odata.type': '#microsoft.graph.user', id: user.id },
    ]);
    // Service principals are told only when they are asked for by their type.
    expect(
      (await client.graph('GET', `${path}/microsoft.graph.servicePrincipal?$select=id`)).body.value,
    ).toEqual([{ id: app.servicePrincipalId }]);
    tenant.removeOwner(group.id, user.id);
    expect(
      (await client.graph('POST', `${path}/$ref`, reference(client, devices(client, 1)[0] ?? ''))).status,
    ).toBe(400);
    expect((await client.graph('DELETE', `${path}/${app.servicePrincipalId}/$ref`)).status).toBe(204);
    expect(tenant.owners(group.id)).toEqual([]);
  });
});
