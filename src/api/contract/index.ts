// The API as data: schemas of everything that goes in and out of /api/v1, and the table of its requests.
// Nothing here does anything, so that server, command line and console can all build on it.
export * from './accounts.ts';
export * from './audit.ts';
export * from './collections.ts';
export {
  type ResourceType,
  type Role,
  role,
  roles,
} from './common.ts';
export * from './jobs.ts';
export * from './mappings.ts';
export * from './oidc.ts';
export * from './overview.ts';
export * from './problem.ts';
export * from './resources.ts';
export type { AnswerOf, RequestOf, Route, Scope } from './route.ts';
export { byNumber } from './routes/parts.ts';
export { type RouteName, routes } from './routes.ts';
export * from './settings.ts';
export * from './tenants.ts';

/** Where the routes of the table hang. */
export const apiRoot = '/api/v1';
