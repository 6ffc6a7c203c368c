import { z } from 'zod';
import { instant, resourceType } from './common.ts';
import { mappingStatusWord } from './mappings.ts';
import { storedProblem } from './problem.ts';
import { warning } from './tenants.ts';

const count = z.number().int();

/** How a connected tenant is, from what is known without asking Entra. */
const tenantHealth = z.object({
  id: z.number().int(),
  name: z.string(),
  health: z.enum(['healthy', 'warning', 'error']).describe('The worst of its warnings.'),
  warnings: z.array(warning),
  lastDiscoveryTime: instant.nullable(),
  credentialExpiresAt: instant
    .nullable()
    .describe('Null: it has no end, or the app may not read it. Looked up once a day and by the check.'),
  quota: z
    .object({
      sharePercent: count.describe("Percent of Graph's write quota that Rollcall may use."),
      writesPerHour: count.describe('How many writes an hour that allows.'),
      since: instant.describe('The beginning of the hour before this one.'),
      writes: count.describe('Writes since then.'),
      usedPercent: z.number().describe('Of what was allowed since then.'),
    })
    .describe('Runs count when they end.'),
});
export type TenantHealth = z.output<typeof tenantHealth>;

/** A plan that waits for approval. */
const heldApproval = z.object({
  collectionId: z.string(),
  collectionName: z.string(),
  collectionType: resourceType,
  groupId: z.string(),
  groupName: z.string(),
  cloudServiceId: z.number().int(),
  kind: z.enum(['full', 'incremental']),
  reason: z.string(),
  since: instant,
  planId: z.number().int().describe('Number of the held plan.'),
  additions: count,
  removals: count,
});

/** Members or whole groups that failed with the same code. */
const failure = z.object({
  of: z.enum(['member', 'group']),
  code: z.string(),
  reason: z.string().describe('As one of them has it.'),
  hint: z.string().describe('What to do.'),
  count: count,
  groups: count.describe('How many groups it befell.'),
  types: z
    .array(resourceType)
    .describe('Whose groups they are: of device collections, of user collections, or of both.'),
});

/** What a round of the schedule did. */
const cycle = z.object({
  startedAt: instant,
  finishedAt: instant,
  elapsedMs: z.number(),
  outcome: z.enum(['done', 'some-failed', 'held', 'failed']),
  problem: storedProblem.nullable(),
  collections: count.describe('How many collections were evaluated.'),
  joined: count,
  left: count,
  evaluationErrors: count,
  evaluationMs: z.number(),
  groups: count,
  added: count,
  removed: count,
  failed: count,
  requests: count,
  writes: count,
});

/** What runs did in a stretch of time; stretches in which nothing ran are left out. */
const activity = z.object({
  at: instant.describe('When the stretch begins.'),
  runs: count,
  failedRuns: count,
  heldRuns: count,
  added: count,
  removed: count,
  failed: count,
  requests: count,
  writes: count,
});

/** What is healthy and what needs somebody. */
export const overview = z
  .object({
    at: instant,
    tenants: z.array(tenantHealth),
    collections: z.object({
      devices: count,
      users: count,
      pending: count.describe('Rules have changed since they were evaluated.'),
      failed: count.describe('The last evaluation failed.'),
    }),
    mappings: z.object({
      total: count,
      byStatus: z.record(mappingStatusWord, count).describe('Every status, those of no mapping with 0.'),
      byType: z
        .record(resourceType, z.record(mappingStatusWord, count))
        .describe('The same of device collections and of user collections.'),
    }),
    members: z.object({
      total: count,
      completed: count,
      inProgress: count,
      failed: count,
      notInEntra: count,
    }),
    approvals: z.object({ total: count, items: z.array(heldApproval).describe('The first 100') }),
    failures: z.array(failure),
    cycle: z.object({
      last: cycle.nullable(),
      running: z.boolean(),
      next: instant.nullable().describe('Null while one is under way, or when this process runs none.'),
    }),
    activity: z
      .object({ bucket: z.enum(['hour', 'day']), points: z.array(activity) })
      .describe('Of the whole site; empty for who is limited to some collections.'),
  })
  .meta({ id: 'Overview' });
export type Overview = z.output<typeof overview>;

export const overviewQuery = z.object({
  bucket: z.enum(['hour', 'day']).default('hour'),
  hours: z.coerce
    .number<number | string>()
    .int()
    .min(1)
    .max(9_600)
    .default(24)
    .describe('How far back the activity goes.'),
});
