import type { Clock } from '../../base/index.ts';
import type { Store } from '../../store/index.ts';
import type { Workplace, Workplan } from './engine.ts';
import type { Log } from './log.ts';
import { type Handlers, startRunner } from './runner.ts';

/** Runs jobs in this very thread: for a command that ends when its work has. */
export async function openInlineWorkplace(
  plan: Workplan,
  settings: { store: Store; handlers: Handlers; clock: Clock; log: Log },
): Promise<Workplace> {
  return startRunner({ ...settings, engine: plan.engine, notify: plan.notify });
}
