import type { WorkContext } from '../base/index.ts';
import { type Store, withLease } from '../store/index.ts';

const lookAgainMs = 200;

/**
 * Does something that only one may do at a time, in whatever thread or process: waits for its turn.
 * @param what the thing in plain words, which is the lease's name too: "the evaluation"
 */
export async function exclusively<T>(
  store: Store,
  what: string,
  work: WorkContext,
  run: (work: WorkContext) => Promise<T>,
): Promise<T> {
  for (;;) {
    work.signal.throwIfAborted();
    const turn = await withLease(store, what, work, signal => run({ ...work, signal }));
    if (!turn.busy) return turn.result;
    work.report({ phase: `Waiting for ${what} of another run`, done: 0 });
    await work.clock.sleep(lookAgainMs, work.signal);
  }
}
