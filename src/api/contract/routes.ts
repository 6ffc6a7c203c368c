import { z } from 'zod';
import * as collections from './collections.ts';
import { flag, page, paging, ref, resourceType, seconds, several } from './common.ts';
import * as jobs from './jobs.ts';
import * as mappings from './mappings.ts';
import * as resources from './resources.ts';
import { type Route, route } from './route.ts';
import * as settings from './settings.ts';
import * as tenants from './tenants.ts';
import * as tokens from './tokens.ts';

const byRef = z.object({ ref });
const byCollection = z.object({ collection: ref });
const job = { status: 202, answer: jobs.job } as const;
const nothing = { status: 204, answer: z.undefined() } as const;

/** Every request of /api/v1: server, command line, console and documentation are made from this table. */
export const routes = {
  getSession: route('GET', '/session', 'read-only', 'Who is signed in, with which role', {
    answer: jobs.session,
  }),
  signIn: route('POST', '/session', 'anyone', 'Sign a browser in with a token', {
    body: z.object({ token: z.string().min(1).max(1_000) }),
    answer: jobs.session,
  }),
  signOut: route('DELETE', '/session', 'anyone', 'Sign a browser out', { ...nothing }),

  listTokens: route('GET', '/tokens', 'full-administrator', 'List tokens; their text is not kept', {
    answer: page(tokens.apiToken),
  }),
  createToken: route('POST', '/tokens', 'full-administrator', 'Make a token with a role', {
    body: tokens.newToken,
    status: 201,
    answer: tokens.madeToken,
  }),
  revokeToken: route('DELETE', '/tokens/:id', 'full-administrator', 'Take a token back', {
    params: z.object({ id: z.coerce.number<number | string>().int() }),
    ...nothing,
  }),

  listTenants: route('GET', '/tenants', 'read-only', 'List the connected tenants', {
    answer: page(tenants.tenant),
  }),
  connectTenant: route('POST', '/tenants', 'full-administrator', 'Connect a tenant', {
    body: tenants.connectTenant,
    status: 201,
    answer: tenants.tenant,
  }),
  getTenant: route('GET', '/tenants/:ref', 'read-only', 'Show a tenant', {
    params: byRef,
    answer: tenants.tenant,
  }),
  updateTenant: route('PATCH', '/tenants/:ref', 'full-administrator', 'Change switches, limits, credential', {
    params: byRef,
    body: tenants.updateTenant,
    answer: tenants.tenant,
  }),
  disconnectTenant: route('DELETE', '/tenants/:ref', 'full-administrator', 'Disconnect a tenant', {
    params: byRef,
    ...nothing,
  }),
  checkTenant: route(
    'POST',
    '/tenants/:ref/check',
    'operator',
    'Look at every prerequisite, change nothing',
    {
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
      body: tenants.connectTenant,
      answer: z.object({ checks: z.array(tenants.tenantCheck) }),
    },
  ),

  listDiscoveries: route('GET', '/discoveries', 'read-only', 'Where discovery stands', {
    answer: page(tenants.discoveryState),
  }),
  discover: route('POST', '/discoveries', 'operator', 'Discover devices and users in Entra', {
    body: tenants.discover,
    ...job,
  }),

  searchGroups: route('GET', '/groups', 'read-only', 'Search Entra groups by the start of their name', {
    query: z.object({ tenant: ref.optional(), startsWith: z.string().max(256).optional(), ...paging }),
    answer: page(tenants.group),
  }),
  createGroup: route('POST', '/groups', 'operator', 'Create a security group in Entra', {
    body: tenants.createGroup,
    status: 201,
    answer: tenants.group,
  }),

  importResources: route(
    'POST',
    '/imports',
    'full-administrator',
    'Import resources: NDJSON or CSV as the body',
    {
      query: resources.importQuery,
      body: 'stream',
      ...job,
    },
  ),
  listResources: route('GET', '/resources', 'read-only', 'List devices and users', {
    query: z.object({
      type: resourceType.optional(),
      search: z.string().max(256).optional().describe('Text that the name contains'),
      ...paging,
    }),
    answer: page(resources.resourceSummary),
  }),
  getResource: route('GET', '/resources/:ref', 'read-only', 'Show a device or user', {
    params: byRef,
    query: z.object({ type: resourceType.optional() }),
    answer: resources.resource,
  }),
  deleteResource: route('DELETE', '/resources/:ref', 'full-administrator', 'Delete a device or user', {
    params: byRef,
    query: z.object({ type: resourceType.optional() }),
    ...nothing,
  }),

  listCollections: route('GET', '/collections', 'read-only', 'List collections', {
    query: z.object({ type: resourceType.optional(), search: z.string().max(256).optional(), ...paging }),
    answer: page(collections.collectionSummary),
  }),
  createCollection: route('POST', '/collections', 'full-administrator', 'Create a collection', {
    body: collections.createCollection,
    status: 201,
    answer: collections.collection,
  }),
  getCollection: route('GET', '/collections/:ref', 'read-only', 'Show a collection with its rules', {
    params: byRef,
    answer: collections.collection,
  }),
  updateCollection: route('PATCH', '/collections/:ref', 'full-administrator', 'Change a collection', {
    params: byRef,
    body: collections.updateCollection,
    answer: collections.collection,
  }),
  deleteCollection: route('DELETE', '/collections/:ref', 'full-administrator', 'Delete a collection', {
    params: byRef,
    query: z.object({
      cascade: flag.default(false).describe('Take what is limited to it along, and rules that name it.'),
    }),
    ...nothing,
  }),
  listCollectionMembers: route('GET', '/collections/:ref/members', 'read-only', 'List members', {
    params: byRef,
    query: z.object({ search: z.string().max(256).optional(), ...paging }),
    answer: page(collections.collectionMember),
  }),
  listMembershipHistory: route(
    'GET',
    '/collections/:ref/history',
    'read-only',
    'Who joined and left, the latest first',
    { params: byRef, query: z.object(paging), answer: page(collections.membershipEvent) },
  ),
  addRule: route('POST', '/collections/:ref/rules', 'full-administrator', 'Add rules to a collection', {
    params: byRef,
    body: collections.newRule,
    status: 201,
    answer: z.object({ rules: z.array(collections.rule) }),
  }),
  removeRule: route('DELETE', '/collections/:ref/rules/:rule', 'full-administrator', 'Remove a rule', {
    params: z.object({ ref, rule: ref }),
    ...nothing,
  }),
  updateRule: route('PATCH', '/collections/:ref/rules/:rule', 'full-administrator', 'Change a query rule', {
    params: z.object({ ref, rule: ref }),
    body: collections.updateRule,
    answer: collections.rule,
  }),
  explainMembership: route('GET', '/collections/:ref/explain', 'read-only', 'Why a resource is in or not', {
    params: byRef,
    query: z.object({ resource: ref }),
    answer: collections.explanation,
  }),
  evaluate: route('POST', '/evaluations', 'operator', 'Evaluate collections (Update Membership)', {
    body: collections.evaluate,
    ...job,
  }),
  preview: route('POST', '/previews', 'read-only', 'Run a query and show what it finds', {
    body: collections.previewQuery,
    answer: collections.preview,
  }),
  checkWql: route('POST', '/wql/check', 'read-only', 'Check queries without running them', {
    body: z.object({ queries: z.array(z.string().max(100_000)).min(1).max(1_000) }),
    answer: z.object({ results: z.array(collections.wqlCheck) }),
  }),

  listWqlClasses: route('GET', '/wql/classes', 'read-only', 'Classes and properties that queries may name', {
    answer: z.object({ items: z.array(collections.wqlClass) }),
  }),

  listMappings: route(
    'GET',
    '/mappings',
    'read-only',
    'Collection Cloud Sync: every mapping with its status',
    {
      query: z.object({ collection: several.optional(), type: resourceType.optional(), ...paging }),
      answer: page(mappings.mapping),
    },
  ),
  addMapping: route('POST', '/mappings', 'operator', 'Map a collection to an Entra group', {
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
      body: mappings.addMapping,
      answer: mappings.checkedMapping,
    },
  ),
  removeMapping: route('DELETE', '/mappings', 'operator', 'Remove a mapping', {
    query: z.object({ collection: ref, group: ref, removeMembers: flag.default(false) }),
    answer: mappings.removedMapping,
  }),
  listMappingMembers: route('GET', '/mappings/members', 'read-only', 'Members of a mapping by status', {
    query: z.object({
      collection: ref,
      group: ref.optional(),
      status: mappings.memberStatusWord.optional(),
      ...paging,
    }),
    answer: page(mappings.mappingMember),
  }),
  plan: route('POST', '/plans', 'read-only', 'What a run would do; nothing is written', {
    body: z.object({ collection: ref, full: flag.default(false) }),
    answer: z.object({ plans: z.array(mappings.plan) }),
  }),
  verify: route('POST', '/verifications', 'read-only', 'Compare groups with what they should be', {
    body: byCollection,
    answer: z.object({ groups: z.array(mappings.verification) }),
  }),
  listRuns: route('GET', '/mappings/history', 'read-only', 'Runs of a collection, newest first', {
    query: z.object({ collection: ref, ...paging }),
    answer: page(mappings.syncRun),
  }),
  synchronize: route('POST', '/synchronizations', 'operator', 'Evaluate and synchronize now', {
    body: mappings.synchronize,
    ...job,
  }),

  getSettings: route('GET', '/settings', 'read-only', 'What is set for the whole site', {
    answer: settings.settings,
  }),
  updateSettings: route('PATCH', '/settings', 'full-administrator', 'Change what is set for the whole site', {
    body: settings.settings.partial(),
    answer: settings.settings,
  }),

  listJobs: route('GET', '/jobs', 'read-only', 'The latest jobs, newest first', {
    query: z.object(paging),
    answer: page(jobs.job),
  }),
  getJob: route('GET', '/jobs/:id', 'read-only', 'How a job stands', {
    params: z.object({ id: z.string() }),
    query: z.object({
      wait: seconds.default(0).describe('Answer when it has ended, or after these seconds.'),
    }),
    answer: jobs.job,
  }),
  cancelJob: route('DELETE', '/jobs/:id', 'operator', 'Stop a job at the next safe point', {
    params: z.object({ id: z.string() }),
    answer: jobs.job,
  }),
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
