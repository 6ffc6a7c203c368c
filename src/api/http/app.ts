import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { registerDocs, registerOpenApi } from '../docs/register.ts';
import { handlers } from '../routes/index.ts';
import type { Services } from '../services.ts';
import { registerConsole } from './console.ts';
import { registerEvents } from './events.ts';
import { addSecurityHeaders, securityHeaders } from './headers.ts';
import { registerHealth } from './health.ts';
import { registerMethods } from './methods.ts';
import { registerMetrics } from './metrics.ts';
import { registerOidc } from './oidc.ts';
import { sendProblem } from './problems.ts';
import { registerRoutes } from './register.ts';
import { answerUnreadable } from './unreadable.ts';

/** Large enough for 10,000 names of resources in a direct rule. */
const bodyLimit = 8 * 1024 * 1024;

/** A large import may take its time to arrive, but nobody holds a connection for ever. */
const longestRequestMs = 60 * 60_000;

export interface AppOptions {
  /** Certificate and key in PEM; without them the application speaks plain HTTP. */
  tls?: { cert: string; key: string };
  /**
   * Addresses and networks of proxies that stand before it: they are believed whom they speak for, by which address and
   * whether over TLS (X-Forwarded-For, -Host, -Proto). Nobody else is.
   */
  trustedProxies?: readonly string[];
  /** Where requests are logged; nowhere unless given. */
  logger?: FastifyBaseLogger;
}

/** Makes the application over its services: the API, its documentation and the console. */
export async function createApp(services: Services, options: AppOptions = {}): Promise<FastifyInstance> {
  const headers = securityHeaders({ isSecure: options.tls !== undefined });
  const app = Fastify({
    ...(options.logger ? { loggerInstance: options.logger } : { logger: false }),
    ...(options.tls ? { https: options.tls } : {}),
    trustProxy: options.trustedProxies ? [...options.trustedProxies] : false,
    bodyLimit,
    routerOptions: { maxParamLength: 1_000 },
    forceCloseConnections: true,
    requestTimeout: longestRequestMs,
    // What the router refuses by itself, such as an address with a broken escape, is told as a problem too.
    frameworkErrors: (error, request, reply) => sendProblem(error, request, reply.headers(headers)),
    clientErrorHandler: (error, socket) => answerUnreadable(error, socket, headers),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  addSecurityHeaders(app, headers);
  const methodsAt = registerMethods(app);
  await registerOpenApi(app, services.version);
  registerRoutes(app, services, handlers);
  registerOidc(app, services);
  registerEvents(app, services);
  registerHealth(app, services);
  registerMetrics(app, services);
  registerDocs(app, services.version);
  await registerConsole(app, methodsAt);
  await app.ready();
  return app;
}
