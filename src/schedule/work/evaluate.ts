import type { WorkContext } from '../../base/index.ts';
import { evaluate } from '../../collections/index.ts';
import { type EngineContext, sweepCacheMiB } from '../engine-context.ts';
import { exclusively } from '../exclusive.ts';

/** What an evaluation did: the collections that changed, failed or were asked for. */
export interface Evaluated {
  evaluated: { id: string; name: string; joined: number; left: number; members: number; ms: number }[];
  errors: { id: string; name: string; message: string }[];
}

/** Evaluates collections (all unless named), one evaluation at a time. */
export async function evaluateNow(
  context: EngineContext,
  { collections, full }: { collections?: string[] | undefined; full: boolean },
  work: WorkContext,
): Promise<Evaluated> {
  const result = await exclusively(context.store, 'the evaluation', work, turn =>
    context.store.dialect.withCache(sweepCacheMiB, () =>
      evaluate(
        context.store,
        { mode: full ? 'full' : 'incremental', ...(collections ? { collections } : {}) },
        turn,
      ),
    ),
  );
  return {
    evaluated: result.evaluated,
    errors: result.evaluated.flatMap(({ id, name, error }) =>
      error === null ? [] : [{ id, name, message: error }],
    ),
  };
}
