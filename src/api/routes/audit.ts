import { readAudit } from '../audit/log.ts';
import type { RouteHandlers } from '../http/handlers.ts';
import { positionOf } from './position.ts';

/** Who did what. */
export const auditHandlers = {
  async listAudit({ query }, { store }) {
    const { after, ...filter } = query;
    return await readAudit(store, { ...filter, before: after === undefined ? undefined : positionOf(after) });
  },
} satisfies Partial<RouteHandlers>;
