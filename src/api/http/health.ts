import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Problem, problemData } from '../../base/index.ts';
import type { Services } from '../services.ts';
import { described } from './described.ts';
import { sendProblem } from './problems.ts';

/** GET /healthz: the process answers. GET /readyz: it can also read its store. Neither needs a sign-in. */
export function registerHealth(app: FastifyInstance, services: Services): void {
  const ok = { 200: z.object({ status: z.literal('ok') }) };
  const open = { open: true };
  const alive = described('healthz', 'health', 'Whether the process answers', ok, open);
  const ready = described('readyz', 'health', 'Whether it can read its store: else 503', ok, open);
  app.get('/healthz', { schema: alive }, async () => ({ status: 'ok' as const }));
  app.get('/readyz', { schema: ready }, async (request, reply) => {
    try {
      await services.store.db.selectFrom('setting').select('key').limit(1).execute();
      return { status: 'ok' };
    } catch (error) {
      services.log.error({ problem: problemData(error) }, 'the store can not be read');
      return sendProblem(notReady(), request, reply.header('retry-after', '5'), 503);
    }
  });
}

function notReady(): Problem {
  return new Problem(
    'storage',
    'not-ready',
    'The store can not be read.',
    'Look at the log of the server, its disk and its data folder.',
  );
}
