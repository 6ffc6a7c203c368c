import { mappingStatus } from '../../cloudsync/index.ts';
import type { RouteHandlers } from '../http/handlers.ts';

/** Collection Cloud Sync: mappings, their status and members, plans and runs. */
export const mappingHandlers = {
  async listMappings({ query }, { store }) {
    return { items: await mappingStatus(store, query), next: null };
  },
} as unknown as RouteHandlers;
