import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Client, start } from './harness.ts';

// Every property in an answer must be one that Microsoft's own service description has, of its type and nullability.

const shared = process.env.ROLLCALL_SHARED ?? resolve(import.meta.dirname, '..', '..', '..', 'shared');
const file = resolve(shared, 'graph', 'graph-v1.0-subset.json');

const description = z.object({
  entityTypes: z.record(
    z.string(),
    z.object({
      base: z.string().nullish(),
      properties: z.record(z.string(), z.object({ type: z.string(), nullable: z.boolean() })).default({}),
    }),
  ),
});

const word = existsSync(file) ? 'as Microsoft describes them' : `(skipped: there is no ${file})`;

describe.skipIf(!existsSync(file))(`the properties of answers, ${word}`, () => {
  let types: z.infer<typeof description>['entityTypes'];

  beforeAll(() => {
    types = description.parse(JSON.parse(readFileSync(file, 'utf8'))).entityTypes;
  });

  function propertiesOf(type: string): Map<string, { type: string; nullable: boolean }> {
    const entity = types[type];
    if (!entity) throw new Error(`the description has no type ${type}`);
    const base = entity.base?.replace(/^(microsoft\.)?graph\./, '');
    return new Map([...(base ? propertiesOf(base) : []), ...Object.entries(entity.properties)]);
  }

  function check(type: string, object: Record<string, unknown>): void {
    const known = propertiesOf(type);
    for (const [name, value] of Object.entries(object)) {
      if (name.includes('@')) continue;
      const property = known.get(name);
      expect(property, `${type}.${name}`).toBeDefined();
      const list = property?.type.startsWith('Collection(');
      if (value === null) expect(property?.nullable && !list, `${type}.${name} is null`).toBe(true);
      else if (list) expect(value, `${type}.${name}`).toBeInstanceOf(Array);
      else if (property?.type === 'Edm.Boolean') expect(typeof value, `${type}.${name}`).toBe('boolean');
      else if (property?.type === 'Edm.Int32') expect(Number.isInteger(value), `${type}.${name}`).toBe(true);
      else if (property?.type === 'Edm.DateTimeOffset')
        expect(value, `${type}.${name}`).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
      else if (property?.type === 'Edm.String') expect(typeof value, `${type}.${name}`).toBe('string');
    }
  }

  async function objects(client: Client, path: string): Promise<Record<string, unknown>[]> {
    const { status, body } = await client.graph('GET', path);
    expect(status, path).toBe(200);
    return body.value ?? [body];
  }

  test.each([
    ['user', '/users'],
    ['user', '/users/delta'],
    [
      'user',
      '/users?$select=accountEnabled,onPremisesSecurityIdentifier,onPremisesImmutableId,userType,securityIdentifier,proxyAddresses',
    ],
    ['device', '/devices'],
    ['device', '/devices/delta'],
    ['group', '/groups'],
    ['group', '/groups/delta'],
    ['servicePrincipal', '/servicePrincipals'],
    ['application', '/applications'],
    ['organization', '/organization'],
  ])('%s from GET %s', async (type, path) => {
    const client = await start();
    const { tenant } = client.emulator;
    tenant.addUser({ displayName: 'Ann', onPremisesSecurityIdentifier: 'S-1-5-21-1-2-3-1001' });
    tenant.addDevice();
    for (const kind of ['security', 'microsoft365', 'mailEnabledSecurity', 'distribution'] as const)
      tenant.addGroup({ kind });
    tenant.addGroup({ dynamic: true, onPremises: true, roleAssignable: true });
    const found = await objects(client, path);
    expect(found.length).toBeGreaterThan(0);
    for (const object of found) check(type, object);
  });

  test('members and objects by their ids, each by its own type', async () => {
    const client = await start();
    const { tenant, app } = client.emulator;
    const ids = [tenant.addUser().id, tenant.addDevice().id, tenant.addGroup().id, app.servicePrincipalId];
    const group = tenant.addGroup({ members: ids });
    const members = await objects(client, `/groups/${group.id}/members`);
    const byIds = (await client.graph('POST', '/directoryObjects/getByIds', { ids })).body.value;
    for (const object of [...members, ...byIds]) {
      check(String(object['@odata.type']).replace('#microsoft.graph.', ''), object);
    }
    // v1.0 tells service principals among members only by their type.
    expect([members.length, byIds.length]).toEqual([3, 4]);
  });

  test('a group that was just created', async () => {
    const client = await start();
    const { body } = await client.graph('POST', '/groups', {
      displayName: 'G',
      mailEnabled: false,
      mailNickname: 'g',
      securityEnabled: true,
    });
    check('group', body);
  });
});
