import { z } from 'zod';
import { ref } from '../common.ts';
import * as jobs from '../jobs.ts';

// What many routes have in common.

export const byRef = z.object({ ref });
export const byNumber = z.object({ id: z.coerce.number<number | string>().int() });
export const byCollection = z.object({ collection: ref });
export const job = { status: 202, answer: jobs.job } as const;
export const nothing = { status: 204, answer: z.undefined() } as const;
