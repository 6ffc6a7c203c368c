import { Problem } from '../../base/index.ts';
import { type Job, listJobs } from '../../schedule/index.ts';
import type { Identity } from '../auth/identity.ts';
import type { RouteHandlers } from '../http/handlers.ts';

/** Long work: how it stands, waiting for it, stopping it. Whoever is limited to some collections has to do with their own. */
export const jobHandlers = {
  async listJobs({ query, identity, visible }, { store }) {
    const mine = visible ? { requestedBy: identity.name } : {};
    const { jobs, next } = await listJobs(store, { ...query, ...mine });
    return { items: jobs, next };
  },
  async getJob({ params, query, signal, identity, visible }, { engine }): Promise<Job> {
    const job = await engine.job(params.id);
    if (visible) requireOwn(job, identity);
    if (query.wait === 0) return job;
    return await engine.wait(params.id, { timeoutMs: query.wait * 1_000, signal });
  },
  async cancelJob({ params, identity, visible }, { engine }) {
    if (visible) requireOwn(await engine.job(params.id), identity);
    return await engine.cancel(params.id, identity.name);
  },
} satisfies Partial<RouteHandlers>;

function requireOwn(job: Job, { name }: Identity): void {
  if (job.requestedBy === name) return;
  throw new Problem(
    'not-found',
    'job-not-found',
    `There is no job "${job.id}".`,
    'Jobs are kept for a week after their end.',
  );
}
