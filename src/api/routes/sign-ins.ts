import { getTenant } from '../../directory/index.ts';
import type { RouteHandlers } from '../http/handlers.ts';

/** Users' sign-ins to Entra by device code. */
export const signInHandlers = {
  async startSignIn({ body, identity }, { store, signIns }) {
    return await signIns.start(await getTenant(store, body.tenant), identity);
  },
  async getSignIn({ params, query, identity, signal }, { signIns }) {
    return await signIns.show(params.id, identity, query.wait, signal);
  },
  async endSignIn({ params, identity }, { signIns }) {
    await signIns.end(params.id, identity);
  },
} satisfies Partial<RouteHandlers>;
