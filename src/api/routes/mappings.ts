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
export const mappingHandlers = {
  async listMappings({ query }, { store }) {
    const only = query.collection ? { collections: query.collection } : {};
    return { items: await mappingStatus(store, only), next: null };
  },
} satisfies Partial<RouteHandlers>;
