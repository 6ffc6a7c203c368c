import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { systemClock, type WorkContext } from '../../src/base/index.ts';
import { type Engine, openEngine } from '../../src/schedule/engine/engine.ts';
import { openInlineExecutor } from '../../src/schedule/engine/inline-executor.ts';
import type { Handlers } from '../../src/schedule/engine/runner.ts';
import { noLog } from '../../src/schedule/index.ts';
import { openSqlite, type Store } from '../../src/store/index.ts';

/** A data folder of its own, gone with the test. */
export async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A store in memory, closed with the test. */
export async function memoryStore(): Promise<Store> {
  const store = await openSqlite(':memory:');
  onTestFinished(() => store.close());
  return store;
}

/** An engine in this thread whose jobs all do `work`, told their kind and arguments. */
export async function engineDoing(
  store: Store,
  work: (kind: string, args: unknown, context: WorkContext) => Promise<unknown>,
): Promise<Engine> {
  const doing = (kind: string) => (args: unknown, _job: unknown, context: WorkContext) =>
    work(kind, args, context);
  const handlers: Handlers = {
    import: doing('import'),
    discover: doing('discover'),
    evaluate: doing('evaluate'),
    synchronize: doing('synchronize'),
    member: doing('member'),
    undo: doing('undo'),
    cycle: doing('cycle'),
    backlog: doing('backlog'),
  };
  const ask = () => Promise.reject(new Error('no questions here'));
  const engine = await openEngine(store, { clock: systemClock, log: noLog }, options =>
    openInlineExecutor(options, { store, handlers, ask, clock: systemClock, log: noLog }),
  );
  onTestFinished(() => engine.close());
  return engine;
}

/** Resolves when the signal is aborted, as work that stops at once when asked. */
export function untilStopped(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
