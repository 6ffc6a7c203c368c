import { describe, expect, it } from 'vitest';
import { Problem, systemClock } from '../../src/base/index.ts';
import { listJobs } from '../../src/schedule/index.ts';
import { insertJob, recoverJobs } from '../../src/schedule/jobs/index.ts';
import { engineDoing, memoryStore, untilStopped } from './house.ts';

const evaluate = { kind: 'evaluate', arguments: { full: false } } as const;
const synchronize = { kind: 'synchronize', arguments: { full: false, approve: false } } as const;

describe('a job', () => {
  it('is run with its arguments and keeps its result', async () => {
    const engine = await engineDoing(await memoryStore(), async (kind, args) => ({ kind, args }));
    const { id, state } = await engine.submit(evaluate, 'ann');
    expect(state).toBe('queued');
    const job = await engine.wait(id);
    expect(job).toMatchObject({
      state: 'succeeded',
      requestedBy: 'ann',
      result: { kind: 'evaluate', args: { full: false } },
      problem: null,
    });
    expect(job.finishedAt).not.toBeNull();
  });

  it('keeps the problem that it failed with', async () => {
    const engine = await engineDoing(await memoryStore(), async () => {
      throw new Problem('upstream', 'group-gone', 'The group is gone.', 'Map another.');
    });
    const job = await engine.wait((await engine.submit(evaluate, 'ann')).id);
    expect(job).toMatchObject({
      state: 'failed',
      result: null,
      problem: { kind: 'upstream', code: 'group-gone', message: 'The group is gone.', hint: 'Map another.' },
    });
  });

  it('tells its progress while it runs', async () => {
    const release = Promise.withResolvers<void>();
    const engine = await engineDoing(await memoryStore(), async (_kind, _args, work) => {
      work.report({ phase: 'Counting', done: 3, total: 9, unit: 'sheep' });
      await release.promise;
    });
    const { id } = await engine.submit(evaluate, 'ann');
    const told = Promise.withResolvers<void>();
    engine.subscribe(() => {
      engine.job(id).then(job => {
        if (job.progress?.done === 3) told.resolve();
      }, told.reject);
    });
    await told.promise;
    expect((await engine.job(id)).state).toBe('running');
    release.resolve();
    expect((await engine.wait(id)).state).toBe('succeeded');
  });

  it('stops when it is cancelled, and says who asked', async () => {
    const started = Promise.withResolvers<void>();
    const engine = await engineDoing(await memoryStore(), (_kind, _args, { signal }) => {
      started.resolve();
      return untilStopped(signal);
    });
    const { id } = await engine.submit(evaluate, 'ann');
    await started.promise;
    await engine.cancel(id, 'bob');
    expect(await engine.wait(id)).toMatchObject({ state: 'cancelled', problem: { code: 'job-cancelled' } });
  });

  it('never starts when it is cancelled while it waits', async () => {
    const seen: string[] = [];
    const release = Promise.withResolvers<void>();
    const engine = await engineDoing(await memoryStore(), async (_kind, args) => {
      seen.push(JSON.stringify(args));
      await release.promise;
    });
    const first = await engine.submit(evaluate, 'ann');
    const second = await engine.submit({ kind: 'evaluate', arguments: { full: true } }, 'ann');
    expect((await engine.cancel(second.id, 'bob')).state).toBe('cancelled');
    release.resolve();
    await engine.wait(first.id);
    expect(seen).toEqual(['{"full":false}']);
  });

  it('waits for its turn behind one of its kind, but not behind another kind', async () => {
    const order: string[] = [];
    const release = Promise.withResolvers<void>();
    const engine = await engineDoing(await memoryStore(), async kind => {
      order.push(kind);
      if (kind === 'evaluate') await release.promise;
    });
    const first = await engine.submit(evaluate, 'ann');
    const second = await engine.submit(evaluate, 'ann');
    const other = await engine.submit(synchronize, 'ann');
    await engine.wait(other.id);
    expect(order).toEqual(['evaluate', 'synchronize']);
    expect((await engine.job(second.id)).state).toBe('queued');
    release.resolve();
    await engine.wait(first.id);
    expect((await engine.wait(second.id)).state).toBe('succeeded');
  });

  it('answers a wait with how it stands when the time is over', async () => {
    const engine = await engineDoing(await memoryStore(), (_k, _a, { signal }) => untilStopped(signal));
    const { id } = await engine.submit(evaluate, 'ann');
    expect((await engine.wait(id, { timeoutMs: 0 })).finishedAt).toBeNull();
  });
});

describe('an engine that ends', () => {
  it('stops what runs and tells it as interrupted; what waits is for the next engine', async () => {
    const store = await memoryStore();
    const started = Promise.withResolvers<void>();
    const first = await engineDoing(store, (_kind, _args, { signal }) => {
      started.resolve();
      return untilStopped(signal);
    });
    const running = await first.submit(evaluate, 'ann');
    const waiting = await first.submit(evaluate, 'ann');
    await started.promise;
    await first.close();
    await expect(first.submit(evaluate, 'ann')).rejects.toMatchObject({ code: 'server-stopping' });

    const second = await engineDoing(store, async () => 'done');
    expect(await second.job(running.id)).toMatchObject({
      state: 'failed',
      problem: { code: 'job-interrupted' },
    });
    expect(await second.wait(waiting.id)).toMatchObject({ state: 'succeeded', result: 'done' });
  });

  it('leaves the jobs of an engine that lives alone', async () => {
    const store = await memoryStore();
    const release = Promise.withResolvers<void>();
    const first = await engineDoing(store, () => release.promise);
    const running = await first.submit(evaluate, 'ann');
    const second = await engineDoing(store, async () => 'mine');
    expect((await second.job(running.id)).state).not.toBe('failed');
    release.resolve();
    expect((await first.wait(running.id)).state).toBe('succeeded');
  });

  it('that died without a word is noticed: its running job failed, its queued one taken over', async () => {
    const store = await memoryStore();
    const dead = { requestedBy: 'ann', engine: 'dead' };
    const lost = await insertJob(store, evaluate, dead, systemClock);
    await store.db.updateTable('job').set({ state: 'running' }).where('id', '=', lost.id).execute();
    await insertJob(store, evaluate, dead, systemClock);
    expect(await recoverJobs(store, 'new', systemClock)).toEqual({ interrupted: 1, takenOver: 1 });
    const { jobs } = await listJobs(store, { limit: 10 });
    expect(jobs.map(job => [job.state, job.problem?.code])).toEqual([
      ['queued', undefined],
      ['failed', 'job-interrupted'],
    ]);
    expect(await recoverJobs(store, 'new', systemClock)).toEqual({ interrupted: 0, takenOver: 0 });
  });
});

describe('a full disk', () => {
  it('does not hide the end of a job', async () => {
    const store = await memoryStore();
    const full: typeof store = {
      ...store,
      get db() {
        return isFull ? broken : store.db;
      },
    };
    let isFull = false;
    const broken = new Proxy(store.db, {
      get(target, name) {
        if (name === 'updateTable') throw new Problem('storage', 'disk-full', 'Full.', 'Free some.');
        return Reflect.get(target, name, target);
      },
    });
    const engine = await engineDoing(full, async () => {
      isFull = true;
      throw new Problem('storage', 'disk-full', 'Full.', 'Free some.');
    });
    const { id } = await engine.submit(evaluate, 'ann');
    expect(await engine.wait(id)).toMatchObject({ state: 'failed', problem: { code: 'disk-full' } });
    isFull = false;
  });
});
