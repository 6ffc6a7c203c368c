import type { Route } from './route.ts';
import { accessRoutes } from './routes/access.ts';
import { collectionsRoutes } from './routes/collections.ts';
import { inventoryRoutes } from './routes/inventory.ts';
import { mappingsRoutes } from './routes/mappings.ts';
import { siteRoutes } from './routes/site.ts';
import { tenantsRoutes } from './routes/tenants.ts';

/** Every request of /api/v1: server, command line, console and documentation are made from this table. */
export const routes = {
  ...accessRoutes,
  ...tenantsRoutes,
  ...inventoryRoutes,
  ...collectionsRoutes,
  ...mappingsRoutes,
  ...siteRoutes,
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
