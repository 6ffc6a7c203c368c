import { z } from 'zod';
import * as audit from '../audit.ts';
import { page, paging, seconds, sortBy } from '../common.ts';
import * as jobs from '../jobs.ts';
import * as overview from '../overview.ts';
import { type Route, route } from '../route.ts';
import * as settings from '../settings.ts';

/** What concerns the whole site: overview, audit log, settings, jobs. */
export const siteRoutes = {
  getOverview: route('GET', '/overview', 'read-only', 'What is healthy, and what needs somebody', {
    scope: 'seen',
    query: overview.overviewQuery,
    answer: overview.overview,
  }),

  listAudit: route('GET', '/audit', 'full-administrator', 'Who did what, the latest first', {
    scope: 'site',
    query: z.object({ ...audit.auditFilter, sort: sortBy('at', 'actor', 'action', 'outcome'), ...paging }),
    answer: page(audit.auditEntry),
  }),

  getSettings: route('GET', '/settings', 'read-only', 'What is set for the whole site', {
    scope: 'none',
    answer: settings.settings,
  }),
  updateSettings: route('PATCH', '/settings', 'full-administrator', 'Change what is set for the whole site', {
    scope: 'site',
    body: settings.settings.partial(),
    answer: settings.settings,
  }),

  listJobs: route('GET', '/jobs', 'read-only', 'The latest jobs, newest first', {
    scope: 'seen',
    query: z.object(paging),
    answer: page(jobs.job),
  }),
  getJob: route('GET', '/jobs/:id', 'read-only', 'How a job stands', {
    scope: 'seen',
    params: z.object({ id: z.string() }),
    query: z.object({
      wait: seconds.default(0).describe('Answer when it has ended, or after these seconds.'),
    }),
    answer: jobs.job,
  }),
  cancelJob: route('DELETE', '/jobs/:id', 'operator', 'Stop a job at the next safe point', {
    scope: 'seen',
    params: z.object({ id: z.string() }),
    answer: jobs.job,
  }),
} as const satisfies Record<string, Route>;
