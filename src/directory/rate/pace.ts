import type { Rate } from './bucket.ts';

/**
 * How fast writes go, as learnt from refusals. What Graph lets through between two refusals (429) is its rate, and may
 * be less than documented: other apps share the tenant's quota, and "429 may also come below the limits". Without this,
 * each refusal would be followed by as many requests as the documentation allows, of which most are refused again.
 */
export interface Pace {
  /** Part of the documented rate: 1 until Graph shows that it is slower. */
  part: number;
  /** When Graph last refused, and what it has let through since; null: not yet. */
  refusedAt: number | null;
  accepted: number;
}

/** Never slower than this: a batch of 20 in less than a minute. */
const slowest = 0.02;
/** With each batch without a refusal a little faster, so that a passing shortage is soon forgotten. */
const growth = 1.1;
/** Refusals further apart have nothing to do with each other: Graph's own window (throttling-limits). */
const windowMs = 150_000;

export function newPace(): Pace {
  return { part: 1, refusedAt: null, accepted: 0 };
}

/** The rate at a pace. */
export function atPace(rate: Rate, { part }: Pace): Rate {
  return part === 1 ? rate : { ...rate, perMs: rate.perMs * part };
}

/**
 * The pace after a batch was answered.
 * @param refused how many of its parts were refused
 * @param accepted how many were carried out
 * @param rate what the documentation allows
 */
export function paced(
  pace: Pace,
  { refused, accepted, sentAt }: { refused: number; accepted: number; sentAt: number },
  rate: Rate,
  now: number,
): Pace {
  const sum = { ...pace, accepted: pace.accepted + accepted };
  if (refused === 0) return { ...sum, part: Math.min(1, pace.part * growth) };
  const { refusedAt } = pace;
  // What was under way when Graph refused before tells of the same shortage.
  if (refusedAt !== null && sentAt < refusedAt) return sum;
  const passed = refusedAt === null ? 0 : now - refusedAt;
  const isApart = passed === 0 || passed > windowMs;
  const seen = isApart ? pace.part : sum.accepted / passed / rate.perMs;
  // Half of the way: what is seen between two refusals varies by a batch.
  const part = pace.part + Math.min(0, seen - pace.part) / 2;
  return { part: Math.max(slowest, part), refusedAt: now, accepted: 0 };
}
