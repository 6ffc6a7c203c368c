import { readAudit } from '../audit/log.ts';
import type { RouteHandlers } from '../http/handlers.ts';

/** Who did what. */
export const auditHandlers = {
  async listAudit({ query }, { store }) {
    return await readAudit(store, query);
  },
} satisfies Partial<RouteHandlers>;
