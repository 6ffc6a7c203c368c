import { type Job, listJobs } from '../../schedule/index.ts';
import type { RouteHandlers } from '../http/handlers.ts';

/** Long work: how it stands, waiting for it, stopping it. */
export const jobHandlers = {
  async listJobs({ query }, { store }) {
    const { jobs, next } = await listJobs(store, query);
    return { items: jobs, next };
  },
  async getJob({ params, query, signal }, { engine }): Promise<Job> {
    if (query.wait === 0) return await engine.job(params.id);
    return await engine.wait(params.id, { timeoutMs: query.wait * 1_000, signal });
  },
  async cancelJob({ params, identity }, { engine }) {
    return await engine.cancel(params.id, identity.name);
  },
} satisfies Partial<RouteHandlers>;
