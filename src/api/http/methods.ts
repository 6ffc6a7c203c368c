import type { FastifyInstance } from 'fastify';

/**
 * Notes the routes that are registered after this.
 * @returns what tells the methods that an address takes; none where nothing is
 */
export function registerMethods(app: FastifyInstance): (path: string) => string[] {
  const known: { methods: readonly string[]; path: RegExp }[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    const pattern = url
      .split('/')
      .map(part => (part.startsWith(':') ? '[^/]+' : part.replaceAll(/[^\w-]/g, '\\$&')));
    known.push({ methods: [method].flat(), path: new RegExp(`^${pattern.join('/')}$`) });
  });
  return path => [...new Set(known.flatMap(route => (route.path.test(path) ? route.methods : [])))];
}
