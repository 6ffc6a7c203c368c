import { silent } from '../../base/index.ts';
import { answer } from '../questions.ts';
import { jobHandlers } from '../work/handlers.ts';
import type { Workshop } from '../workshop.ts';
import { type Engine, openEngine } from './engine.ts';
import { openInlineWorkplace } from './inline-workplace.ts';
import type { Log } from './log.ts';
import { openWorkerWorkplace } from './worker-workplace.ts';

/** How an engine is opened. */
export interface EngineOptions {
  /** The workshop of the calling thread: its store is where jobs are submitted and asked for. */
  shop: Workshop;
  dataDir: string;
  /** 'worker': in a thread of its own, which opens a workshop of its own. 'inline': in the calling thread. */
  mode: 'worker' | 'inline';
  env: Readonly<Record<string, string | undefined>>;
  log: Log;
}

/** Opens the engine of a data folder. @throws Problem when its worker can not open the store */
export function createEngine({ shop, dataDir, mode, env, log }: EngineOptions): Promise<Engine> {
  const { store, clock } = shop;
  return openEngine(store, { clock, log }, plan =>
    mode === 'worker'
      ? openWorkerWorkplace(plan, { dataDir, env, clock, log })
      : openInlineWorkplace(plan, {
          store,
          handlers: jobHandlers(shop, log),
          ask: (question, signal) => answer(shop, question, { clock, report: silent, signal }),
          clock,
          log,
        }),
  );
}
