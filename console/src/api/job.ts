import { jobResult } from '../../../src/api/client/index.ts';
import type { Job, JobKind, JobResult } from '../../../src/api/contract/index.ts';
import { api } from './client.ts';

/**
 * Waits for the end of a job and gives what it left.
 * @param onLook called with the job each time the server has told how it stands
 * @throws Problem that ended the job, or that it was cancelled
 */
export async function finished<K extends JobKind>(
  kind: K,
  started: Job,
  onLook: (job: Job) => void = () => {},
): Promise<JobResult<K>> {
  let job = started;
  onLook(job);
  while (job.state === 'queued' || job.state === 'running') {
    job = await api.call('getJob', { params: { id: job.id }, query: { wait: 1 } });
    onLook(job);
  }
  return jobResult(job, kind);
}
