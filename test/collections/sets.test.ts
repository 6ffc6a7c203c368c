import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changesAmong } from '../../src/collections/sets/among.ts';
import { membershipOf } from '../../src/collections/sets/formula.ts';
import { parseIds, unionOf } from '../../src/collections/sets/ids.ts';
import { IdSet } from '../../src/collections/sets/idset.ts';

const universe = { base: 16_777_217, size: 101 };
const ids = fc.uniqueArray(fc.integer({ min: universe.base, max: universe.base + 100 }));
const sorted = (all: Iterable<number>) => [...all].sort((a, b) => a - b);
const set = (all: readonly number[]) => IdSet.of(universe, all);

test('a set of ids does what a set of numbers does', () => {
  fc.assert(
    fc.property(ids, ids, (a, b) => {
      const [x, y] = [new Set(a), new Set(b)];
      expect([...set(a).ids()]).toEqual(sorted(x));
      expect(set(a).count()).toBe(x.size);
      expect([...set(a).or(set(b)).ids()]).toEqual(sorted(x.union(y)));
      expect([...set(a).and(set(b)).ids()]).toEqual(sorted(x.intersection(y)));
      expect([...set(a).andNot(set(b)).ids()]).toEqual(sorted(x.difference(y)));
      expect([...set(a).minus(set(b))]).toEqual(sorted(x.difference(y)));
      expect([...set(a).deleteAll(b).ids()]).toEqual(sorted(x.difference(y)));
      expect(a.every(id => set(a).has(id))).toBe(true);
    }),
  );
});

test('ids outside the universe are never members', () => {
  const all = set([universe.base - 1, universe.base, universe.base + 100, universe.base + 101]);
  expect([...all.ids()]).toEqual([universe.base, universe.base + 100]);
  expect(all.has(universe.base - 1)).toBe(false);
});

test('ids are read from text, and lists are united in order', () => {
  expect([...parseIds('16777217,2063597569,5')]).toEqual([16_777_217, 2_063_597_569, 5]);
  expect([...parseIds(null), ...parseIds('')]).toEqual([]);
  expect([...unionOf([Int32Array.of(3, 9), Int32Array.of(), Int32Array.of(1, 9)])]).toEqual([1, 3, 9]);
});

test('looking at candidates gives what looking at everything gives, for them', () => {
  fc.assert(
    fc.property(ids, ids, ids, ids, ids, ids, (candidates, direct, included, limiting, excluded, members) => {
      const now = membershipOf({
        letIn: set(direct).or(set(included)),
        limiting: set(limiting),
        excluded: [set(excluded)],
      });
      const among = new Set(candidates);
      const found = changesAmong({
        candidates: among,
        letIn: [new Set(direct), new Set(included)],
        limiting: new Set(limiting),
        excluded: [new Set(excluded)],
        members: new Set(members),
      });
      const before = set(members);
      expect([...found.joined]).toEqual([...now.minus(before)].filter(id => among.has(id)));
      expect([...found.left]).toEqual([...before.minus(now)].filter(id => among.has(id)));
    }),
  );
});
