import { silent } from '../../base/index.ts';
import type { EngineContext } from '../engine-context.ts';
import { answer } from '../questions.ts';
import { jobHandlers } from '../work/handlers.ts';
import { type Engine, openEngine } from './engine.ts';
import { openInlineExecutor } from './inline-executor.ts';
import type { Log } from './log.ts';
import { openWorkerExecutor } from './worker-executor.ts';

/** How an engine is opened. */
export interface EngineOptions {
  /** The context of the calling thread: its store is where jobs are submitted and asked for. */
  context: EngineContext;
  dataDir: string;
  /** 'worker': in a thread of its own, which opens a context of its own. 'inline': in the calling thread. */
  mode: 'worker' | 'inline';
  env: Readonly<Record<string, string | undefined>>;
  log: Log;
}

/** Opens the engine of a data folder. @throws Problem when its worker can not open the store */
export function createEngine({ context, dataDir, mode, env, log }: EngineOptions): Promise<Engine> {
  const { store, clock } = context;
  return openEngine(store, { clock, log }, options =>
    mode === 'worker'
      ? openWorkerExecutor(options, { dataDir, env, clock, log })
      : openInlineExecutor(options, {
          store,
          handlers: jobHandlers(context, log),
          ask: (question, signal) => answer(context, question, { clock, report: silent, signal }),
          clock,
          log,
        }),
  );
}
