/**
 * How many writes to one group may be under way at once: found by growing while all goes well and falling back to what
 * Graph bore. Its documentation names no figure for one group, and it answers 503 beyond it (Microsoft's GMM met that
 * at 20 PATCHes of 20 in one batch, and settled on 5).
 */
export interface Window {
  size: number;
  inFlight: number;
  /** No write before this instant. */
  pausedUntil: number;
  /** Answers in a row that were refusals. */
  failures: number;
  /** Batches without trouble since the size last changed. */
  clean: number;
  /** How many of those it takes to grow: more after each cut, so that trying for more seldom costs a refusal. */
  patience: number;
  /** When the size was last cut: what was under way then must not cut it again. */
  cutAt: number;
}

/** One whole batch at the start: a run in which nothing fails needs the fewest calls. */
const initialSize = 20;
const largestSize = 80;
const growthPart = 0.25;
const patienceAfterCut = 10;
const longestPatience = 160;

export function newWindow(): Window {
  return { size: initialSize, inFlight: 0, pausedUntil: 0, failures: 0, clean: 0, patience: 1, cutAt: 0 };
}

/** How many of `wanted` writes may go now: 0 while enough are under way. */
export function room(window: Window, wanted: number): number {
  const batch = Math.min(wanted, Math.floor(window.size));
  return window.inFlight === 0 || window.inFlight + batch <= window.size ? batch : 0;
}

/** After a batch without trouble. */
export function grown(window: Window, batch: number): Window {
  const inFlight = window.inFlight - batch;
  const clean = window.clean + 1;
  if (clean < window.patience) return { ...window, inFlight, failures: 0, clean };
  const size = Math.min(largestSize, window.size + Math.max(1, Math.floor(window.size * growthPart)));
  return { ...window, inFlight, failures: 0, clean: 0, size };
}

/**
 * After a batch in which Graph was overloaded: down to the part that it bore, or to half when it bore nothing.
 * @param refused how many of the batch were refused
 * @param waitMs what Graph told, or our own delay
 */
export function cut(
  window: Window,
  batch: number,
  refused: number,
  sentAt: number,
  waitMs: number,
  now: number,
): Window {
  const rested = {
    ...window,
    inFlight: window.inFlight - batch,
    pausedUntil: Math.max(window.pausedUntil, now + waitMs),
    clean: 0,
  };
  if (sentAt < window.cutAt) return rested;
  const borne = refused < batch ? (batch - refused) / batch : 0.5;
  return {
    ...rested,
    size: Math.max(1, Math.floor(window.size * borne)),
    failures: window.failures + 1,
    patience: Math.min(longestPatience, Math.max(patienceAfterCut, window.patience * 2)),
    cutAt: now,
  };
}
