import { z } from 'zod';
import type { WorkContext } from '../base/index.ts';
import {
  type Directories,
  type GroupPlan,
  planMapping,
  type ShownUndo,
  showUndo,
  type Verification,
  verifyMapping,
} from '../cloudsync/index.ts';
import {
  explainMembership,
  type MembershipExplanation,
  previewQuery,
  type QueryPreview,
} from '../collections/index.ts';
import type { EngineContext } from './engine-context.ts';
import { requireDiscovered } from './work/ready.ts';

const resourceType = z.enum(['device', 'user']);

/** What may take seconds to find out, and changes nothing: asked of the engine, so that the server never waits. */
export const question = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('preview'),
    of: resourceType,
    wql: z.string(),
    limit: z.number(),
    within: z.array(z.number()).optional(),
  }),
  z.object({ type: z.literal('explain'), collection: z.string(), resource: z.string() }),
  z.object({ type: z.literal('plan'), collection: z.string(), full: z.boolean() }),
  z.object({ type: z.literal('verify'), collection: z.string() }),
  z.object({
    type: z.literal('undo'),
    collection: z.string(),
    group: z.string().optional(),
    run: z.number().optional(),
  }),
]);
export type Question = z.output<typeof question>;

/** What each question is answered with. */
export interface Answers {
  preview: QueryPreview;
  explain: MembershipExplanation;
  plan: GroupPlan[];
  verify: Verification[];
  undo: ShownUndo;
}

/** Answers questions. @throws Problem as the rooms behind do */
export async function answer(
  context: EngineContext,
  asked: Question,
  work: WorkContext,
): Promise<Answers[keyof Answers]> {
  const { store, clock } = context;
  const directories: Directories = async (id, members = []) => {
    await requireDiscovered(store, id, members);
    return await context.directories.of(id);
  };
  switch (asked.type) {
    case 'preview': {
      const { of: type, wql, limit, within } = asked;
      return await previewQuery(store, { type, wql, limit, within }, clock);
    }
    case 'explain':
      return await explainMembership(store, asked.collection, asked.resource, clock);
    case 'plan':
      return await planMapping(store, directories, asked.collection, { full: asked.full }, work);
    case 'verify':
      return await verifyMapping(store, directories, asked.collection, work);
    case 'undo':
      return await showUndo(store, directories, asked, work);
  }
}
