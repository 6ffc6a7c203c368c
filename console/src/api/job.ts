import { jobResult } from '../../../src/api/client/index.ts';
import type { Job, JobKind, JobResult } from '../../../src/api/contract/index.ts';
import { Problem } from '../../../src/base/index.ts';
import { api } from './client.ts';

/** While the server does not answer it is asked again after so long. */
const againMs = 2_000;

/**
 * Waits for the end of a job and gives what it left. A server that goes away meanwhile is waited for: the job goes on
 * there, or after its next start.
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
    job = (await look(job.id)) ?? job;
    onLook(job);
  }
  return jobResult(job, kind);
}

/** How a job stands; undefined, after a while, where the server does not answer. */
async function look(id: string): Promise<Job | undefined> {
  try {
    return await api.call('getJob', { params: { id }, query: { wait: 1 } });
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'server-unreachable') throw error;
    await new Promise(resolve => setTimeout(resolve, againMs));
  }
}
