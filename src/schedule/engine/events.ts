import { z } from 'zod';
import { problem } from '../jobs/index.ts';

/**
 * What an engine tells whoever listens: a job has moved; a job has ended but the store could not keep that (a full
 * disk); the status of mappings may have changed.
 */
export const engineEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('job'), id: z.string() }),
  z.object({ type: z.literal('unsaved'), id: z.string(), problem }),
  z.object({ type: z.literal('mappings') }),
]);
export type EngineEvent = z.output<typeof engineEvent>;

/** Hands each event to all who listen. A listener that throws does not keep it from the others. */
export function createEvents() {
  const listeners = new Set<(event: EngineEvent) => void>();
  return {
    emit(event: EngineEvent): void {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch {
          // Whoever listens looks after its own errors.
        }
      }
    },
    /** @returns what ends the subscription */
    subscribe(listener: (event: EngineEvent) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
