import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { noSuchRoute, otherMethod, sendProblem } from './problems.ts';

const notBuilt = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Rollcall</title>
<h1>Rollcall</h1>
<p>The server runs, but its console has not been built. <a href="/api/docs">The API is described here.</a></p>
</html>
`;

/**
 * Serves the console at /. Its addresses are the console's own business, so a page that is no file is the console
 * too; what is under /api is never.
 * @param methodsAt tells which methods an address takes
 */
export async function registerConsole(
  app: FastifyInstance,
  methodsAt: (path: string) => string[],
): Promise<void> {
  const root = consoleFolder();
  if (root) await app.register(fastifyStatic, { root, wildcard: false, preCompressed: false });
  else
    app.get('/', { schema: { hide: true } }, async (_request, reply) =>
      reply.type('text/html; charset=utf-8').send(notBuilt),
    );
  app.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    if (root && wantsPage && !request.url.startsWith('/api/')) return reply.sendFile('index.html');
    const methods = methodsAt(request.url.split('?')[0] ?? '');
    if (methods.length === 0) return sendProblem(noSuchRoute(request), request, reply);
    return sendProblem(otherMethod(request, methods), request, reply.header('allow', methods.join(', ')));
  });
}

/** Where the console has been built: beside the sources, or two folders above the compiled server. */
function consoleFolder(): string | undefined {
  const candidates = ['../../../console/dist', '../../../../console/dist'];
  return candidates
    .map(path => join(import.meta.dirname, path))
    .find(path => existsSync(join(path, 'index.html')));
}
