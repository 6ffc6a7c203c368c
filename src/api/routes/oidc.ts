import type { RouteHandlers } from '../http/handlers.ts';
import { removeOidc, requireOidc, saveOidc, shownOidc } from '../oidc/settings.ts';

/** How people sign in by an OpenID Connect provider. */
export const oidcHandlers = {
  async getOidc(_, { store }) {
    return shownOidc(await requireOidc(store.db));
  },
  async updateOidc({ body }, { store, secrets }) {
    return shownOidc(await saveOidc(store.db, secrets, body));
  },
  async removeOidc(_, { store }) {
    await removeOidc(store.db);
    return undefined;
  },
} satisfies Partial<RouteHandlers>;
