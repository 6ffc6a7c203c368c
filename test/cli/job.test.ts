import { describe, expect, it } from 'vitest';
import type { Client, Job } from '../../src/api/index.ts';
import { finished } from '../../src/cli/client/index.ts';
import type { ProgressLine } from '../../src/cli/progress.ts';

const result = { evaluated: [], errors: [] };

/** A job as the API tells it. */
function job(state: Job['state'], more: Partial<Job> = {}): Job {
  const at = '2026-01-01T00:00:00.000Z';
  const times = { createdAt: at, startedAt: at, finishedAt: null };
  return {
    id: 'j1',
    kind: 'evaluate',
    state,
    progress: null,
    result,
    problem: null,
    requestedBy: 'a test',
    ...times,
    ...more,
  };
}

/** An API in which one job goes through its states, one each time it is asked for; it notes what it is asked. */
function apiWith(states: Job[], onAsk: (asked: string[]) => void = () => {}) {
  const asked: string[] = [];
  const client: Pick<Client, 'call'> = {
    async call(name, _request, signal) {
      asked.push(name);
      onAsk(asked);
      signal?.throwIfAborted();
      const next = states.shift() ?? job('failed');
      return next as Awaited<ReturnType<typeof client.call<typeof name>>>;
    },
  };
  return { client, asked };
}

function noProgress(visible = false): ProgressLine & { shown: string[] } {
  const shown: string[] = [];
  return { visible, shown, show: ({ phase }) => shown.push(phase), end: () => shown.push('end') };
}

describe('waiting for a job', () => {
  const signal = new AbortController().signal;

  it('gives what it has left', async () => {
    const { client } = apiWith([job('running'), job('succeeded')]);
    expect(await finished(client, 'evaluate', job('queued'), { progress: noProgress(), signal })).toEqual(
      result,
    );
  });

  it('asks nothing of one that has ended already', async () => {
    const { client, asked } = apiWith([]);
    await finished(client, 'evaluate', job('succeeded'), { progress: noProgress(), signal });
    expect(asked).toEqual([]);
  });

  it('shows its steps and takes the line away', async () => {
    const progress = noProgress();
    const running = job('running', { progress: { phase: 'Evaluating', done: 1 } });
    const { client } = apiWith([running, job('succeeded')]);
    await finished(client, 'evaluate', job('queued'), { progress, signal });
    expect(progress.shown).toEqual(['Evaluating', 'end']);
  });

  it('throws the problem that ended it', async () => {
    const problem = {
      kind: 'upstream',
      code: 'AADSTS7000215',
      message: 'The secret is wrong.',
      hint: 'Set it.',
    } as const;
    const { client } = apiWith([job('failed', { problem })]);
    const waiting = finished(client, 'evaluate', job('queued'), { progress: noProgress(), signal });
    await expect(waiting).rejects.toMatchObject({ code: 'AADSTS7000215', hint: 'Set it.' });
  });

  it('cancels it on Ctrl-C, and waits until it has stopped', async () => {
    const interrupt = new AbortController();
    const reason = new Error('Ctrl-C');
    const { client, asked } = apiWith([job('running'), job('running'), job('cancelled')], calls => {
      if (calls.length === 1) interrupt.abort(reason);
    });
    const waiting = finished(client, 'evaluate', job('running'), {
      progress: noProgress(),
      signal: interrupt.signal,
    });
    await expect(waiting).rejects.toBe(reason);
    expect(asked).toEqual(['getJob', 'cancelJob', 'getJob', 'getJob']);
  });
});
