import {
  addMapping,
  mappingMembers,
  mappingStatus,
  planMapping,
  removeMapping,
  syncHistory,
  verifyMapping,
} from '../../cloudsync/index.ts';
import { getCollection } from '../../collections/index.ts';
import type { RouteHandlers } from '../http/handlers.ts';

/** Collection Cloud Sync: mappings, their status and members, plans and runs. */
export const mappingHandlers = {} satisfies Partial<RouteHandlers>;
