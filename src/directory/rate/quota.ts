import { backoff } from '../http/retry.ts';
import { type Bucket, fullBucket, lowered, type Rate, refilled, taken, waitFor } from './bucket.ts';
import { type Limits, reserve } from './limits.ts';
import { atPace, newPace, type Pace, paced } from './pace.ts';
import { cut, grown, newWindow, room, type Window } from './window.ts';

// The decisions about rate, without time or waiting of their own: state and event in, state or answer out.

/** Removals go first: somebody is to lose access. */
export type Priority = 'remove' | 'add';

/** A batch of writes to one group that waits to be sent. */
export interface Waiter {
  group: string;
  priority: Priority;
  /** How many writes it has, at most a batch. */
  wanted: number;
}

export interface QuotaState {
  writes: Bucket;
  units: Bucket;
  pace: Pace;
  /** No write, or no read, before this instant (milliseconds since 1970). */
  writesPausedUntil: number;
  readsPausedUntil: number;
  windows: ReadonlyMap<string, Window>;
  /** When each group was last served, in grants: who waited longest is next. */
  served: ReadonlyMap<string, number>;
  grants: number;
  /** Removals granted in a row while additions waited. */
  removalsInRow: number;
}

/** How a batch of writes ended. */
export interface Answered {
  group: string;
  batch: number;
  sentAt: number;
  /** How many parts were refused for too many requests (429). */
  throttled: number;
  /** How many parts met an overloaded Graph (5xx), or got no answer. */
  overloaded: number;
  /** The longest Retry-After among the answers. */
  retryAfterMs: number | null;
  /** x-ms-throttle-limit-percentage: the part of the limit that is used, from 0.8 up. */
  used: number | null;
}

/** Additions that wait get at least this part of the grants, so that endless removals do not starve them. */
const removalsPerAddition = 9;
const defaultThrottleWaitMs = 5_000;
/** However far over the limit Graph says we are, go on within this time. */
const longestDebtMs = 10_000;

export function newQuota(limits: Limits, now: number): QuotaState {
  return {
    writes: fullBucket(limits.writes, now),
    units: fullBucket(limits.units, now),
    pace: newPace(),
    writesPausedUntil: 0,
    readsPausedUntil: 0,
    windows: new Map(),
    served: new Map(),
    grants: 0,
    removalsInRow: 0,
  };
}

/** The state under other limits: what was drawn stays drawn. */
export function otherLimits(state: QuotaState, before: Limits, after: Limits, now: number): QuotaState {
  const moved = (bucket: Bucket, from: Rate, to: Rate) => {
    const { level, at } = refilled(bucket, from, now);
    return { level: level + to.capacity - from.capacity, at };
  };
  return {
    ...state,
    writes: moved(state.writes, before.writes, after.writes),
    units: moved(state.units, before.units, after.units),
  };
}

/** Which waiter goes now and with how many writes, or how long until one may (null: when an answer comes). */
export type Choice = { kind: 'grant'; index: number; batch: number } | { kind: 'wait'; ms: number | null };

/** Chooses the next batch: removals first, then the group that has waited longest. */
export function choose(state: QuotaState, limits: Limits, waiters: readonly Waiter[], now: number): Choice {
  if (waiters.length === 0) return { kind: 'wait', ms: null };
  if (state.writesPausedUntil > now) return { kind: 'wait', ms: state.writesPausedUntil - now };
  const first: Priority = state.removalsInRow >= removalsPerAddition ? 'add' : 'remove';
  const order = waiters
    .map((waiter, index) => ({ waiter, index, served: state.served.get(waiter.group) ?? -1 }))
    .sort(
      (a, b) =>
        Number(a.waiter.priority !== first) - Number(b.waiter.priority !== first) ||
        a.served - b.served ||
        a.index - b.index,
    );
  let soonest: number | null = null;
  for (const { waiter, index } of order) {
    const window = state.windows.get(waiter.group) ?? newWindow();
    if (window.pausedUntil > now) {
      soonest = Math.min(soonest ?? Number.POSITIVE_INFINITY, window.pausedUntil - now);
      continue;
    }
    const batch = room(window, waiter.wanted);
    if (batch === 0) continue;
    // Whoever is first takes what there is: a smaller one behind must not take its tokens again and again.
    const ms = Math.max(
      waitFor(state.writes, atPace(limits.writes, state.pace), batch, now),
      waitFor(state.units, limits.units, batch, now),
    );
    if (ms > 0) return { kind: 'wait', ms };
    return { kind: 'grant', index, batch };
  }
  return { kind: 'wait', ms: soonest };
}

