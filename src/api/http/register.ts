import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { authenticate, requireRole } from '../auth/authenticate.ts';
import type { Identity } from '../auth/identity.ts';
import { apiRoot, httpProblem, type Route, type RouteName, routes } from '../contract/index.ts';
import type { Services } from '../services.ts';
import { answered, noteRefusal } from './change.ts';
import { openCursors, sealedCursors } from './cursor.ts';
import { exportFormat, sendList } from './export.ts';
import type { RouteHandlers } from './handlers.ts';
import { enforceScope, refuseWholeSite } from './scope.ts';
import { isList } from './thing.ts';
import { veiledProblem, veilFor } from './veil.ts';

/** Enough for a name and a password: whoever is not known yet has nothing larger to say. */
const strangersBytes = 64 * 1024;

/** Hangs every route of the table into the application: checks, sign-in, role, handler, documentation. */
export function registerRoutes(app: FastifyInstance, services: Services, handlers: RouteHandlers): void {
  for (const [name, route] of Object.entries(routes) as [RouteName, Route][]) {
    if (route.body === 'stream') registerStreamed(app, services, name, route, handlers);
    else registerRoute(app, services, name, route, handlers);
  }
}

function registerRoute(
  app: FastifyInstance,
  services: Services,
  name: RouteName,
  route: Route,
  handlers: RouteHandlers,
): void {
  const identities = new WeakMap<FastifyRequest, Identity>();
  app.route({
    method: route.method,
    url: apiRoot + route.path,
    schema: describe(name, route),
    ...(route.role === 'anyone' ? { bodyLimit: strangersBytes } : {}),
    // Before the body is read: nobody unknown makes the server take megabytes.
    async onRequest(request) {
      if (route.role === 'anyone') return;
      const identity = await authenticate(services, request);
      try {
        requireRole(identity, route.role);
        refuseWholeSite(identity, route);
      } catch (error) {
        await noteRefusal(services, name, request, identity, error);
        throw error;
      }
      identities.set(request, identity);
    },
    async handler(request, reply) {
      const { params, query, body } = request;
      const identity = identities.get(request);
      const visible = await scopeOf(services, name, request, identity);
      const over = veilFor(services.store, visible, body);
      const cursors = visible && isList(name) ? sealedCursors(name) : openCursors;
      try {
        const asked = {
          params,
          query: cursors.opened(query),
          body,
          identity,
          visible,
          signal: goneSignal(reply),
          reply,
        };
        const format = exportFormat(name, request);
        if (format) {
          const handler = handlers[name] as (asked: unknown, services: Services) => Promise<unknown>;
          return await sendList(name, format, reply, async paging => {
            const page = { ...asked, query: { ...(query as object), after: undefined, ...paging } };
            return await over(await handler(page, services));
          });
        }
        const answer = (of: RouteName) => {
          const handler = handlers[of] as (asked: unknown, services: Services) => Promise<unknown>;
          // What shows a thing takes other parameters than what changes it.
          const read =
            of === name ? asked : { ...asked, query: routeNamed(of).query?.parse({ ...(query as object) }) };
          return handler(read, services);
        };
        // A tag stands for what is shown: of what is hidden it must tell nothing either.
        const shown = veilFor(services.store, visible);
        const result = await answered(services, { name, request, reply, identity, answer, shown });
        return reply.code(route.status).send(cursors.sealed(await over(result)));
      } catch (error) {
        throw await veiledProblem(error, over);
      }
    },
  });
}

/** What may be seen of what a request is about; a change that is refused for that is written down. */
async function scopeOf(
  services: Services,
  name: RouteName,
  request: FastifyRequest,
  identity: Identity | undefined,
): Promise<readonly number[] | undefined> {
  const { params, query, body } = request;
  try {
    return await enforceScope(services.store, identity, routes[name], { params, query, body });
  } catch (error) {
    if (identity) await noteRefusal(services, name, request, identity, error);
    throw error;
  }
}

function routeNamed(name: RouteName): Route {
  return routes[name];
}

/** A body that is read as it comes, however large: in a scope of its own, where no parser touches it. */
function registerStreamed(
  app: FastifyInstance,
  services: Services,
  name: RouteName,
  route: Route,
  handlers: RouteHandlers,
): void {
  app.register(async scope => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { bodyLimit: Number.MAX_SAFE_INTEGER }, (_request, payload, done) => {
      done(null, payload);
    });
    registerRoute(scope, services, name, route, handlers);
  });
}

function describe(name: RouteName, route: Route) {
  const tag = route.path.split('/')[1] ?? '';
  return {
    operationId: name,
    summary: route.summary,
    description: route.role === 'anyone' ? 'Needs no sign-in.' : `Needs the role ${route.role}.`,
    tags: [tag],
    ...(route.role === 'anyone' ? { security: [] } : {}),
    ...(route.params ? { params: route.params } : {}),
    ...(route.query ? { querystring: route.query } : {}),
    ...(route.body instanceof z.ZodType ? { body: route.body } : {}),
    ...(route.body === 'stream' ? { consumes: ['application/x-ndjson', 'text/csv'] } : {}),
    response: {
      [route.status]: route.answer,
      default: {
        description: 'A problem',
        content: { 'application/problem+json': { schema: httpProblem } },
      },
    },
  };
}

/** Aborted when the connection ends before the answer has been sent. */
function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort(new Error('whoever asked has gone away'));
  });
  return gone.signal;
}
