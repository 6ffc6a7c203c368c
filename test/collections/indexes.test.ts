import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { asSql } from '../../src/collections/evaluation/run-query.ts';
import { addRule, getCollection, removeRule } from '../../src/collections/index.ts';
import { loadQueryRules } from '../../src/collections/query-rules.ts';
import { importRecords } from '../inventory/world.ts';
import { openWorld, type World } from './world.ts';

const devices = 10_050;
const from = 'select ResourceID from SMS_R_System where';
const inOu = `${from} SystemOUName = 'CONTOSO/OU 7'`;
const atSite = `${from} ADSiteName = 'Site 7'`;

async function site(): Promise<World> {
  const world = await openWorld();
  await fill(world);
  return world;
}

async function fill(world: World): Promise<void> {
  const records = Array.from({ length: devices }, (_, index) => ({
    type: 'device' as const,
    name: `D${index}`,
    properties: { ADSiteName: `Site ${index % 50}`, SystemOUName: ['CONTOSO', `CONTOSO/OU ${index % 50}`] },
  }));
  await importRecords(world.store, records);
}

/** How the store goes about a query. */
async function plan({ store }: World, wql: string): Promise<string> {
  const query = (await loadQueryRules(store)).prepare(wql, 'device');
  if ('failure' in query) throw new Error(query.failure);
  const steps = await sql<{ detail: string }>`explain query plan ${asSql(query.compile(new Date()))}`.execute(
    store.db,
  );
  return steps.rows.map(row => row.detail).join('\n');
}

test.each([
  ['a scalar property', atSite],
  ['an array property', inOu],
])(
  'values of %s are looked up by an index as long as a rule asks for them, and only then',
  async (_, wql) => {
    const world = await site();
    expect(await plan(world, wql)).not.toMatch(/INDEX .*_by_p/);
    await world.collection({ name: 'Some' }, { kind: 'query', wql: wql });
    await world.evaluate();
    expect(await world.members('Some')).toHaveLength(devices / 50);
    expect(await plan(world, wql)).toMatch(/SEARCH .* USING (COVERING )?INDEX \w+_by_p\d+/);

    const [rule] = (await getCollection(world.store, 'Some')).rules;
    await removeRule(world.store, 'Some', String(rule?.id));
    await addRule(world.store, 'Some', { kind: 'query', wql: `${from} Name = 'D1'` });
    await world.evaluate();
    expect(await plan(world, wql)).not.toMatch(/INDEX .*_by_p/);
  },
);

test('a rule that was there before the devices gets its index once they have come', async () => {
  const world = await openWorld();
  await world.bring({ type: 'device', name: 'First', properties: { SystemOUName: ['CONTOSO'] } });
  await world.collection({ name: 'Some' }, { kind: 'query', wql: inOu });
  await world.evaluate();
  await fill(world);
  await world.evaluate();
  expect(await world.members('Some')).toHaveLength(devices / 50);
  expect(await plan(world, inOu)).toMatch(/USING (COVERING )?INDEX \w+_by_p/);
});
