/**
 * How many writes to one group may be under way at once: found by additive increase and multiplicative decrease.
 * Graph's documentation names no figure for one group, and answers 503 beyond it (Microsoft's GMM met that at 20
 * PATCHes of 20 in one batch, and settled on 5).
 */
export interface Window {
  size: number;
  inFlight: number;
  /** No write before this instant. */
  pausedUntil: number;
  /** Answers in a row that were refusals. */
  failures: number;
  /** When the size was last cut: what was under way then must not cut it again. */
  cutAt: number;
}

/** One whole batch at the start: a run in which nothing fails needs the fewest calls. */
const initialSize = 20;
const largestSize = 80;
const growth = 5;

export function newWindow(): Window {
  return { size: initialSize, inFlight: 0, pausedUntil: 0, failures: 0, cutAt: 0 };
}

/** How many of `wanted` writes may go now: 0 while enough are under way. */
export function room(window: Window, wanted: number): number {
  const batch = Math.min(wanted, Math.floor(window.size));
  return window.inFlight === 0 || window.inFlight + batch <= window.size ? batch : 0;
}

/** After a batch without trouble. */
export function grown(window: Window, batch: number): Window {
  const inFlight = window.inFlight - batch;
  return { ...window, inFlight, failures: 0, size: Math.min(largestSize, window.size + growth) };
}

/** After a batch in which Graph was overloaded. `waitMs`: what it told, or our own delay. */
export function cut(window: Window, batch: number, sentAt: number, waitMs: number, now: number): Window {
  const inFlight = window.inFlight - batch;
  const pausedUntil = Math.max(window.pausedUntil, now + waitMs);
  const failures = window.failures + 1;
  if (sentAt < window.cutAt) return { ...window, inFlight, pausedUntil };
  return { size: Math.max(1, Math.floor(window.size / 2)), inFlight, pausedUntil, failures, cutAt: now };
}
