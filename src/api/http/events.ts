import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isFinished } from '../../schedule/index.ts';
import { authenticate, whoIs } from '../auth/authenticate.ts';
import { visibleTo } from '../auth/scopes.ts';
import { apiRoot, event, job, type ServerEvent } from '../contract/index.ts';
import type { Services } from '../services.ts';
import { answerOf, described } from './described.ts';
import { veilFor } from './veil.ts';

const keepAliveMs = 15_000;

/** Numbers of events are of one run of the server: after a restart nothing is known of what came before. */
const run = randomUUID();

/**
 * GET /events: server-sent events of what moves. A slow reader gets the latest state of each thing, never a queue of
 * old ones; who comes back after a break is told to read everything anew.
 */
export function registerEvents(app: FastifyInstance, services: Services): void {
  const open = new Set<() => void>();
  app.addHook('preClose', async () => {
    for (const end of open) end();
  });
  app.get(
    `${apiRoot}/events`,
    {
      schema: described(
        'events',
        'events',
        'What moves, as server-sent events',
        { 200: answerOf('text/event-stream', 'Each event bears its type as its name', event) },
        {
          description:
            'Needs the role read-only. Event names: job, mappings, overview, changed, resync, signed-out. With Last-Event-ID the stream begins with resync.',
        },
      ),
      onRequest: async request => {
        await authenticate(services, request);
      },
    },
    (request, reply) => {
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      const end = stream(raw, services, request);
      open.add(end);
      raw.once('close', () => open.delete(end));
    },
  );
}

/** @returns what ends the stream */
function stream(raw: ServerResponse, services: Services, request: FastifyRequest): () => void {
  // What is to be told, by what it is about: later news of the same takes the place of earlier.
  const waiting = new Map<string, () => Promise<ServerEvent[]>>();
  let isWriting = false;
  let number = 0;

  const tell = (about: string, news: () => Promise<ServerEvent[]>) => {
    waiting.set(about, news);
    if (!isWriting) write().catch(error => services.log.warn({ error: String(error) }, 'event not sent'));
  };
  const unsubscribers = [
    services.engine.subscribe(event => {
      if (event.type === 'mappings')
        tell('mappings', async () => [{ type: 'mappings' }, { type: 'overview' }]);
      else tell(`job ${event.id}`, () => ofJob(services, request, event.id));
    }),
    services.changes.subscribe(what => {
      tell(`changed ${what}`, async () => [{ type: 'changed', what }, { type: 'overview' }]);
    }),
  ];
  const keepAlive = setInterval(() => {
    raw.write(': still here\n\n');
    whoIs(services, request).then(
      identity => {
        if (!identity) raw.end('event: signed-out\ndata: {"type":"signed-out"}\n\n');
      },
      error => services.log.warn({ error: String(error) }, 'who reads events is not known'),
    );
  }, keepAliveMs);
  const { promise: closed, resolve: close } = Promise.withResolvers<void>();
  raw.once('close', () => {
    close();
    for (const unsubscribe of unsubscribers) unsubscribe();
    clearInterval(keepAlive);
  });
  // With a number from the first: who loses the connection before any event comes back with it, too.
  raw.write(`id: ${run}-0\nretry: 2000\n\n`);
  if (request.headers['last-event-id'] !== undefined) tell('resync', async () => [{ type: 'resync' }]);

  async function write(): Promise<void> {
    isWriting = true;
    try {
      for (const [about, news] of waiting) {
        waiting.delete(about);
        for (const event of await news()) {
          if (raw.destroyed || raw.writableEnded) return;
          number += 1;
          const text = `id: ${run}-${number}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
          if (!raw.write(text)) await Promise.race([once(raw, 'drain'), closed]);
        }
      }
    } finally {
      isWriting = false;
    }
  }

  return () => raw.end();
}

/**
 * News of a job: to who is limited to some collections, of their own jobs alone. A stream may live for hours, so who it
 * is and what may be seen is asked anew each time.
 */
async function ofJob(services: Services, request: FastifyRequest, id: string): Promise<ServerEvent[]> {
  const { engine, store } = services;
  const identity = await whoIs(services, request);
  if (!identity) return [];
  const found = await engine.job(id);
  const ended: ServerEvent[] = isFinished(found) ? [{ type: 'overview' }] : [];
  if (identity.limits.length > 0 && found.requestedBy !== identity.name) return ended;
  const over = veilFor(store, await visibleTo(store, identity));
  return [{ type: 'job', job: await over(job.parse(found)) }, ...ended];
}
