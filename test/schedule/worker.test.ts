import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/base/index.ts';
import { openWorkerExecutor } from '../../src/schedule/engine/worker-executor.ts';
import { noLog } from '../../src/schedule/index.ts';
import { dataFolder } from './house.ts';

describe('the worker thread', () => {
  it('is replaced when it dies; who waited for an answer is told', async () => {
    const dataDir = await dataFolder();
    const brokeDown = Promise.withResolvers<void>();
    const restarted = Promise.withResolvers<void>();
    const clock = {
      ...systemClock,
      sleep: async () => {
        setImmediate(restarted.resolve);
      },
    };
    const options = {
      engine: 'x',
      notify: () => {},
      brokeDown: async () => brokeDown.resolve(),
    };
    const file = pathToFileURL(join(import.meta.dirname, 'dying-worker.ts'));
    const executor = await openWorkerExecutor(options, { dataDir, env: {}, clock, log: noLog, file });
    onTestFinished(() => executor.close());
    const { signal } = new AbortController();
    const question = { type: 'verify', collection: 'C' } as const;
    await expect(executor.ask(question, signal)).rejects.toMatchObject({ code: 'engine-ended' });
    await brokeDown.promise;
    await restarted.promise;
    await expect
      .poll(() => executor.ask(question, signal).catch(() => 'not yet'), { timeout: 20_000 })
      .toBe('alive');
  });
});
