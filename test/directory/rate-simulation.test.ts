import { expect, test } from 'vitest';
import { limitsOf } from '../../src/directory/rate/limits.ts';
import { answered, choose, granted, newQuota, type Waiter } from '../../src/directory/rate/quota.ts';

// The rate against models of Graph in simulated time: no clock, no network. Graph's documentation says "token bucket"
// and names requests per 150 s; whether it counts in windows is not known, so both must go well.

interface Server {
  /** Takes one batch; how many parts are refused, what part of the limit is used, seconds to wait. */
  take(batch: number, now: number): { refused: number; used: number; waitS: number };
}

const quota = 3000;
const windowMs = 150_000;

function tokenBucket(): Server {
  let level = quota;
  let at = 0;
  return {
    take(batch, now) {
      level = Math.min(quota, level + ((now - at) * quota) / windowMs);
      at = now;
      const refused = Math.min(batch, Math.max(0, Math.ceil(batch - level)));
      level = Math.max(-0.8 * quota, level - batch);
      const waitS = Math.ceil(Math.max(0, -level) / 20);
      return { refused, used: (quota - level) / quota, waitS };
    },
  };
}

/** A bucket of 40 that fills slower than documented until an instant, and tells the time to wait in whole seconds. */
function slowBucket(perS: number, until = Number.POSITIVE_INFINITY): Server {
  let level = 40;
  let at = 0;
  return {
    take(batch, now) {
      const rate = now < until ? perS : quota / (windowMs / 1000);
      level = Math.min(40, level + ((now - at) * rate) / 1000);
      at = now;
      const taken = Math.min(batch, Math.floor(level));
      level -= taken;
      return { refused: batch - taken, used: 0, waitS: 1 };
    },
  };
}

function fixedWindows(): Server {
  let window = 0;
  let count = 0;
  return {
    take(batch, now) {
      const current = Math.floor(now / windowMs);
      if (current !== window) count = 0;
      window = current;
      count += batch;
      const refused = Math.min(batch, Math.max(0, count - quota));
      return { refused, used: count / quota, waitS: Math.ceil(((current + 1) * windowMs - now) / 1000) };
    },
  };
}

/** Lets six groups write as much as they may for some minutes. */
function simulate(server: Server, options: { minutes: number; latencyMs: number; sharePercent: number }) {
  const limits = limitsOf(options.sharePercent, 'small');
  let state = newQuota(limits, 0);
  const waiters: Waiter[] = ['a', 'b', 'c', 'd', 'e', 'f'].map((group, i) => ({
    group,
    priority: i < 2 ? 'remove' : 'add',
    wanted: 20,
  }));
  const underWay: { arrives: number; waiter: Waiter; batch: number; sentAt: number }[] = [];
  let sent = 0;
  let refused = 0;
  for (let now = 0; now < options.minutes * 60_000; ) {
    const choice = choose(state, limits, waiters, now);
    if (choice.kind === 'grant') {
      const waiter = waiters[choice.index];
      if (!waiter) throw new Error('nobody of that number waits');
      state = granted(state, limits, waiter, choice.batch, true, now);
      underWay.push({ arrives: now + options.latencyMs, waiter, batch: choice.batch, sentAt: now });
      continue;
    }
    const answerAt = underWay[0]?.arrives ?? Number.POSITIVE_INFINITY;
    const wakeAt = choice.ms === null ? Number.POSITIVE_INFINITY : now + choice.ms;
    now = Math.min(answerAt, wakeAt);
    if (answerAt > wakeAt) continue;
    const next = underWay.shift();
    if (!next) throw new Error('nothing is under way, and nothing will ever go');
    const verdict = server.take(next.batch, now - options.latencyMs / 2);
    sent += next.batch;
    refused += verdict.refused;
    const result = {
      group: next.waiter.group,
      batch: next.batch,
      sentAt: next.sentAt,
      throttled: verdict.refused,
      overloaded: 0,
      retryAfterMs: verdict.refused > 0 ? verdict.waitS * 1000 : null,
      used: verdict.used > 0.8 ? Number(verdict.used.toFixed(2)) : null,
    };
    state = answered(state, limits, result, 0.5, now);
  }
  const allowed = ((options.minutes * 60_000) / windowMs) * quota * (options.sharePercent / 100);
  return { accepted: (sent - refused) / allowed, refused: refused / sent };
}

