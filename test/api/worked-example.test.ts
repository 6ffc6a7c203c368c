import { describe, expect, it } from 'vitest';
import { jobResult, type ResourceType } from '../../src/api/index.ts';
import { connected } from './entra.ts';
import { finished, imported } from './house.ts';

// The worked example of ConfigMgr's documentation: facts.md, section 1.

type World = Awaited<ReturnType<typeof world>>;

/** Entra with A, B, C, D and Group1 holding A, B, C; Collection1 holds B, C and is mapped to Group1. */
async function world(type: ResourceType) {
  const app = await connected();
  const { tenant } = app.entra;
  const names = ['A', 'B', 'C', 'D'];
  const objects = new Map(names.map(name => [name, entraObject(app, type, name)]));
  const id = (name: string) => objects.get(name)?.id ?? '';
  const group = tenant.addGroup({ displayName: 'Group1', members: ['A', 'B', 'C'].map(id) });
  await imported(
    app,
    names.map(name => ({ type, name, ...identity(type, objects.get(name)) })),
  );
  await app.client.call('createCollection', { body: { name: 'Collection1', type } });
  await app.client.call('addRule', {
    params: { ref: 'Collection1' },
    body: { kind: 'direct', resources: ['B', 'C'] },
  });
  await app.client.call('addMapping', { body: { collection: 'Collection1', group: 'Group1' } });
  const members = () =>
    tenant
      .members(group.id)
      .map(member => names.find(name => id(name) === member) ?? member)
      .sort();
  return { ...app, group, id, members };
}

function entraObject({ entra }: Awaited<ReturnType<typeof connected>>, type: ResourceType, name: string) {
  if (type === 'device') return entra.tenant.addDevice({ displayName: name });
  return entra.tenant.addUser({ userPrincipalName: `${name}@contoso.com`, displayName: name });
}

function identity(type: ResourceType, object: { id?: string; deviceId?: string | null } | undefined) {
  return type === 'device' ? { entraDeviceId: object?.deviceId } : { entraUserId: object?.id };
}

async function run(world: World, full = false) {
  const job = await world.client.call('synchronize', { body: { collections: ['Collection1'], full } });
  return jobResult(await finished(world, job), 'synchronize');
}

async function status({ client }: World) {
  const { items } = await client.call('listMappings', { query: { collection: 'Collection1' } });
  return items[0];
}

describe.each(['device', 'user'] as const)('the worked example with %ss', type => {
  it('does in each step what ConfigMgr does', async () => {
    const it = await world(type);
    expect(await run(it)).toMatchObject({
      outcome: 'done',
      groups: [{ kind: 'full', added: 0, removed: 1 }],
    });
    expect(it.members()).toEqual(['B', 'C']);
    expect(await status(it)).toMatchObject({
      collectionName: 'Collection1',
      groupName: 'Group1',
      status: 'Success',
      memberCount: 2,
      syncCompleted: 2,
      lastFullSyncStatus: 'Success',
      lastFullSyncMemberCount: 2,
    });

    await it.client.call('removeRule', { params: { ref: 'Collection1', rule: 'C' } });
    expect(await run(it)).toMatchObject({ groups: [{ kind: 'incremental', added: 0, removed: 1 }] });
    expect(it.members()).toEqual(['B']);
    expect(await status(it)).toMatchObject({ status: 'Success', memberCount: 1, syncCompleted: 1 });

    it.entra.tenant.addMember(it.group.id, it.id('D'));
    const { groups } = await run(it);
    expect(groups).toMatchObject([{ kind: 'incremental', writes: 0 }]);
    expect(it.members()).toEqual(['B', 'D']);

    expect(await run(it, true)).toMatchObject({ groups: [{ kind: 'full', removed: 1 }] });
    expect(it.members()).toEqual(['B']);
    expect(await status(it)).toMatchObject({ status: 'Success', memberCount: 1, syncFailed: 0 });
  });
});
