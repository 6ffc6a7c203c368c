import type { Clock } from '../../base/index.ts';
import type { Store } from '../../store/index.ts';
import type { Workplace, Workplan } from './engine.ts';
import type { Log } from './log.ts';
import { type Handlers, startRunner } from './runner.ts';

/** What work in this thread is done with. */
export interface InlineSettings {
  store: Store;
  handlers: Handlers;
  ask: Workplace['ask'];
  clock: Clock;
  log: Log;
}

/** Runs jobs in this very thread: for a command that ends when its work has. */
export async function openInlineWorkplace(plan: Workplan, settings: InlineSettings): Promise<Workplace> {
  const { ask, ...rest } = settings;
  return { ...startRunner({ ...rest, engine: plan.engine, notify: plan.notify }), ask };
}
