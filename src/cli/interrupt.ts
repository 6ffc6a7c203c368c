/** Ctrl-C as a signal that commands listen to. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Stops listening, so that the process can end. */
  end(): void;
}

/**
 * The first Ctrl-C (or SIGTERM) aborts the signal, so that work stops at a safe point; one that comes later ends the
 * process at once. One keypress arrives several times where npm or a starter hands it on, so what follows within a
 * second counts as the same.
 * @param reason makes the reason with which the signal is aborted
 */
export function interruption(reason: () => Error): Interruption {
  const controller = new AbortController();
  let first = 0;
  const listener = () => {
    if (first === 0) {
      first = performance.now();
      controller.abort(reason());
    } else if (performance.now() - first > 1_000) {
      process.exit(130);
    }
  };
  const names = ['SIGINT', 'SIGTERM'] as const;
  for (const name of names) process.on(name, listener);
  return {
    signal: controller.signal,
    end: () => {
      for (const name of names) process.off(name, listener);
    },
  };
}