test.each([50, 400, 2_000])(
  'a token bucket at %i ms: nearly all of the quota is used, and hardly a request refused',
  latencyMs => {
    const { accepted, refused } = simulate(tokenBucket(), { minutes: 30, latencyMs, sharePercent: 100 });
    expect(accepted).toBeGreaterThan(0.95);
    expect(refused).toBeLessThan(0.01);
  },
);

test.each([50, 400, 2_000])(
  'windows of 150 s at %i ms: nearly all of the quota is used, and hardly a request refused',
  latencyMs => {
    const { accepted, refused } = simulate(fixedWindows(), { minutes: 30, latencyMs, sharePercent: 100 });
    expect(accepted).toBeGreaterThan(0.95);
    expect(refused).toBeLessThan(0.01);
  },
);

test.each([
  [4, 50],
  [4, 1000],
  [1, 200],
])('a Graph that lets only %i writes a second through, at %i ms: its rate is found', (perS, latencyMs) => {
  const { accepted, refused } = simulate(slowBucket(perS), { minutes: 30, latencyMs, sharePercent: 100 });
  expect(accepted / (perS / 20)).toBeGreaterThan(0.9);
  expect(refused).toBeLessThan(0.15);
});

test('a Graph that was slow for ten minutes is written to as fast as documented again soon after', () => {
  const options = { minutes: 30, latencyMs: 200, sharePercent: 100 };
  const { accepted } = simulate(slowBucket(2, 10 * 60_000), options);
  expect(accepted).toBeGreaterThan((10 * 2 + 18 * 20) / (30 * 20));
});

test.each([50, 25])('a share of %i percent leaves the rest of the quota to others', sharePercent => {
  const options = { minutes: 30, latencyMs: 400, sharePercent };
  const bucket = simulate(tokenBucket(), options);
  expect(bucket.refused).toBe(0);
  expect(bucket.accepted).toBeGreaterThan(0.95);
  // The bucket is full at the start: that much more goes out once.
  expect(bucket.accepted).toBeLessThan(1.1);
  expect(simulate(fixedWindows(), options).refused).toBe(0);
});

/** Lets groups write what they have, a batch at a time, and tells in which order the groups were served. */
function order(
  groups: readonly { group: string; priority: 'add' | 'remove'; writes: number }[],
  grants: number,
) {
  const limits = limitsOf(100, 'small');
  let state = newQuota(limits, 0);
  const left = new Map(groups.map(({ group, writes }) => [group, writes]));
  const served: string[] = [];
  let now = 0;
  while (served.length < grants) {
    const waiters = groups.flatMap(({ group, priority }) => {
      const wanted = Math.min(20, left.get(group) ?? 0);
      return wanted > 0 ? [{ group, priority, wanted }] : [];
    });
    const choice = choose(state, limits, waiters, now);
    if (choice.kind === 'wait') {
      now += choice.ms ?? 0;
      continue;
    }
    const waiter = waiters[choice.index] as Waiter;
    state = granted(state, limits, waiter, choice.batch, false, now);
    const answer = { throttled: 0, overloaded: 0, retryAfterMs: null, used: null };
    const { batch } = choice;
    state = answered(state, limits, { ...answer, group: waiter.group, batch, sentAt: now }, 0, now);
    left.set(waiter.group, (left.get(waiter.group) ?? 0) - batch);
    served.push(waiter.group);
  }
  return served;
}

test('a group with three changes waits for one batch of one with 200,000, whenever it comes', () => {
  const big = { group: 'big', priority: 'add', writes: 10_000 } as const;
  const small = { group: 'small', priority: 'add', writes: 1 } as const;
  expect(order([big, small], 20).indexOf('small')).toBeLessThanOrEqual(1);
  // Beside many large ones, each of them has one turn at most before it.
  const many = Array.from({ length: 8 }, (_, n) => ({ ...big, group: `big ${n}` }));
  expect(order([...many, small], 40).indexOf('small')).toBeLessThanOrEqual(many.length);
});

test('removals of one group go before the additions of all others', () => {
  const adding = Array.from({ length: 5 }, (_, n) => ({
    ...{ group: `adds ${n}`, priority: 'add', writes: 10_000 },
  })) as { group: string; priority: 'add'; writes: number }[];
  const removing = { group: 'removes', priority: 'remove', writes: 100 } as const;
  expect(order([...adding, removing], 5)).toEqual(Array(5).fill('removes'));
});
