import { describe, expect, it } from 'vitest';
import { dueDiscovery } from '../../src/schedule/work/due.ts';

const now = new Date('2026-11-23T12:00:00.000Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();
const days = (n: number) => n * 24 * 60;
const tenant = { discovery: true, discoveryMinutes: 5, fullDiscoveryDays: 7 };
const kind = (full: number | null, delta: number | null) => ({
  lastFullAt: full === null ? null : minutesAgo(full),
  lastDeltaAt: delta === null ? null : minutesAgo(delta),
});

describe('discovery is due', () => {
  const cases: [string, ReturnType<typeof kind>[], object, 'full' | 'delta' | null][] = [
    ['in full when it never ran', [], {}, 'full'],
    [
      'as delta, though minutes have not passed, when users never ended',
      [kind(10, 1), kind(null, null)],
      {},
      'delta',
    ],
    ['as delta when users were never begun', [kind(10, 1)], {}, 'delta'],
    ['in full when neither has ended', [kind(null, null), kind(null, null)], {}, 'full'],
    ['in full when its days have passed', [kind(days(7), 1), kind(days(7), 1)], {}, 'full'],
    ['not a minute after the full one', [kind(1, null), kind(1, null)], {}, null],
    ['as delta when its minutes have passed', [kind(days(1), 5), kind(days(1), 5)], {}, 'delta'],
    ['as delta when one kind is behind', [kind(days(1), 1), kind(days(1), 9)], {}, 'delta'],
    ['not before its minutes', [kind(days(1), 4), kind(days(1), 4)], {}, null],
    ['as delta when the clock was set back since', [kind(days(1), -60), kind(days(1), -60)], {}, 'delta'],
    ['on an interval of its own', [kind(days(1), 30), kind(days(1), 30)], { discoveryMinutes: 60 }, null],
    ['never while it is switched off', [], { discovery: false }, null],
  ];
  it.each(cases)('%s', (_, kinds, settings, due) => {
    expect(dueDiscovery({ ...tenant, ...settings }, kinds, now)).toBe(due);
  });
});
