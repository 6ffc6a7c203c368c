import { z } from 'zod';
import { page, paging, ref, seconds } from '../common.ts';
import { type Route, route } from '../route.ts';
import * as tenants from '../tenants.ts';
import { byRef, job, nothing } from './parts.ts';

/** Tenants, discovery, groups of Entra, and signing in to Entra as a user. */
export const tenantsRoutes = {
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
} as const satisfies Record<string, Route>;
