import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { describeHeaders } from './headers.ts';
import { docsPage, docsStyle } from './page.ts';

/** Collects the description of the routes that are registered after this, as OpenAPI 3.1. */
export async function registerOpenApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.1',
      info: {
        title: 'Rollcall',
        version,
        description: 'Keeps Microsoft Entra groups in step with collections of devices and users.',
      },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: document => {
      const described = jsonSchemaTransformObject(document);
      describeHeaders(described.paths ?? {});
      return described;
    },
  });
}

/** Serves the description, for machines at /api/openapi.json and for people at /api/docs. */
export function registerDocs(app: FastifyInstance, version: string): void {
  // Made when somebody first asks: it takes half as long as all else that a short command opens.
  let page: string | undefined;
  const hidden = { schema: { hide: true } };
  app.get('/api/openapi.json', hidden, async () => app.swagger());
  app.get('/api/docs', hidden, async (_request, reply) => {
    page ??= docsPage(version);
    return reply.type('text/html; charset=utf-8').send(page);
  });
  app.get('/api/docs/style.css', hidden, async (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(docsStyle),
  );
}
