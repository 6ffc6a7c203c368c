import { z } from 'zod';
import type { WorkContext } from '../base/index.ts';
import { previewQuery, type QueryPreview } from '../collections/index.ts';
import type { Workshop } from './workshop.ts';

const resourceType = z.enum(['device', 'user']);

/** What may take seconds to find out, and changes nothing: asked of the engine, so that the server never waits. */
export const question = z.discriminatedUnion('type', [
  z.object({ type: z.literal('preview'), of: resourceType, wql: z.string(), limit: z.number() }),
]);
export type Question = z.output<typeof question>;

/** What each question is answered with. */
export interface Answers {
  preview: QueryPreview;
}

/** Answers questions in a workshop. @throws Problem as the rooms behind do */
export async function answer(
  shop: Workshop,
  asked: Question,
  work: WorkContext,
): Promise<Answers[keyof Answers]> {
  const { store, clock } = shop;
  switch (asked.type) {
    case 'preview': {
      const { of: type, wql, limit } = asked;
      return await previewQuery(store, { type, wql, limit }, clock);
    }
  }
}
