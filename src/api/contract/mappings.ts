import { z } from 'zod';
import { evaluationResult } from './collections.ts';
import { flag, instant, ref, resourceType } from './common.ts';
import { storedProblem } from './problem.ts';
import { discoveryState, group } from './tenants.ts';

/** How a mapping stands, in ConfigMgr's words and two of our own. */
export const mappingStatusWord = z.enum([
  'Success',
  'Partial Success',
  'Failed',
  'In Progress',
  'Awaiting Approval',
  'Disabled',
]);

/** A row of Collection Cloud Sync: a collection, a group it feeds, and how that stands. */
export const mapping = z
  .object({
    collectionId: z.string(),
    collectionName: z.string(),
    collectionType: resourceType,
    groupId: z.string(),
    groupName: z.string(),
    cloudServiceId: z.number().int(),
    status: mappingStatusWord,
    memberCount: z.number().int(),
    syncCompleted: z.number().int(),
    syncInProgress: z.number().int(),
    syncFailed: z.number().int(),
    notInEntra: z.number().int(),
    lastFullSyncMemberCount: z.number().int().nullable(),
    lastFullSyncStatus: z.string().nullable(),
    lastFullSyncTime: instant.nullable(),
    lastSyncMemberCount: z.number().int().nullable(),
    lastSyncStatus: z.string().nullable(),
    lastSyncTime: instant.nullable(),
    problem: storedProblem.nullable().describe('What stopped the last run as a whole.'),
  })
  .meta({ id: 'Mapping' });
export type Mapping = z.output<typeof mapping>;

export const memberStatusWord = z.enum(['Success', 'In Progress', 'Failed', 'Not in Entra']);

export const mappingMember = z.object({
  name: z.string(),
  resourceId: z.number().int().nullable(),
  objectId: z.string().nullable(),
  status: memberStatusWord,
  code: z.string().nullable(),
  reason: z.string().nullable(),
  hint: z.string().nullable(),
  attempts: z.number().int(),
  lastTried: instant.nullable(),
  nextTry: instant.nullable(),
});
export type MappingMember = z.output<typeof mappingMember>;

export const addMapping = z.object({
  collection: ref,
  group: ref.describe("The group's object id, or its display name where only one group bears it."),
  tenant: ref.optional(),
});

/** What would come of a mapping, before it is made. */
export const checkedMapping = z.object({
  group,
  refused: storedProblem.nullable().describe('Why it would be refused; null: it would be made.'),
  warnings: z.array(z.string()),
});
export type CheckedMapping = z.output<typeof checkedMapping>;

/** A new mapping, and what is worth knowing before its first run. */
export const addedMapping = z.object({ mapping, warnings: z.array(z.string()) });

export const removedMapping = z.object({
  collectionId: z.string(),
  groupId: z.string(),
  removedMembers: z.number().int(),
});

/** What a run of one group would do. */
export const plan = z
  .object({
    groupId: z.string(),
    groupName: z.string(),
    kind: z.enum(['full', 'incremental']),
    add: z.array(z.object({ name: z.string(), objectId: z.string() })),
    remove: z.array(z.object({ name: z.string(), objectId: z.string(), foreign: z.boolean() })),
    held: z.string().nullable().describe('Why the guard would hold it; null: it would run.'),
    problem: storedProblem.nullable().describe('What would stop the run.'),
  })
  .meta({ id: 'Plan' });
export type Plan = z.output<typeof plan>;

export const verification = z.object({
  groupId: z.string(),
  groupName: z.string(),
  inStep: z.boolean(),
  missing: z.array(z.object({ name: z.string(), objectId: z.string() })),
  foreign: z.array(z.object({ name: z.string(), objectId: z.string() })),
});
export type Verification = z.output<typeof verification>;

export const syncRun = z.object({
  id: z.number().int(),
  groupId: z.string(),
  groupName: z.string(),
  kind: z.enum(['full', 'incremental']),
  requestedBy: z.string(),
  startedAt: instant,
  finishedAt: instant.nullable(),
  status: z.string(),
  plannedAdditions: z.number().int(),
  plannedRemovals: z.number().int(),
  added: z.number().int(),
  removed: z.number().int(),
  failed: z.number().int(),
  requests: z.number().int(),
  writes: z.number().int(),
  problem: storedProblem.nullable(),
});
export type SyncRun = z.output<typeof syncRun>;

export const synchronize = z.object({
  collections: z.array(ref).max(10_000).optional().describe('Absent: all mapped collections.'),
  full: flag.default(false),
  approve: flag.default(false).describe('Approve the plans that are held for these collections.'),
});

/** How the run of one group ended. */
export const groupRun = z.object({
  groupId: z.string(),
  groupName: z.string(),
  cloudServiceId: z.number().int(),
  collections: z.array(z.object({ id: z.string(), name: z.string() })),
  kind: z.enum(['full', 'incremental']),
  status: mappingStatusWord,
  added: z.number().int(),
  removed: z.number().int(),
  failed: z.number().int(),
  requests: z.number().int(),
  writes: z.number().int(),
  held: z.string().nullable().describe('Why it waits for approval.'),
  problem: storedProblem.nullable(),
});
export type GroupRun = z.output<typeof groupRun>;

/** What a run did: discovery where it was due, evaluation, then each group. */
export const synchronizationResult = z.object({
  outcome: z
    .enum(['done', 'some-failed', 'held', 'failed'])
    .describe('The worst of the groups: failed before held before some-failed.'),
  discoveries: z.array(discoveryState),
  evaluation: evaluationResult,
  groups: z.array(groupRun),
});
export type SynchronizationResult = z.output<typeof synchronizationResult>;
