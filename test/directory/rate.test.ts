import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Governor } from '../../src/directory/rate/governor.ts';
import { limitsOf } from '../../src/directory/rate/limits.ts';
import {
  type Answered,
  answered,
  choose,
  granted,
  newQuota,
  type QuotaState,
  quotaUsed,
  throttled,
  type Waiter,
} from '../../src/directory/rate/quota.ts';

const limits = limitsOf(100, 'small');
const start = 1_000_000_000_000;
const fresh = newQuota(limits, start);
const add = (group: string, wanted = 20): Waiter => ({ group, priority: 'add', wanted });
const remove = (group: string, wanted = 20): Waiter => ({ group, priority: 'remove', wanted });
const clean: Omit<Answered, 'group' | 'batch'> = {
  sentAt: start,
  throttled: 0,
  overloaded: 0,
  retryAfterMs: null,
  used: null,
};
const send = (state: QuotaState, waiter: Waiter, batch = waiter.wanted, others = false, now = start) =>
  granted(state, limits, waiter, batch, others, now);
const answer = (state: QuotaState, group: string, given: Partial<Answered> = {}, now = start) =>
  answered(state, limits, { ...clean, group, batch: 20, ...given }, 0, now);
const sizeOf = (state: QuotaState, group: string) => state.windows.get(group)?.size;

describe('who may write next', () => {
  test.each<[string, QuotaState, Waiter[], ReturnType<typeof choose>]>([
    ['nobody waits', fresh, [], { kind: 'wait', ms: null }],
    ['one whole batch at once', fresh, [add('a')], { kind: 'grant', index: 0, batch: 20 }],
    ['a small batch as it is', fresh, [add('a', 3)], { kind: 'grant', index: 0, batch: 3 }],
    ['removals before additions', fresh, [add('a'), remove('b')], { kind: 'grant', index: 1, batch: 20 }],
    [
      'the group that was not served yet before the one that was',
      answer(send(fresh, add('big')), 'big'),
      [add('big'), add('small', 3)],
      { kind: 'grant', index: 1, batch: 3 },
    ],
    [
      'a second batch to one group waits for the first',
      send(fresh, add('a')),
      [add('a')],
      { kind: 'wait', ms: null },
    ],
    [
      'while one group waits for its answer another goes',
      send(fresh, add('a')),
      [add('a'), add('b')],
      { kind: 'grant', index: 1, batch: 20 },
    ],
    [
      'after 429 nobody writes before the time told',
      throttled(fresh, limits, 'write', 7_000, start),
      [remove('a')],
      { kind: 'wait', ms: 7_000 },
    ],
    [
      'reads refused do not hold up writes',
      throttled({ ...fresh, units: { level: 3000, at: start } }, limits, 'read', 7_000, start),
      [remove('a', 1)],
      { kind: 'wait', ms: 3 },
    ],
    [
      'an empty bucket: until a whole batch has come back, 20 writes a second',
      { ...fresh, writes: { level: 0, at: start } },
      [add('a')],
      { kind: 'wait', ms: 1000 },
    ],
    [
      'after 503 the group rests as long as told',
      answer(send(fresh, add('a')), 'a', { overloaded: 20, retryAfterMs: 4_000 }),
      [add('a')],
      { kind: 'wait', ms: 4_000 },
    ],
    [
      'after 503 other groups go on',
      answer(send(fresh, add('a')), 'a', { overloaded: 20, retryAfterMs: 4_000 }),
      [add('a'), add('b')],
      { kind: 'grant', index: 1, batch: 20 },
    ],
  ])('%s', (_name, state, waiters, expected) => {
    expect(choose(state, limits, waiters, start)).toEqual(expected);
  });

  test('of ten grants in a row one is left to additions that wait beside removals', () => {
    let state = fresh;
    const order: string[] = [];
    for (let i = 0; i < 20; i++) {
      const waiters = [add('a', 1), remove('r', 1)];
      const choice = choose(state, limits, waiters, start);
      if (choice.kind !== 'grant') throw new Error('the quota is full');
      const chosen = waiters[choice.index] ?? add('none');
      order.push(chosen.group);
      state = answer(send(state, chosen, 1, true), chosen.group, { batch: 1 });
    }
    expect(order.join('')).toBe('rrrrrrrrrarrrrrrrrra');
  });
});

