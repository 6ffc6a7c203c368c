import { expect, test } from 'vitest';
import { membershipHistory, pruneHistory, removeRule, setHistoryDays } from '../../src/collections/index.ts';
import { deleteResources, findResources } from '../../src/inventory/index.ts';
import { mapToGroup } from './mapping.ts';
import { openWorld } from './world.ts';

async function eventful() {
  const world = await openWorld();
  await world.bring('A', 'B');
  await world.collection({ name: 'Some' }, { kind: 'direct', resources: ['A', 'B'] });
  await world.evaluate();
  world.clock.forward(60);
  await removeRule(world.store, 'Some', 'B');
  await world.evaluate();
  return world;
}

test('the history tells who joined and left and when, the latest first, a page at a time', async () => {
  const { store } = await eventful();
  const first = await membershipHistory(store, 'Some', { limit: 2 });
  expect(first.events).toMatchObject([
    { name: 'B', change: 'left', at: '2026-03-01T09:00:00.000Z' },
    { name: 'B', change: 'joined', at: '2026-03-01T08:00:00.000Z' },
  ]);
  const second = await membershipHistory(store, 'Some', { limit: 2, before: first.next ?? 0 });
  expect(second).toMatchObject({ events: [{ name: 'A', change: 'joined' }], next: null });
});

test('the history is narrowed by part of a name, in any case, and to who joined or left', async () => {
  const { store } = await eventful();
  const narrowed = async (by: Parameters<typeof membershipHistory>[2]) =>
    (await membershipHistory(store, 'Some', by)).events.map(({ name, change }) => `${name} ${change}`);
  expect(await narrowed({ limit: 9, search: 'b' })).toEqual(['B left', 'B joined']);
  expect(await narrowed({ limit: 9, search: 'b', change: 'left' })).toEqual(['B left']);
  expect(await narrowed({ limit: 9, search: '%' })).toEqual([]);
});

test('history that is older than it is to be kept goes', async () => {
  const { store, clock } = await eventful();
  await setHistoryDays(store, 1);
  expect(await pruneHistory(store, clock)).toBe(0);
  clock.forward(24 * 60 - 30);
  expect(await pruneHistory(store, clock)).toBe(4);
  expect((await membershipHistory(store, 'Some', { limit: 9 })).events).toMatchObject([{ change: 'left' }]);
});

test('history that a mapped group has not taken up yet stays', async () => {
  const { store, clock } = await eventful();
  await mapToGroup(store, 'Some', 2);
  clock.forward(1_000 * 24 * 60);
  expect(await pruneHistory(store, clock)).toBe(2);
});

test('a deleted resource leaves every membership and no direct rule behind', async () => {
  const world = await eventful();
  await world.collection({ name: 'Slow', incremental: false }, { kind: 'include', collection: 'Some' });
  await world.evaluate();
  const ids = (await findResources(world.store, 'device', ['A'])).get('A') ?? [];
  await deleteResources(world.store, ids, world.work);
  await world.evaluate();
  for (const name of ['Some', 'Slow', 'All Systems']) expect(await world.members(name)).not.toContain('A');
  const left = await world.store.db
    .selectFrom('membership')
    .where('resource_id', 'in', ids)
    .selectAll()
    .execute();
  expect(left).toEqual([]);
  expect(
    await world.store.db.selectFrom('collection_rule').where('kind', '=', 'direct').selectAll().execute(),
  ).toEqual([]);
});
