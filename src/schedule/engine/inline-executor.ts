import type { Clock } from '../../base/index.ts';
import type { Store } from '../../store/index.ts';
import type { Executor, ExecutorOptions } from './engine.ts';
import type { Log } from './log.ts';
import { type Handlers, startRunner } from './runner.ts';

/** What work in this thread is done with. */
export interface InlineSettings {
  store: Store;
  handlers: Handlers;
  ask: Executor['ask'];
  clock: Clock;
  log: Log;
}

/** Runs jobs in this very thread: for a command that ends when its work has. */
export async function openInlineExecutor(
  options: ExecutorOptions,
  settings: InlineSettings,
): Promise<Executor> {
  const { ask, ...rest } = settings;
  return { ...startRunner({ ...rest, engine: options.engine, notify: options.notify }), ask };
}