describe('how fast one group is written to', () => {
  test('grows with every clean batch up to four batches side by side', () => {
    let state = fresh;
    const sizes: (number | undefined)[] = [];
    for (let i = 0; i < 14; i++) {
      state = answer(send(state, add('a')), 'a');
      sizes.push(sizeOf(state, 'a'));
    }
    expect(sizes.slice(0, 6)).toEqual([25, 31, 38, 47, 58, 72]);
    expect(sizes.at(-1)).toBe(80);
  });

  test('falls back to what Graph bore, and then tries for more ever more patiently', () => {
    const batch = (state: QuotaState, n: number, refused: number) =>
      answer(send(state, add('a'), n), 'a', { batch: n, overloaded: refused });
    let state = batch(fresh, 20, 15);
    expect(sizeOf(state, 'a')).toBe(5);
    for (let i = 0; i < 9; i++) state = batch(state, 5, 0);
    expect(sizeOf(state, 'a')).toBe(5);
    state = batch(state, 5, 0);
    expect(sizeOf(state, 'a')).toBe(6);
    state = batch(state, 6, 1);
    expect(sizeOf(state, 'a')).toBe(5);
    expect(state.windows.get('a')?.patience).toBe(20);
  });

  test('is halved by 503, once for all that was under way, down to one write', () => {
    let state = send(send(fresh, add('a')), add('a'));
    state = answer(state, 'a', { overloaded: 20 }, start + 10);
    expect(sizeOf(state, 'a')).toBe(10);
    state = answer(state, 'a', { overloaded: 20 }, start + 20);
    expect(sizeOf(state, 'a')).toBe(10);
    for (let i = 1; i < 9; i++) {
      const now = start + i * 60_000;
      state = answer(
        send(state, add('a'), 5, false, now),
        'a',
        { batch: 5, overloaded: 20, sentAt: now },
        now,
      );
    }
    expect(sizeOf(state, 'a')).toBe(1);
  });

  test('rests longer after each failure in a row where Graph tells no time', () => {
    let state = fresh;
    const rests: number[] = [];
    for (let i = 1; i <= 4; i++) {
      const now = start + i * 60_000;
      state = answer(
        send(state, add('a'), 1, false, now),
        'a',
        { batch: 1, overloaded: 20, sentAt: now },
        now,
      );
      rests.push((state.windows.get('a')?.pausedUntil ?? 0) - now);
    }
    expect(rests).toEqual([250, 500, 1000, 2000]);
  });
});

describe('how much of the quota is used', () => {
  test('follows what Graph says is used, whatever we counted', () => {
    expect(quotaUsed(fresh, limits, 'write', 0.8, start).writes.level).toBeCloseTo(570);
    expect(quotaUsed(fresh, limits, 'write', 1.8, start).writes.level).toBeCloseTo(-200);
    const sharing = limitsOf(50, 'small');
    expect(quotaUsed(newQuota(sharing, start), sharing, 'write', 0.45, start).writes.level).toBeCloseTo(120);
  });

  test('is taken for the resource units when a read says so, or when we drew more of those', () => {
    const afterRead = quotaUsed(fresh, limits, 'read', 0.8, start);
    expect(afterRead.writes).toEqual(fresh.writes);
    expect(afterRead.units.level).toBeCloseTo(665);
    const burst: QuotaState = {
      ...fresh,
      units: { level: 100, at: start },
      writes: { level: 2000, at: start },
    };
    expect(quotaUsed(burst, limits, 'write', 0.9, start).writes.level).toBe(2000);
  });

  test('never exceeds the bucket in any order of events, and never stands still for ever', () => {
    const event = fc.record({
      passed: fc.integer({ min: 0, max: 3_000 }),
      removal: fc.boolean(),
      group: fc.constantFrom('a', 'b', 'c'),
      overloaded: fc.boolean(),
      throttled: fc.nat({ max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 300 }), fc.integer({ min: 1, max: 100 }), (events, share) => {
        const own = limitsOf(share, 'small');
        let state = newQuota(own, start);
        let now = start;
        let sent = 0;
        for (const e of events) {
          now += e.passed;
          const waiter: Waiter = { group: e.group, priority: e.removal ? 'remove' : 'add', wanted: 20 };
          const choice = choose(state, own, [waiter], now);
          if (choice.kind === 'wait') {
            expect(choice.ms ?? 1).toBeGreaterThan(0);
            now += choice.ms ?? 0;
            continue;
          }
          expect(choice.batch).toBeGreaterThan(0);
          sent += choice.batch;
          state = granted(state, own, waiter, choice.batch, false, now);
          const overloaded = e.overloaded ? choice.batch : 0;
          const given = { ...clean, ...e, overloaded, batch: choice.batch, sentAt: now, retryAfterMs: null };
          state = answered(state, own, given, 0.5, now);
          expect(sent).toBeLessThanOrEqual(own.writes.capacity + (now - start) * own.writes.perMs + 1e-6);
        }
      }),
    );
  });
});

test('a clock that is set back makes nobody wait for the hour to pass again', async () => {
  let now = start;
  let slept = 0;
  const clock = {
    now: () => new Date(now),
    sleep: async (ms: number) => {
      slept += ms;
      now += ms;
    },
  };
  const governor = new Governor(limits, clock, () => 0);
  governor.heard('read', 429, {}, 5_000);
  governor.heard('write', 429, {}, 5_000);
  now -= 3_600_000;
  await governor.beforeRead(1);
  const lease = await governor.acquire(add('a'));
  expect(lease.batch).toBe(20);
  expect(slept).toBeLessThan(10_000);
});
