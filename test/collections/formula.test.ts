import { expect, test } from 'vitest';
import type { NewRule } from '../../src/collections/index.ts';
import { openWorld } from './world.ts';

const direct = (...resources: string[]): NewRule => ({ kind: 'direct', resources });
const include = (collection: string): NewRule => ({ kind: 'include', collection });
const exclude = (collection: string): NewRule => ({ kind: 'exclude', collection });

const cases: { what: string; limitTo?: string; rules: NewRule[]; members: string[] }[] = [
  { what: 'no rule: nobody', rules: [], members: [] },
  { what: 'a direct rule lets in', rules: [direct('A')], members: ['A'] },
  { what: 'rules add up', rules: [direct('A'), direct('B', 'C')], members: ['A', 'B', 'C'] },
  { what: 'include lets in', rules: [include('AB')], members: ['A', 'B'] },
  { what: 'include and direct overlap', rules: [include('AB'), direct('B', 'C')], members: ['A', 'B', 'C'] },
  { what: 'exclude keeps out', rules: [include('AB'), exclude('BC')], members: ['A'] },
  { what: 'exclude wins over direct', rules: [direct('A', 'B'), exclude('BC')], members: ['A'] },
  { what: 'exclude wins over include of the same', rules: [include('BC'), exclude('BC')], members: [] },
  { what: 'exclude alone lets nobody in', rules: [exclude('AB')], members: [] },
  { what: 'limiting keeps out', limitTo: 'AB', rules: [direct('B', 'C')], members: ['B'] },
  { what: 'limiting holds for include', limitTo: 'AB', rules: [include('BC')], members: ['B'] },
  { what: 'all of it', limitTo: 'AB', rules: [direct('A'), include('BC'), exclude('BC')], members: ['A'] },
];

test.each(cases)('membership: $what', async ({ limitTo, rules, members }) => {
  const world = await openWorld();
  await world.bring('A', 'B', 'C', 'D');
  await world.collection({ name: 'AB' }, direct('A', 'B'));
  await world.collection({ name: 'BC' }, direct('B', 'C'));
  await world.collection({ name: 'Tested', limitTo }, ...rules);
  await world.evaluate();
  expect(await world.members('Tested')).toEqual(members);
  expect(await world.folded('Tested')).toEqual(members);
  expect(await world.members('SMS00001')).toEqual(['A', 'B', 'C', 'D']);
});
