import type { Clock } from '../../src/base/index.ts';

/** A clock on which waits pass `speed` times faster; client and emulator read the same one. */
export function fastClock(speed: number): Clock {
  const start = Date.now();
  const now = () => new Date(start + (performance.now() - zero) * speed);
  const zero = performance.now();
  return {
    now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const abort = () => {
          clearTimeout(timer);
          reject(signal?.reason);
        };
        const timer = setTimeout(() => {
          signal?.removeEventListener('abort', abort);
          resolve();
        }, ms / speed);
        signal?.addEventListener('abort', abort, { once: true });
      }),
  };
}
