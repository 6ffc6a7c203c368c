import { sessionCookieHeader, wrongToken } from '../auth/authenticate.ts';
import { identify } from '../auth/tokens.ts';
import type { RouteHandlers } from '../http/handlers.ts';

/** Who is signed in; signing a browser in and out. */
export const sessionHandlers = {
  async getSession({ identity }, { version }) {
    return { name: identity.name, role: identity.role, version };
  },
  async signIn({ body, reply }, { store, attempts, clock, version }) {
    const identity = await identify(store, body.token.trim(), clock);
    if (!identity) {
      attempts.failed(reply.request.ip);
      throw wrongToken();
    }
    reply.header('set-cookie', sessionCookieHeader(body.token.trim(), reply.request.protocol === 'https'));
    return { name: identity.name, role: identity.role, version };
  },
  async signOut({ reply }) {
    reply.header('set-cookie', sessionCookieHeader('', reply.request.protocol === 'https'));
    return undefined;
  },
} satisfies Partial<RouteHandlers>;
