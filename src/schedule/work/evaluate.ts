import type { WorkContext } from '../../base/index.ts';
import { evaluate } from '../../collections/index.ts';
import { inTurn } from '../turns.ts';
import { sweepCacheMiB, type Workshop } from '../workshop.ts';

/** What an evaluation did: the collections that changed, failed or were asked for. */
export interface Evaluated {
  evaluated: { id: string; name: string; joined: number; left: number; members: number; ms: number }[];
  errors: { id: string; name: string; message: string }[];
}

/** Evaluates collections (all unless named), one evaluation at a time. */
export async function evaluateNow(
  shop: Workshop,
  { collections, full }: { collections?: string[] | undefined; full: boolean },
  work: WorkContext,
): Promise<Evaluated> {
  const result = await inTurn(shop.store, 'the evaluation', work, turn =>
    shop.store.dialect.withCache(sweepCacheMiB, () =>
      evaluate(
        shop.store,
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
