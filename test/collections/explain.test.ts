import { expect, test } from 'vitest';
import { explainMembership } from '../../src/collections/index.ts';
import { openWorld, type World } from './world.ts';

const windows = `select * from SMS_R_System
  inner join SMS_G_System_COMPUTER_SYSTEM on SMS_G_System_COMPUTER_SYSTEM.ResourceID = SMS_R_System.ResourceId
  where SMS_R_System.OperatingSystemNameandVersion like 'Windows%'
    and SMS_G_System_COMPUTER_SYSTEM.Model = 'X1'`;

async function site(): Promise<World> {
  const world = await openWorld();
  const device = (name: string, system: string, Model: string) => ({
    type: 'device' as const,
    name,
    properties: { OperatingSystemNameandVersion: system },
    inventory: { SMS_G_System_COMPUTER_SYSTEM: [{ Model }] },
  });
  await world.bring(
    device('A', 'Windows 11', 'X1'),
    device('B', 'Windows 10', 'Y'),
    device('C', 'Windows 11', 'X1'),
  );
  await world.collection({ name: 'Pilot' }, { kind: 'direct', resources: ['A'] });
  await world.collection({ name: 'Barred' }, { kind: 'direct', resources: ['C'] });
  await world.collection({ name: 'X1' }, { kind: 'query', wql: windows, name: 'Windows on X1' });
  await world.collection(
    { name: 'Free' },
    { kind: 'include', collection: 'X1' },
    { kind: 'exclude', collection: 'Barred' },
  );
  await world.collection({ name: 'Pilots', limitTo: 'Pilot' }, { kind: 'include', collection: 'X1' });
  await world.collection({ name: 'First pilots', limitTo: 'Pilots' }, { kind: 'direct', resources: ['C'] });
  await world.evaluate();
  return world;
}

test.each([
  ['X1', 'A', true, 'A belongs to X1: query rule Windows on X1 lets it in.'],
  ['Pilot', 'A', true, 'A belongs to Pilot: direct rule A lets it in.'],
  ['Free', 'A', true, 'A belongs to Free: include rule X1 (RCL00005) lets it in.'],
  [
    'Free',
    'C',
    false,
    'C does not belong to Free: include rule X1 (RCL00005) lets it in, but it is in the excluded Barred (RCL00004).',
  ],
  [
    'Pilots',
    'C',
    false,
    'C does not belong to Pilots: include rule X1 (RCL00005) lets it in, but it is not in the limiting collection Pilot (RCL00003).',
  ],
  ['SMS00001', 'C', true, 'C belongs to All Systems: it holds every resource of its type.'],
])('explain %s %s', async (collection, resource, belongs, summary) => {
  const world = await site();
  const explained = await explainMembership(world.store, collection, resource, world.clock);
  expect(explained).toMatchObject({ belongs, member: belongs, summary });
});

test('a query that does not find a resource is told condition by condition with the value found', async () => {
  const world = await site();
  const explained = await explainMembership(world.store, 'X1', 'B', world.clock);
  const [rule] = explained.rules;
  expect(explained.belongs).toBe(false);
  expect(rule?.conditions?.map(({ text, met }) => [text.split('.').at(-1), met])).toEqual([
    ['ResourceId', true],
    ["OperatingSystemNameandVersion like 'Windows%'", true],
    ["Model = 'X1'", false],
  ]);
  expect(rule?.conditions?.at(-1)?.found).toEqual([
    { class: 'SMS_G_System_COMPUTER_SYSTEM', property: 'Model', values: ['Y'] },
  ]);
  expect(explained.summary).toContain("it fails SMS_G_System_COMPUTER_SYSTEM.Model = 'X1'");
});

test('what keeps a resource out of the limiting collection is explained along the chain', async () => {
  const world = await site();
  const explained = await explainMembership(world.store, 'First pilots', 'C', world.clock);
  expect(explained.limiting?.why?.limiting?.why).toMatchObject({
    collection: { name: 'Pilot' },
    belongs: false,
  });
});

test('what an evaluation has still to do is said', async () => {
  const world = await site();
  await world.bring({
    type: 'device',
    name: 'A',
    inventory: { SMS_G_System_COMPUTER_SYSTEM: [{ Model: 'Y' }] },
  });
  const explained = await explainMembership(world.store, 'X1', 'A', world.clock);
  expect(explained).toMatchObject({ belongs: false, member: true });
  expect(explained.summary).toContain('still a member');
});
