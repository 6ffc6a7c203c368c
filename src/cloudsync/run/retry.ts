import type { FailureKind } from '../ports.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** First wait and longest wait by kind of failure; the wait doubles with every attempt (docs/concepts.md, "Tries"). */
const waits: Record<FailureKind, { first: number; longest: number }> = {
  throttled: { first: 2 * minute, longest: hour },
  unavailable: { first: 5 * minute, longest: 2 * hour },
  unknown: { first: 15 * minute, longest: 12 * hour },
  // Somebody has to grant a permission; then "run --full" tries at once.
  forbidden: { first: hour, longest: day },
  // Discovery brings the object back into play when Entra has it again.
  gone: { first: 6 * hour, longest: 7 * day },
  invalid: { first: day, longest: 7 * day },
};

/**
 * When a failed change is tried again by itself.
 * @param attempts tries so far, this one included; from 1
 */
export function nextTry(kind: FailureKind, attempts: number, now: Date): Date {
  const { first, longest } = waits[kind];
  // 2^20 minutes are beyond every longest wait; the bound keeps the power a number.
  return new Date(now.getTime() + Math.min(longest, first * 2 ** Math.min(attempts - 1, 20)));
}

/** Whether the change may have happened although the answer was a failure. */
export function isUncertain(kind: FailureKind): boolean {
  return kind === 'unavailable' || kind === 'unknown';
}
