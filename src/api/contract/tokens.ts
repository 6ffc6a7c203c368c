import { z } from 'zod';
import { instant, role } from './common.ts';

/** A token that somebody or something signs in with. The token itself is shown once, when it is made. */
export const apiToken = z
  .object({
    id: z.number().int(),
    name: z.string(),
    role,
    createdAt: instant,
    lastUsedAt: instant.nullable(),
    expiresAt: instant.nullable(),
  })
  .meta({ id: 'Token' });
export type ApiToken = z.output<typeof apiToken>;

export const newToken = z.object({
  name: z.string().trim().min(1).max(200),
  role,
  days: z.number().int().min(1).max(3_650).optional().describe('Days until it expires; absent: never.'),
});

/** A new token; its text is in this answer alone. */
export const madeToken = apiToken.extend({ token: z.string() });
