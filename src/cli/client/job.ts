import { type Client, type Job, type JobKind, type JobResult, jobResult } from '../../api/index.ts';
import { systemClock } from '../../base/index.ts';
import type { ProgressLine } from '../progress.ts';

/** How a command waits for a job. */
export interface JobWait {
  progress: ProgressLine;
  /** Aborted by Ctrl-C: the job is then asked to stop, and waited for. */
  signal: AbortSignal;
}

/**
 * Waits for a job and gives what it left.
 * @throws Problem that ended the job, or that it was stopped; the signal's reason after Ctrl-C
 */
export async function finished<K extends JobKind>(
  client: Pick<Client, 'call'>,
  kind: K,
  started: Job,
  { progress, signal }: JobWait,
): Promise<JobResult<K>> {
  const ask = (wait: number, given?: AbortSignal) =>
    client.call('getJob', { params: { id: started.id }, query: { wait } }, given);
  let job = started;
  try {
    while (!ended(job)) {
      if (job.progress) progress.show(job.progress);
      // A bar wants to move; without one, the server tells when the job has ended.
      job = await ask(progress.visible ? 0 : 20, signal);
      if (progress.visible && !ended(job)) await systemClock.sleep(150, signal);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    progress.show({ phase: 'Stopping at the next safe point', done: 0 });
    job = await client.call('cancelJob', { params: { id: started.id } });
    while (!ended(job)) job = await ask(20);
    if (job.state !== 'succeeded') throw signal.reason;
  } finally {
    progress.end();
  }
  return jobResult(job, kind);
}

function ended(job: Job): boolean {
  return job.state !== 'queued' && job.state !== 'running';
}
