import type { RouteHandlers } from '../http/handlers.ts';
import { overview } from '../overview/overview.ts';

/** What is healthy, and what needs somebody. */
export const overviewHandlers = {
  async getOverview({ query, visible }, services) {
    return await overview(services, query, visible);
  },
} satisfies Partial<RouteHandlers>;
