import { z } from 'zod';
import { problem } from '../jobs/index.ts';
import { question } from '../questions.ts';
import { engineEvent } from './events.ts';
import { logLevels } from './log.ts';

/** What the worker is born with. */
export const workerStart = z.object({ dataDir: z.string(), engine: z.string() });
export type WorkerStart = z.output<typeof workerStart>;

/** What the server tells the worker. */
export const toWorker = z.discriminatedUnion('type', [
  z.object({ type: z.literal('wake') }),
  z.object({ type: z.literal('ask'), number: z.number(), question }),
  z.object({ type: z.literal('forget'), number: z.number() }),
  z.object({ type: z.literal('close') }),
]);
export type ToWorker = z.output<typeof toWorker>;

/** What the worker tells the server. */
export const fromWorker = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('failed'), problem }),
  z.object({ type: z.literal('event'), event: engineEvent }),
  z.object({ type: z.literal('answer'), number: z.number(), value: z.unknown() }),
  z.object({ type: z.literal('refusal'), number: z.number(), problem }),
  z.object({
    type: z.literal('log'),
    level: z.enum(logLevels),
    data: z.record(z.string(), z.unknown()),
    message: z.string(),
  }),
]);
export type FromWorker = z.output<typeof fromWorker>;
