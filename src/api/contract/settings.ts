import { z } from 'zod';

/** What is set for the whole site. */
export const settings = z
  .object({
    historyDays: z
      .number()
      .int()
      .min(1)
      .max(3_650)
      .describe(
        'For how many days it is kept who joined and left collections, and what runs did to each member.',
      ),
    auditDays: z.number().int().min(31).max(3_650).describe('For how many days the audit log is kept.'),
  })
  .meta({ id: 'Settings' });
export type Settings = z.output<typeof settings>;
