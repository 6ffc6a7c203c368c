import { jobResult, type ResourceType } from '../../src/api/index.ts';
import { connected } from './entra.ts';
import { finished, imported } from './house.ts';

export type World = Awaited<ReturnType<typeof world>>;

/**
 * Entra with some objects (A, B, C, D unless named) and Group1 holding the first three; Collection1 holds those in
 * `wanted` (B and C unless named) and is mapped to Group1.
 */
export async function world({
  type = 'device' as ResourceType,
  names = ['A', 'B', 'C', 'D'],
  wanted = ['B', 'C'],
  inGroup = ['A', 'B', 'C'],
} = {}) {
  const app = await connected();
  const { tenant } = app.entra;
  const objects = new Map(names.map(name => [name, entraObject(app, type, name)]));
  const id = (name: string) => objects.get(name)?.id ?? '';
  const group = tenant.addGroup({ displayName: 'Group1', members: inGroup.map(id) });
  await imported(
    app,
    names.map(name => ({ type, name, ...identity(type, objects.get(name)) })),
  );
  await app.client.call('createCollection', { body: { name: 'Collection1', type } });
  await app.client.call('addRule', {
    params: { ref: 'Collection1' },
    body: { kind: 'direct', resources: wanted },
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

/** Runs Collection1 and waits for its result. */
export async function run(world: World, options: { full?: boolean; approve?: boolean } = {}) {
  const job = await world.client.call('synchronize', { body: { collections: ['Collection1'], ...options } });
  return jobResult(await finished(world, job), 'synchronize');
}

/** The row of Collection1. */
export async function status({ client }: World) {
  const { items } = await client.call('listMappings', { query: { collection: 'Collection1' } });
  return items[0];
}
