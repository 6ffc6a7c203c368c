import { z } from 'zod';
import * as accounts from './accounts.ts';
import * as audit from './audit.ts';
import * as collections from './collections.ts';
import {
  flag,
  page,
  paging,
  ref,
  resourceType,
  seconds,
  several,
  severalOf,
  sortBy,
  total,
} from './common.ts';
import * as jobs from './jobs.ts';
import * as mappings from './mappings.ts';
import * as oidc from './oidc.ts';
import * as overview from './overview.ts';
import * as resources from './resources.ts';
import { type Route, route } from './route.ts';
import * as settings from './settings.ts';
import * as tenants from './tenants.ts';

const byRef = z.object({ ref });
const byNumber = z.object({ id: z.coerce.number<number | string>().int() });
const byCollection = z.object({ collection: ref });
const job = { status: 202, answer: jobs.job } as const;
const nothing = { status: 204, answer: z.undefined() } as const;

/** Every request of /api/v1: server, command line, console and documentation are made from this table. */
export const routes = {
  getSignInWays: route('GET', '/sign-in', 'anyone', 'Which ways there are to sign in', {
    scope: 'none',
    answer: accounts.signInWays,
  }),
  getOidc: route('GET', '/sign-in/oidc', 'full-administrator', 'How people sign in by a provider', {
    scope: 'site',
    answer: oidc.oidcSettings,
  }),
  updateOidc: route('PATCH', '/sign-in/oidc', 'full-administrator', 'Set up the sign-in by a provider', {
    scope: 'site',
    body: oidc.updateOidc,
    answer: oidc.oidcSettings,
  }),
  removeOidc: route('DELETE', '/sign-in/oidc', 'full-administrator', 'End the sign-in by a provider', {
    scope: 'site',
    ...nothing,
  }),
  setUp: route('POST', '/setup', 'anyone', 'Make the first account with the token of the first start', {
    scope: 'none',
    body: accounts.setUp,
    status: 201,
    answer: accounts.session,
  }),
  getSession: route('GET', '/session', 'read-only', 'Who is signed in, with which role', {
    scope: 'none',
    answer: accounts.session,
  }),
  signIn: route('POST', '/session', 'anyone', 'Sign a browser in, with a password or a token', {
    scope: 'none',
    body: accounts.signIn,
    answer: accounts.session,
  }),
  signOut: route('DELETE', '/session', 'anyone', 'Sign a browser out', { scope: 'none', ...nothing }),
  changePassword: route('POST', '/session/password', 'read-only', "Change one's own password", {
    scope: 'none',
    body: accounts.changePassword,
    ...nothing,
  }),
  listSessions: route('GET', '/sessions', 'read-only', "One's own browsers that are signed in", {
    scope: 'none',
    answer: page(accounts.browserSession),
  }),
  endSessions: route('DELETE', '/sessions', 'read-only', 'Sign out everywhere', {
    scope: 'none',
    ...nothing,
  }),

  listAccounts: route('GET', '/accounts', 'full-administrator', 'List who may sign in', {
    scope: 'site',
    answer: page(accounts.account),
  }),
  createAccount: route('POST', '/accounts', 'full-administrator', 'Let somebody sign in', {
    scope: 'site',
    body: accounts.newAccount,
    status: 201,
    answer: accounts.account,
  }),
  getAccount: route('GET', '/accounts/:ref', 'full-administrator', 'Show an account', {
    scope: 'site',
    params: byRef,
    answer: accounts.account,
  }),
  updateAccount: route(
    'PATCH',
    '/accounts/:ref',
    'full-administrator',
    'Change role, collections or password of an account, or disable it',
    { scope: 'site', params: byRef, body: accounts.updateAccount, answer: accounts.account },
  ),
  deleteAccount: route('DELETE', '/accounts/:ref', 'full-administrator', 'Delete an account', {
    scope: 'site',
    params: byRef,
    ...nothing,
  }),

  getOverview: route('GET', '/overview', 'read-only', 'What is healthy, and what needs somebody', {
    scope: 'seen',
    query: overview.overviewQuery,
    answer: overview.overview,
  }),

  listTokens: route(
    'GET',
    '/tokens',
    'read-only',
    "List one's own tokens, a full administrator all; their text is not kept",
    { scope: 'none', answer: page(accounts.apiToken) },
  ),
  createToken: route('POST', '/tokens', 'read-only', 'Make a token with a role', {
    scope: ['body.collections'],
    body: accounts.newToken,
    status: 201,
    answer: accounts.madeToken,
  }),
  getToken: route('GET', '/tokens/:id', 'read-only', 'Show a token', {
    scope: 'none',
    params: byNumber,
    answer: accounts.apiToken,
  }),
  revokeToken: route('DELETE', '/tokens/:id', 'read-only', 'Take a token back', {
    scope: 'none',
    params: byNumber,
    ...nothing,
  }),

  listTenants: route('GET', '/tenants', 'read-only', 'List the connected tenants', {
    scope: 'none',
    answer: page(tenants.tenant),
  }),
  connectTenant: route('POST', '/tenants', 'full-administrator', 'Connect a tenant', {
    scope: 'site',
    body: tenants.connectTenant,
    status: 201,
    answer: tenants.tenant,
  }),
  getTenant: route('GET', '/tenants/:ref', 'read-only', 'Show a tenant', {
    scope: 'none',
    params: byRef,
    answer: tenants.tenant,
  }),
  updateTenant: route('PATCH', '/tenants/:ref', 'full-administrator', 'Change switches, limits, credential', {
    scope: 'site',
    params: byRef,
    body: tenants.updateTenant,
    answer: tenants.tenant,
  }),
  disconnectTenant: route('DELETE', '/tenants/:ref', 'full-administrator', 'Disconnect a tenant', {
    scope: 'site',
    params: byRef,
    ...nothing,
  }),
  checkTenant: route(
    'POST',
    '/tenants/:ref/check',
    'operator',
    'Look at every prerequisite, change nothing',
    {
      scope: 'site',
      params: byRef,
      answer: z.object({ checks: z.array(tenants.tenantCheck) }),
    },
  ),

  checkConnection: route(
    'POST',
    '/connection-checks',
    'full-administrator',
    'Check a tenant before it is connected; nothing is stored',
    {
      scope: 'site',
      body: tenants.connectTenant,
      answer: z.object({ checks: z.array(tenants.tenantCheck) }),
    },
  ),

  listDiscoveries: route('GET', '/discoveries', 'read-only', 'Where discovery stands', {
    scope: 'none',
    answer: page(tenants.discoveryState),
  }),
  discover: route('POST', '/discoveries', 'operator', 'Discover devices and users in Entra', {
    scope: 'site',
    body: tenants.discover,
    ...job,
  }),

  searchGroups: route('GET', '/groups', 'read-only', 'Search Entra groups by the start of their name', {
    scope: 'none',
    query: z.object({ ...tenants.groupQuery, ...paging }),
    answer: page(tenants.group),
  }),
  getGroup: route(
    'GET',
    '/groups/:ref',
    'read-only',
    'Show a group: kind, members, whether the app may change it',
    {
      scope: 'none',
      params: byRef,
      query: z.object({ tenant: ref.optional() }),
      answer: tenants.groupDetail,
    },
  ),
  createGroup: route('POST', '/groups', 'operator', 'Create a security group in Entra', {
    scope: 'none',
    body: tenants.createGroup,
    status: 201,
    answer: tenants.group,
  }),

  startSignIn: route('POST', '/sign-ins', 'operator', 'Sign a user in to Entra by device code', {
    scope: 'none',
    body: tenants.newEntraSignIn,
    status: 201,
    answer: tenants.entraSignIn,
  }),
  getSignIn: route('GET', '/sign-ins/:id', 'read-only', 'How a sign-in of yours stands', {
    scope: 'none',
    params: z.object({ id: z.string() }),
    query: z.object({
      wait: seconds.default(0).describe('Answer when it has ended, or after these seconds.'),
    }),
    answer: tenants.entraSignIn,
  }),
  endSignIn: route('DELETE', '/sign-ins/:id', 'operator', 'Give a sign-in of yours up and forget it', {
    scope: 'none',
    params: z.object({ id: z.string() }),
    ...nothing,
  }),

  importResources: route(
    'POST',
    '/imports',
    'full-administrator',
    'Import resources: NDJSON or CSV as the body',
    {
      scope: 'site',
      query: resources.importQuery,
      body: 'stream',
      ...job,
    },
  ),
  listResources: route('GET', '/resources', 'read-only', 'List devices and users', {
    scope: 'seen',
    query: z.object({
      type: resourceType.optional(),
      search: z.string().max(256).optional().describe('How the name begins'),
      sort: sortBy('name'),
      total,
      ...paging,
    }),
    answer: page(resources.resourceSummary),
  }),
  getResource: route('GET', '/resources/:ref', 'read-only', 'Show a device or user', {
    scope: 'seen',
    params: byRef,
    query: z.object({ type: resourceType.optional() }),
    answer: resources.resource,
  }),
  deleteResource: route('DELETE', '/resources/:ref', 'full-administrator', 'Delete a device or user', {
    scope: 'site',
    params: byRef,
    query: z.object({ type: resourceType.optional() }),
    ...nothing,
  }),

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
      query: z.object(paging),
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

  listMappings: route(
    'GET',
    '/mappings',
    'read-only',
    'Collection Cloud Sync: every mapping with its status',
    {
      scope: ['query.collection'],
      query: z.object({
        collection: several.optional(),
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
          'status',
          'memberCount',
          'syncCompleted',
          'syncInProgress',
          'syncFailed',
          'notInEntra',
          'lastFullSyncMemberCount',
          'lastFullSyncStatus',
          'lastFullSyncTime',
          'lastSyncMemberCount',
          'lastSyncStatus',
          'lastSyncTime',
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
  removeMapping: route('DELETE', '/mappings', 'operator', 'Remove a mapping', {
    scope: ['query.collection'],
    needsBuiltIn: true,
    query: z.object({ collection: ref, group: ref, removeMembers: flag.default(false) }),
    answer: mappings.removedMapping,
  }),
  updateMapping: route('PATCH', '/mappings', 'operator', "Limits of a mapping's guard, and its pause", {
    scope: ['query.collection'],
    needsBuiltIn: true,
    query: z.object({ collection: ref, group: ref.optional() }),
    body: mappings.mappingChanges,
    answer: z.object({ mappings: z.array(mappings.mapping) }),
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
    query: z.object({ collection: ref, group: ref.optional(), ...paging }),
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

  listAudit: route('GET', '/audit', 'full-administrator', 'Who did what, the latest first', {
    scope: 'site',
    query: z.object({ ...audit.auditFilter, ...paging }),
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

export type RouteName = keyof typeof routes;