/** The state after a batch was granted. */
export function granted(
  state: QuotaState,
  limits: Limits,
  waiter: Waiter,
  batch: number,
  othersWait: boolean,
  now: number,
): QuotaState {
  const window = state.windows.get(waiter.group) ?? newWindow();
  return {
    ...state,
    writes: taken(state.writes, atPace(limits.writes, state.pace), batch, now),
    units: taken(state.units, limits.units, batch, now),
    windows: withEntry(state.windows, waiter.group, { ...window, inFlight: window.inFlight + batch }),
    served: withEntry(state.served, waiter.group, state.grants),
    grants: state.grants + 1,
    removalsInRow: waiter.priority === 'remove' && othersWait ? state.removalsInRow + 1 : 0,
  };
}

/** The state after a batch was answered. `random` in [0, 1) spreads delays. */
export function answered(
  state: QuotaState,
  limits: Limits,
  answer: Answered,
  random: number,
  now: number,
): QuotaState {
  const window = state.windows.get(answer.group) ?? { ...newWindow(), inFlight: answer.batch };
  const delay = answer.retryAfterMs ?? backoff(window.failures + 1, random);
  const next =
    answer.overloaded > 0
      ? cut(window, answer.batch, answer.overloaded, answer.sentAt, answer.throttled > 0 ? 0 : delay, now)
      : answer.throttled > 0
        ? { ...window, inFlight: window.inFlight - answer.batch }
        : grown(window, answer.batch);
  // Brought up to now at the rate before, for the pace may change.
  const writes = refilled(state.writes, atPace(limits.writes, state.pace), now);
  const refused = answer.throttled;
  const heard = { refused, accepted: answer.batch - refused - answer.overloaded, sentAt: answer.sentAt };
  const pace = paced(state.pace, heard, limits.writes, now);
  const after = { ...state, writes, pace, windows: withEntry(state.windows, answer.group, next) };
  const measured = answer.used === null ? after : quotaUsed(after, limits, 'write', answer.used, now);
  return answer.throttled > 0 ? throttled(measured, limits, 'write', answer.retryAfterMs, now) : measured;
}

/** The state after a 429: nothing of that kind goes out before the time that Graph told. */
export function throttled(
  state: QuotaState,
  limits: Limits,
  kind: 'read' | 'write',
  retryAfterMs: number | null,
  now: number,
): QuotaState {
  const until = now + (retryAfterMs ?? defaultThrottleWaitMs);
  if (kind === 'read') {
    const units = lowered(state.units, limits.units, 0, now);
    return { ...state, units, readsPausedUntil: Math.max(state.readsPausedUntil, until) };
  }
  // Graph's bucket is empty, whatever ours said.
  const writes = lowered(state.writes, atPace(limits.writes, state.pace), 0, now);
  return { ...state, writes, writesPausedUntil: Math.max(state.writesPausedUntil, until) };
}

/**
 * The state after Graph said what part of a limit is used: by us before a restart, or counted otherwise than by us.
 * It does not say of which limit. An answer to a read can only mean the resource units; one to a write means the limit
 * that we have drawn more of ourselves.
 */
export function quotaUsed(
  state: QuotaState,
  limits: Limits,
  kind: 'read' | 'write',
  used: number,
  now: number,
): QuotaState {
  const drawn = (bucket: Bucket, rate: Rate, quota: number) => 1 - refilled(bucket, rate, now).level / quota;
  const unitsDrawn = drawn(state.units, limits.units, limits.unitQuota);
  if (
    kind === 'read' ||
    unitsDrawn > drawn(state.writes, atPace(limits.writes, state.pace), limits.writeQuota)
  ) {
    const left = (limits.share - used - reserve / 2) * limits.unitQuota;
    const level = Math.max(left, -longestDebtMs * limits.units.perMs);
    return { ...state, units: lowered(state.units, limits.units, level, now) };
  }
  // What is under way now was not counted yet when Graph said so.
  const underWay = state.windows.values().reduce((sum, window) => sum + window.inFlight, 0);
  const left = (limits.share - used - reserve / 2) * limits.writeQuota - underWay;
  const level = Math.max(left, -longestDebtMs * limits.writes.perMs);
  return { ...state, writes: lowered(state.writes, atPace(limits.writes, state.pace), level, now) };
}

/** The state without what is known of a group that has nothing under way any more and no trouble behind it. */
export function forgotten(state: QuotaState, group: string): QuotaState {
  const window = state.windows.get(group);
  const keep = window !== undefined && (window.inFlight > 0 || window.cutAt > 0);
  return {
    ...state,
    windows: keep ? state.windows : without(state.windows, group),
    served: without(state.served, group),
  };
}

function withEntry<V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> {
  return new Map(map).set(key, value);
}

function without<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}
