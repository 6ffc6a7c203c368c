import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/base/index.ts';
import { openWorkerWorkplace } from '../../src/schedule/engine/worker-workplace.ts';
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
    const plan = {
      engine: 'x',
      notify: () => {},
      brokeDown: async () => brokeDown.resolve(),
    };
    const file = pathToFileURL(join(import.meta.dirname, 'dying-worker.ts'));
    const workplace = await openWorkerWorkplace(plan, { dataDir, env: {}, clock, log: noLog, file });
    onTestFinished(() => workplace.close());
    const { signal } = new AbortController();
    const question = { type: 'verify', collection: 'C' } as const;
    await expect(workplace.ask(question, signal)).rejects.toMatchObject({ code: 'engine-ended' });
    await brokeDown.promise;
    await restarted.promise;
    await expect
      .poll(() => workplace.ask(question, signal).catch(() => 'not yet'), { timeout: 20_000 })
      .toBe('alive');
  });
});
