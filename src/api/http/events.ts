import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { authenticate } from '../auth/authenticate.ts';
import { apiRoot, job, type ServerEvent } from '../contract/index.ts';
import type { Services } from '../services.ts';

const keepAliveMs = 15_000;

/**
 * GET /events: server-sent events of jobs and mappings as they move. A slow reader gets the latest state of each,
 * never a queue of old ones.
 */
export function registerEvents(app: FastifyInstance, services: Services): void {
  const open = new Set<() => void>();
  app.addHook('preClose', async () => {
    for (const end of open) end();
  });
  app.get(
    `${apiRoot}/events`,
    {
      schema: {
        operationId: 'events',
        summary: 'Progress of jobs and status of mappings, as server-sent events',
        description: 'Needs the role read-only. Event names: job, mappings.',
        tags: ['events'],
      },
      onRequest: async request => {
        await authenticate(services, request);
      },
    },
    (_request, reply) => {
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      const end = stream(raw, services);
      open.add(end);
      raw.once('close', () => open.delete(end));
    },
  );
}

/** @returns what ends the stream */
function stream(raw: ServerResponse, services: Services): () => void {
  const waiting = new Set<string>();
  const mappings = '';
  let isWriting = false;

  const unsubscribe = services.engine.subscribe(event => {
    waiting.add(event.type === 'mappings' ? mappings : event.id);
    if (!isWriting) write().catch(error => services.log.warn({ error: String(error) }, 'event not sent'));
  });
  const keepAlive = setInterval(() => raw.write(': still here\n\n'), keepAliveMs);
  const { promise: closed, resolve: close } = Promise.withResolvers<void>();
  raw.once('close', () => {
    close();
    unsubscribe();
    clearInterval(keepAlive);
  });
  raw.write('retry: 2000\n\n');

  async function write(): Promise<void> {
    isWriting = true;
    try {
      for (const id of waiting) {
        waiting.delete(id);
        const event: ServerEvent =
          id === mappings
            ? { type: 'mappings' }
            : { type: 'job', job: job.parse(await services.engine.job(id)) };
        if (raw.destroyed || raw.writableEnded) return;
        const text = `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
        if (!raw.write(text)) await Promise.race([once(raw, 'drain'), closed]);
      }
    } finally {
      isWriting = false;
    }
  }

  return () => raw.end();
}
