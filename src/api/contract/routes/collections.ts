import { z } from 'zod';
import * as collections from '../collections.ts';
import { flag, page, paging, ref, resourceType, sortBy, total } from '../common.ts';
import { type Route, route } from '../route.ts';
import { byRef, job, nothing } from './parts.ts';

/** Collections, their rules and members, evaluation and queries. */
export const collectionsRoutes = {
  listCollections: route('GET', '/collections', 'read-only', 'List collections', {
    scope: 'seen',
    query: z.object({
      type: resourceType.optional(),
      member: z.coerce
        .number<number | string>()
        .int()
        .optional()
        .describe('Number of a resource: only the collections that it is a member of.'),
      search: z.string().max(256).optional().describe('Text that the name contains, or how the id begins'),
      state: z.enum(['failed', 'pending']).optional().describe('How its evaluation stands'),
      sort: sortBy(
        'name',
        'id',
        'type',
        'memberCount',
        'lastEvaluationTime',
        'incremental',
        'limitingCollectionName',
        'comment',
        'state',
        'schedule',
        'error',
      ),
      total,
      ...paging,
    }),
    answer: page(collections.collectionSummary),
  }),
  createCollection: route('POST', '/collections', 'full-administrator', 'Create a collection', {
    scope: ['body.limitTo!'],
    body: collections.createCollection,
    status: 201,
    answer: collections.collection,
  }),
  getCollection: route('GET', '/collections/:ref', 'read-only', 'Show a collection with its rules', {
    scope: ['params.ref'],
    params: byRef,
    answer: collections.collection,
  }),
  updateCollection: route('PATCH', '/collections/:ref', 'full-administrator', 'Change a collection', {
    scope: ['params.ref', 'body.limitTo'],
    params: byRef,
    body: collections.updateCollection,
    answer: collections.collection,
  }),
  deleteCollection: route('DELETE', '/collections/:ref', 'full-administrator', 'Delete a collection', {
    scope: ['params.ref'],
    params: byRef,
    query: z.object({
      cascade: flag.default(false).describe('Take what is limited to it along, and rules that name it.'),
    }),
    answer: collections.deletedCollections,
  }),
  listCollectionMembers: route('GET', '/collections/:ref/members', 'read-only', 'List members', {
    scope: ['params.ref'],
    params: byRef,
    query: z.object({ search: z.string().max(256).optional(), sort: sortBy('name'), total, ...paging }),
    answer: page(collections.collectionMember),
  }),
  listMembershipHistory: route(
    'GET',
    '/collections/:ref/history',
    'read-only',
    'Who joined and left, the latest first',
    {
      scope: ['params.ref'],
      params: byRef,
      query: z.object({
        change: z.enum(['joined', 'left']).optional(),
        search: z.string().max(256).optional().describe('Part of a name.'),
        ...paging,
      }),
      answer: page(collections.membershipEvent),
    },
  ),
  addRule: route('POST', '/collections/:ref/rules', 'full-administrator', 'Add rules to a collection', {
    scope: ['params.ref', 'body.collection'],
    params: byRef,
    body: collections.newRule,
    status: 201,
    answer: z.object({ rules: z.array(collections.rule) }),
  }),
  removeRule: route('DELETE', '/collections/:ref/rules/:rule', 'full-administrator', 'Remove a rule', {
    scope: ['params.ref'],
    params: z.object({ ref, rule: ref }),
    ...nothing,
  }),
  updateRule: route('PATCH', '/collections/:ref/rules/:rule', 'full-administrator', 'Change a query rule', {
    scope: ['params.ref'],
    params: z.object({ ref, rule: ref }),
    body: collections.updateRule,
    answer: collections.rule,
  }),
  explainMembership: route('GET', '/collections/:ref/explain', 'read-only', 'Why a resource is in or not', {
    scope: ['params.ref'],
    params: byRef,
    query: z.object({ resource: ref }),
    answer: collections.explanation,
  }),
  evaluate: route('POST', '/evaluations', 'operator', 'Evaluate collections (Update Membership)', {
    scope: ['body.collections!'],
    body: collections.evaluate,
    ...job,
  }),
  preview: route('POST', '/previews', 'read-only', 'Run a query and show what it finds', {
    scope: 'seen',
    body: collections.previewQuery,
    answer: collections.preview,
  }),
  checkWql: route('POST', '/wql/check', 'read-only', 'Check queries without running them', {
    scope: 'seen',
    body: z.object({ queries: z.array(z.string().max(100_000)).min(1).max(1_000) }),
    answer: z.object({ results: z.array(collections.wqlCheck) }),
  }),

  listWqlClasses: route('GET', '/wql/classes', 'read-only', 'Classes and properties that queries may name', {
    scope: 'none',
    answer: z.object({ items: z.array(collections.wqlClass) }),
  }),
} as const satisfies Record<string, Route>;
