import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
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
  if (root)
    await app.register(fastifyStatic, {
      ...{ root, wildcard: false, preCompressed: true, globIgnore: ['**/*.br', '**/*.gz'] },
      cacheControl: false,
      setHeaders: (reply, path) =>
        void reply.header('cache-control', isNamedByContent(path) ? forever : anew),
    });
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

const forever = 'public, max-age=31536000, immutable';
const anew = 'no-cache';

/** Parts of the console bear a hash of what is in them in their name: another content has another address. */
const isNamedByContent = (path: string) => basename(dirname(path)) === 'assets';

/** Where the console has been built: beside the sources, or two folders above the compiled server. */
function consoleFolder(): string | undefined {
  const candidates = ['../../../console/dist', '../../../../console/dist'];
  return candidates
    .map(path => join(import.meta.dirname, path))
    .find(path => existsSync(join(path, 'index.html')));
}
