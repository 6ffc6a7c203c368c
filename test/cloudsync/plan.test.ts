import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  emptyPlan,
  type LedgerEntry,
  newRemovals,
  type Plan,
  planObject,
  planTouched,
  type TouchedObject,
} from '../../src/cloudsync/plan.ts';

/** An entry as `in done`, `out failed`, with `?` where the member may be in all the same, `!` where tried just now. */
function entry(text: string): LedgerEntry | undefined {
  if (text === '') return undefined;
  const [wanted, state] = text.replace(/[?!]/g, '').split(' ') as [
    LedgerEntry['wanted'],
    LedgerEntry['state'],
  ];
  return { wanted, state, maybeIn: text.includes('?'), recent: text.includes('!'), attempts: 2 };
}

/** What an incremental run does about an object. */
function incremental(object: TouchedObject): Plan {
  const plan = emptyPlan();
  planTouched(plan, object);
  return plan;
}

/** What a plan does with its only object. */
function verdict({ additions, removals, adopted, forgotten }: Plan): string {
  const said = [
    ...additions.map(({ why, maybeIn }) => `add ${why}${maybeIn ? '?' : ''}`),
    ...removals.map(({ why, decided }) => `remove ${why}${decided ? ' (decided)' : ''}`),
    ...adopted.map(() => 'adopt'),
    ...forgotten.map(() => 'forget'),
  ];
  expect(said.length).toBeLessThan(2);
  return said[0] ?? 'nothing';
}

describe('a full run', () => {
  it.each([
    // wanted, listed, ledger → verdict
    [true, false, '', 'add missing'],
    [true, false, 'in done', 'add missing'],
    [true, false, 'in failed', 'add retry'],
    [true, false, 'in failed?', 'add retry?'],
    [true, false, 'in pending', 'add resumed?'],
    [true, false, 'out done', 'add missing'],
    [true, false, 'out failed', 'add missing?'],
    [true, true, '', 'adopt'],
    [true, true, 'in done', 'nothing'],
    [true, true, 'in done!', 'nothing'],
    [true, true, 'in failed', 'adopt'],
    [true, true, 'in failed!', 'add retry'],
    [true, true, 'in pending', 'add resumed?'],
    [true, true, 'out done', 'adopt'],
    [true, true, 'out pending', 'add missing?'],
    [false, true, '', 'remove foreign'],
    [false, true, 'in done', 'remove unwanted'],
    [false, true, 'in failed', 'remove unwanted'],
    [false, true, 'out done', 'remove foreign'],
    [false, true, 'out pending', 'remove resumed (decided)'],
    [false, true, 'out failed', 'remove retry (decided)'],
    [false, false, 'in done', 'forget'],
    [false, false, 'in failed', 'forget'],
    [false, false, 'in failed!', 'remove unwanted'],
    [false, false, 'in pending', 'remove unwanted'],
    [false, false, 'out pending', 'remove resumed (decided)'],
    [false, false, 'out failed', 'forget'],
    [false, false, 'out failed!', 'remove retry (decided)'],
    [false, false, 'out done', 'nothing'],
  ])('wanted %s, listed %s, ledger "%s": %s', (wanted, listed, known, expected) => {
    const plan = emptyPlan();
    planObject(plan, { objectId: 'o', resourceId: 1, wantedNow: wanted, listed, entry: entry(known) });
    expect(verdict(plan)).toBe(expected);
  });
});

describe('an incremental run', () => {
  const touched = (wantedNow: boolean, exists: boolean, known: string): TouchedObject => ({
    objectId: 'o',
    resourceId: 1,
    wantedNow,
    by: 'membership',
    exists,
    entry: entry(known),
  });

  it.each([
    // wanted now, exists in Entra, ledger → verdict
    [true, true, '', 'add joined'],
    [true, true, 'in done', 'nothing'],
    [true, true, 'in pending', 'add resumed?'],
    [true, true, 'in failed', 'add retry'],
    [true, true, 'out done', 'add joined'],
    [true, true, 'out pending', 'add joined?'],
    [true, true, 'out failed', 'add joined?'],
    [false, true, '', 'nothing'],
    [false, true, 'in done', 'remove left'],
    [false, true, 'in pending', 'remove left'],
    [false, true, 'in failed', 'forget'],
    [false, true, 'in failed?', 'remove left'],
    [false, true, 'out done', 'nothing'],
    [false, true, 'out pending', 'remove resumed (decided)'],
    [false, true, 'out failed', 'remove retry (decided)'],
    [false, false, 'in done', 'forget'],
    [false, false, 'in pending', 'forget'],
    [false, false, 'out pending', 'remove resumed (decided)'],
    [false, false, 'out failed', 'remove retry (decided)'],
    [false, false, '', 'nothing'],
  ])('wanted %s, in Entra %s, ledger "%s": %s', (wanted, exists, known, expected) => {
    expect(verdict(incremental(touched(wanted, exists, known)))).toBe(expected);
  });

  it('says that an identity came or went', () => {
    const by = 'identity' as const;
    expect(verdict(incremental({ ...touched(true, true, ''), by }))).toBe('add appeared');
    expect(verdict(incremental({ ...touched(false, true, 'in done'), by }))).toBe('remove replaced');
  });
});

describe('any full plan', () => {
  const ids = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { maxLength: 10 });
  const entries = fc.dictionary(
    fc.constantFrom(...'abcdefghij'),
    fc.constantFrom(
      'in done',
      'in pending',
      'in failed',
      'in failed?!',
      'out done',
      'out pending',
      'out failed!',
    ),
  );

  it('makes the group what is wanted, and a second one sends nothing', () => {
    fc.assert(
      fc.property(ids, ids, entries, (wantedIds, listed, known) => {
        const wanted = new Set(wantedIds);
        const group = new Set(listed);
        const ledger = new Map(Object.entries(known).map(([id, text]) => [id, entry(text)]));
        const plan = () => {
          const plan = emptyPlan();
          for (const objectId of new Set([...wanted, ...group, ...ledger.keys()])) {
            const [wantedNow, listed] = [wanted.has(objectId), group.has(objectId)];
            planObject(plan, { objectId, resourceId: 1, wantedNow, listed, entry: ledger.get(objectId) });
          }
          return plan;
        };
        const first = plan();
        expect(newRemovals(first).length).toBeLessThanOrEqual(first.removals.length);
        for (const { objectId } of first.removals) {
          group.delete(objectId);
          ledger.set(objectId, entry('out done'));
        }
        for (const { objectId } of [...first.additions, ...first.adopted]) {
          group.add(objectId);
          ledger.set(objectId, entry('in done'));
        }
        for (const objectId of first.forgotten) ledger.delete(objectId);
        expect(group).toEqual(wanted);
        expect(plan()).toEqual({ additions: [], removals: [], adopted: [], forgotten: [] });
      }),
    );
  });
});
