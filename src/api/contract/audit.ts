import { z } from 'zod';
import { instant } from './common.ts';

/** Who did what, and how it ended. Secrets are struck out. */
export const auditEntry = z
  .object({
    id: z.number().int(),
    at: instant,
    actor: z.string().describe('The account, or the token; empty: nobody had signed in.'),
    address: z.string().describe('Where the request came from.'),
    action: z.string().describe('The name of the request, as in this description.'),
    object: z.string().describe('What it was done to: the address of the request.'),
    outcome: z
      .enum(['begun', 'done', 'refused', 'failed'])
      .describe('begun: it is under way, or the server ended under it.'),
    code: z.string().nullable().describe('Of the problem, where it was refused or failed.'),
    before: z.unknown().describe('What was changed, as it was.'),
    after: z.unknown().describe('And as it is now; of what is no change to a thing, what was asked.'),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.output<typeof auditEntry>;

export const auditFilter = {
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  actor: z.string().max(500).optional(),
  action: z.string().max(100).optional(),
  object: z.string().max(500).optional().describe('Text that the object contains'),
  outcome: auditEntry.shape.outcome.optional(),
};
