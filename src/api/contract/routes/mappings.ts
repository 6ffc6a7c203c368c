import { z } from 'zod';
import { flag, page, paging, ref, resourceType, several, severalOf, sortBy, total } from '../common.ts';
import * as mappings from '../mappings.ts';
import { type Route, route } from '../route.ts';
import { byCollection, byNumber, job } from './parts.ts';

/** Collection Cloud Sync: mappings, held plans, runs, undo. */
export const mappingsRoutes = {
  listMappings: route(
    'GET',
    '/mappings',
    'read-only',
    'Collection Cloud Sync: every mapping with its status',
    {
      scope: ['query.collection'],
      query: z.object({
        collection: several.optional(),
        group: ref.optional().describe('Only those to the group with this object id or name.'),
        type: resourceType.optional(),
        status: severalOf(mappings.mappingStatusWord)
          .optional()
          .describe('Only those in one of these statuses, as counted last.'),
        search: z
          .string()
          .max(256)
          .optional()
          .describe("Part of the collection's or the group's name, or the beginning of the id of either."),
        sort: sortBy(
          'collectionName',
          'collectionId',
          'groupName',
          ...Object.keys(mappings.mappingStanding.shape),
        ),
        total,
        ...paging,
      }),
      answer: page(mappings.mapping),
    },
  ),
  addMapping: route('POST', '/mappings', 'operator', 'Map a collection to an Entra group', {
    scope: ['body.collection'],
    needsBuiltIn: true,
    body: mappings.addMapping,
    status: 201,
    answer: mappings.addedMapping,
  }),
  checkMapping: route(
    'POST',
    '/mapping-checks',
    'read-only',
    'What would come of a mapping, before it is made; nothing is changed',
    {
      scope: ['body.collection'],
      needsBuiltIn: true,
      body: mappings.addMapping,
      answer: mappings.checkedMapping,
    },
  ),
  getMapping: route('GET', '/mappings/:id', 'read-only', 'Show a mapping with its status', {
    scope: 'mapping',
    params: byNumber,
    answer: mappings.mapping,
  }),
  updateMapping: route('PATCH', '/mappings/:id', 'operator', "Limits of a mapping's guard, and its pause", {
    scope: 'mapping',
    needsBuiltIn: true,
    params: byNumber,
    body: mappings.mappingChanges,
    answer: mappings.mapping,
  }),
  removeMapping: route('DELETE', '/mappings/:id', 'operator', 'Remove a mapping', {
    scope: 'mapping',
    needsBuiltIn: true,
    params: byNumber,
    query: z.object({
      removeMembers: flag.default(false).describe('Take out of the group whom Rollcall put there.'),
    }),
    answer: mappings.removedMapping,
  }),
  listHeldPlans: route('GET', '/held-plans', 'read-only', "Held plans of a collection's groups", {
    scope: ['query.collection'],
    query: z.object({ collection: ref, group: ref.optional() }),
    answer: z.object({ plans: z.array(mappings.heldPlan) }),
  }),
  getHeldPlan: route('GET', '/held-plans/:id', 'read-only', 'A held plan', {
    scope: 'seen',
    params: byNumber,
    answer: mappings.heldPlan,
  }),
  listHeldChanges: route('GET', '/held-plans/:id/changes', 'read-only', 'What a held plan would change', {
    scope: 'seen',
    params: byNumber,
    query: z.object(paging),
    answer: page(mappings.heldChange),
  }),
  approveHeldPlan: route(
    'POST',
    '/held-plans/:id/approval',
    'operator',
    'Approve this very plan and run it',
    {
      scope: 'seen',
      params: byNumber,
      ...job,
    },
  ),
  refuseHeldPlan: route('POST', '/held-plans/:id/refusal', 'operator', 'Refuse this plan', {
    scope: 'seen',
    params: byNumber,
    body: z.object({ reason: z.string().trim().min(1).max(1_000).optional() }),
    answer: mappings.heldPlan,
  }),
  listMappingMembers: route('GET', '/mappings/members', 'read-only', 'Members of a mapping by status', {
    scope: ['query.collection'],
    query: z.object({
      collection: ref,
      group: ref.optional(),
      status: mappings.memberStatusWord.optional(),
      sort: sortBy('name', 'resourceId'),
      total,
      ...paging,
    }),
    answer: page(mappings.mappingMember),
  }),
  plan: route('POST', '/plans', 'read-only', 'What a run would do; nothing is written', {
    scope: ['body.collection'],
    body: z.object({ collection: ref, full: flag.default(false) }),
    answer: z.object({ plans: z.array(mappings.plan) }),
  }),
  verify: route('POST', '/verifications', 'read-only', 'Compare groups with what they should be', {
    scope: ['body.collection'],
    body: byCollection,
    answer: z.object({ groups: z.array(mappings.verification) }),
  }),
  listRuns: route('GET', '/mappings/history', 'read-only', 'Runs of a collection, newest first', {
    scope: ['query.collection'],
    query: z.object({
      collection: ref,
      group: ref.optional(),
      kind: mappings.runKind.optional(),
      status: mappings.runStatus.optional(),
      sort: sortBy(
        'startedAt',
        'kind',
        'status',
        'requestedBy',
        'added',
        'removed',
        'failed',
        'requests',
        'writes',
      ),
      ...paging,
    }),
    answer: page(mappings.syncRun),
  }),
  listRunMembers: route('GET', '/mappings/history/:id', 'read-only', 'The members that a run has changed', {
    scope: ['query.collection'],
    params: byNumber,
    query: z.object({ collection: ref, ...paging }),
    answer: page(mappings.runMember),
  }),
  planUndo: route(
    'POST',
    '/undo-plans',
    'read-only',
    'What it takes to put a group back; nothing is written',
    {
      scope: ['body.collection'],
      body: mappings.undoRequest,
      answer: mappings.undoPlan,
    },
  ),
  undo: route('POST', '/undos', 'operator', 'Put a group back as it was before a run', {
    scope: ['body.collection'],
    body: mappings.undoRequest.extend({ digest: z.string().min(1).max(100) }),
    ...job,
  }),
  pushMember: route('POST', '/members', 'operator', 'Push one resource through to its groups at once', {
    scope: ['body.collection'],
    body: z.object({ collection: ref, group: ref.optional(), member: ref }),
    ...job,
  }),
  synchronize: route('POST', '/synchronizations', 'operator', 'Evaluate and synchronize now', {
    scope: ['body.collections!'],
    body: mappings.synchronize,
    ...job,
  }),
} as const satisfies Record<string, Route>;
