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

/** A plan whose removals wait for an approval, or were refused. */
const heldSummary = z.object({
  id: z.number().int(),
  kind: z.enum(['full', 'incremental']),
  digest: z.string().describe('Stands for these very removals.'),
  reason: z.string().describe('Why it is held.'),
  createdAt: instant,
  additions: z.number().int(),
  removals: z.number().int(),
  foreign: z.number().int().describe('Of the removals: members that Rollcall never put there.'),
  refusal: z
    .object({ by: z.string(), at: instant, reason: z.string().nullable() })
    .nullable()
    .describe('Who refused it; null: it waits for an approval.'),
});

/** How a mapping stands: what runs and members that come and go change by themselves, and nobody by hand. */
export const mappingStanding = z.object({
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
});

/** A row of Collection Cloud Sync: a collection, a group it feeds, and how that stands. */
export const mapping = z
  .object({
    id: z.number().int(),
    collectionId: z.string(),
    collectionName: z.string(),
    collectionType: resourceType,
    groupId: z.string(),
    groupName: z.string(),
    cloudServiceId: z.number().int(),
    ...mappingStanding.shape,
    problem: storedProblem.nullable().describe('What stopped the last run as a whole.'),
    heldPlan: heldSummary.nullable(),
    maxRemovals: z.number().int().nullable().describe("Limit of this mapping; null: the tenant's."),
    maxRemovalPercent: z.number().int().nullable().describe("Limit of this mapping; null: the tenant's."),
    paused: z.boolean(),
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
  remainingMembers: z
    .number()
    .int()
    .describe('Members that Entra has not taken out yet. Each is tried again by the schedule.'),
});

const planned = {
  name: z.string(),
  objectId: z.string(),
  why: z.enum([
    'missing',
    'joined',
    'appeared',
    'left',
    'replaced',
    'unwanted',
    'foreign',
    'retry',
    'resumed',
  ]),
  reason: z.string().describe('Why it goes in or out, in words.'),
};
const letIn = z.array(z.string()).nullable().describe('The rules that let it in; of the first thousand.');

/** What a run of one group would do. */
export const plan = z
  .object({
    groupId: z.string(),
    groupName: z.string(),
    kind: z.enum(['full', 'incremental']),
    add: z.array(z.object({ ...planned, rules: letIn })),
    remove: z.array(z.object({ ...planned, foreign: z.boolean() })),
    hidden: z
      .object({ add: z.number().int(), remove: z.number().int() })
      .describe('Changes of members that you may not see: other collections feed the group too.'),
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
  hidden: z
    .object({ missing: z.number().int(), foreign: z.number().int() })
    .describe('Members that you may not see: other collections feed the group too.'),
});
export type Verification = z.output<typeof verification>;

/** What can be changed about a mapping; what is left out stays. */
export const mappingChanges = z.object({
  maxRemovals: z.number().int().min(0).max(1_000_000).nullable().optional(),
  maxRemovalPercent: z.number().int().min(0).max(100).nullable().optional(),
  paused: flag.optional().describe('Leave the group as it is for now; nothing is lost.'),
});

/** A held plan with its group. */
export const heldPlan = heldSummary
  .extend({ groupId: z.string(), groupName: z.string(), cloudServiceId: z.number().int() })
  .meta({ id: 'HeldPlan' });
export type HeldPlan = z.output<typeof heldPlan>;

/** A change of a held plan; removals come first. */
export const heldChange = z.object({
  change: z.enum(['add', 'remove']),
  name: z.string(),
  objectId: z.string(),
  foreign: z.boolean(),
});
export type HeldChange = z.output<typeof heldChange>;

export const runKind = z.enum(['full', 'incremental', 'undo', 'member']);

/** How a run stands or ended. */
export const runStatus = z.enum(['running', 'success', 'partial-success', 'failed', 'held', 'interrupted']);

