import type { RouteHandlers } from '../http/handlers.ts';
import { accountHandlers } from './accounts.ts';
import { auditHandlers } from './audit.ts';
import { collectionHandlers } from './collections.ts';
import { groupHandlers } from './groups.ts';
import { jobHandlers } from './jobs.ts';
import { mappingHandlers } from './mappings.ts';
import { oidcHandlers } from './oidc.ts';
import { overviewHandlers } from './overview.ts';
import { resourceHandlers } from './resources.ts';
import { sessionHandlers } from './session.ts';
import { settingHandlers } from './settings.ts';
import { signInHandlers } from './sign-ins.ts';
import { tenantHandlers } from './tenants.ts';
import { tokenHandlers } from './tokens.ts';

/** What answers each route of the table. */
export const handlers: RouteHandlers = {
  ...sessionHandlers,
  ...overviewHandlers,
  ...settingHandlers,
  ...oidcHandlers,
  ...accountHandlers,
  ...auditHandlers,
  ...tokenHandlers,
  ...tenantHandlers,
  ...groupHandlers,
  ...signInHandlers,
  ...resourceHandlers,
  ...collectionHandlers,
  ...mappingHandlers,
  ...jobHandlers,
};
