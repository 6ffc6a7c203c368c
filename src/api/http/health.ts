import type { FastifyInstance } from 'fastify';
import { Problem, problemData } from '../../base/index.ts';
import type { Services } from '../services.ts';
import { sendProblem } from './problems.ts';

/** GET /healthz: the process answers. GET /readyz: it can also read its store. Neither needs a sign-in. */
export function registerHealth(app: FastifyInstance, services: Services): void {
  const hidden = { schema: { hide: true } };
  app.get('/healthz', hidden, async () => ({ status: 'ok' }));
  app.get('/readyz', hidden, async (request, reply) => {
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