export const syncRun = z.object({
  id: z.number().int(),
  groupId: z.string(),
  groupName: z.string(),
  kind: runKind,
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
  undoesRunId: z
    .number()
    .int()
    .nullable()
    .describe('Of an undo: the run before which it put the group back.'),
  changesKept: z.boolean().describe('What it did to each member is known: it can be listed and undone.'),
  decision: z
    .object({
      decision: z.enum(['approved', 'refused']),
      by: z.string(),
      at: instant,
      reason: z.string().nullable(),
    })
    .nullable()
    .describe('What became of the plan that this run held.'),
});
export type SyncRun = z.output<typeof syncRun>;

/** What a run did to one member. */
export const runMember = z.object({
  name: z.string(),
  objectId: z.string(),
  resourceId: z.number().int().nullable(),
  change: z.enum(['add', 'remove']),
  foreign: z.boolean(),
  outcome: z
    .enum(['done', 'already', 'failed'])
    .nullable()
    .describe('already: it was so before; null: no answer came.'),
  code: z.string().nullable(),
  reason: z.string().nullable(),
});
export type RunMember = z.output<typeof runMember>;

export const undoRequest = z.object({
  collection: ref,
  group: ref.optional(),
  run: z.number().int().optional().describe('Absent: the last that has changed something.'),
});

/** What putting a group back as it was before a run would do. */
export const undoPlan = z
  .object({
    groupId: z.string(),
    groupName: z.string(),
    run: z.object({ id: z.number().int(), kind: runKind, requestedBy: z.string(), startedAt: instant }),
    runs: z.number().int().describe('How many runs it takes back.'),
    add: z.array(z.object({ name: z.string(), objectId: z.string() })),
    remove: z.array(z.object({ name: z.string(), objectId: z.string() })),
    givenUp: z.number().int().describe('Failed changes of these runs that are not tried again.'),
    guard: z.string().nullable().describe('What the guard says about so many removals.'),
    nextRun: z.enum(['full', 'incremental']).describe('A full one would make the undone changes again.'),
    digest: z.string(),
  })
  .meta({ id: 'UndoPlan' });
export type UndoPlan = z.output<typeof undoPlan>;

export const undoResult = z.object({
  groupId: z.string(),
  groupName: z.string(),
  runId: z.number().int(),
  undoesRunId: z.number().int(),
  added: z.number().int(),
  removed: z.number().int(),
  failed: z.number().int(),
  requests: z.number().int(),
  writes: z.number().int(),
  problem: storedProblem.nullable(),
});
export type UndoResult = z.output<typeof undoResult>;

/** A step of pushing one member through. */
export const memberStep = z.object({
  step: z.enum(['inventory', 'collection', 'identity', 'group', 'action', 'answer']),
  outcome: z.enum(['ok', 'stopped', 'held', 'failed']),
  text: z.string(),
});
export type MemberStep = z.output<typeof memberStep>;

const worst = z.enum(['done', 'some-failed', 'held', 'failed']);

/** What pushing one member through has done, step by step. */
export const memberResult = z.object({
  outcome: worst,
  collection: z.object({ id: z.string(), name: z.string() }),
  resource: z.object({ id: z.number().int(), name: z.string(), type: resourceType }),
  steps: z.array(memberStep),
  groups: z.array(z.object({ groupId: z.string(), groupName: z.string(), steps: z.array(memberStep) })),
});
export type MemberResult = z.output<typeof memberResult>;

export const synchronize = z.object({
  collections: z.array(ref).max(10_000).optional().describe('Absent: all mapped collections.'),
  group: ref.optional().describe('Only those of their groups with this object id or name.'),
  full: flag.default(false),
  approve: flag.default(false).describe('Approve the plans that are held for these collections.'),
});

/** How the run of one group ended. */
const groupRun = z.object({
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
  refused: z.string().nullable().describe('Which removals are not made because somebody refused them.'),
  problem: storedProblem.nullable(),
});
export type GroupRun = z.output<typeof groupRun>;

/** What a run did: discovery where it was due, evaluation, then each group. */
export const synchronizationResult = z.object({
  outcome: worst.describe('The worst of the groups: failed before held before some-failed.'),
  discoveries: z.array(discoveryState),
  evaluation: evaluationResult,
  groups: z.array(groupRun),
});
export type SynchronizationResult = z.output<typeof synchronizationResult>;
