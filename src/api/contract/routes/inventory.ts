import { z } from 'zod';
import { oneSort, page, paging, resourceType, total } from '../common.ts';
import * as resources from '../resources.ts';
import { type Route, route } from '../route.ts';
import { byRef, job, nothing } from './parts.ts';

/** Imports and resources. */
export const inventoryRoutes = {
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
      source: z.string().max(200).optional().describe('Only those that this source brought last.'),
      changedSince: z.iso.datetime().optional().describe('Only those that have changed since this instant.'),
      sort: oneSort(
        'name',
        'id',
        'source',
        'updatedAt',
        'externalId',
        'entraDeviceId',
        'entraUserId',
        'userPrincipalName',
        'onPremisesSid',
      ),
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
} as const satisfies Record<string, Route>;
