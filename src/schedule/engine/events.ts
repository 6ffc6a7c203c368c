import { z } from 'zod';

/** What an engine tells whoever listens: a job has moved, or the status of mappings may have changed. */
export const engineEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('job'), id: z.string() }),
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
