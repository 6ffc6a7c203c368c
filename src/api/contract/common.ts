import { z } from 'zod';

/** Accepts a boolean in a query string (`true`, `false`, or the bare name) as well as in JSON. */
export const flag = z.preprocess((value: boolean | string) => {
  if (value === 'true' || value === '' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  return value;
}, z.boolean());

/** Accepts one value or several of the same name in a query string. */
export function severalOf<T extends z.ZodType<string, string>>(one: T) {
  return z.preprocess(
    (value: z.input<T> | readonly z.input<T>[]) => (typeof value === 'string' ? [value] : value),
    z.array(one).max(10_000),
  );
}

/** One text or several. */
export const several = severalOf(z.string().min(1));

/** How many rows a page holds at most: 1 to 10,000. */
const limit = z.coerce.number<number | string>().int().min(1).max(10_000);

/** The cursor that the page before ended with (`next`). It is opaque. */
const cursor = z.string().min(1).max(8_000);

/** Whole seconds, for waiting on something: 0 to 60. */
export const seconds = z.coerce.number<number | string>().int().min(0).max(60);

/** An id or a name, as people write it. */
export const ref = z.string().min(1).max(1_000);

/** An instant as ISO 8601 in UTC. */
export const instant = z.string();

export const resourceType = z.enum(['device', 'user']);
export type ResourceType = z.output<typeof resourceType>;

/** Query parameters of every list. */
export const paging = {
  after: cursor.optional(),
  limit: limit.default(100),
  format: z
    .enum(['json', 'csv', 'ndjson'])
    .optional()
    .describe(
      'csv, ndjson: all rows of the list as a file, whatever the limit (Accept: text/csv does it too).',
    ),
};

/** In which order a list is wanted. */
export function sortBy(...fields: readonly string[]) {
  return z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe(`Fields joined by commas, with a minus before for the other way round: ${fields.join(', ')}.`);
}

/** The same for a list that is sorted by one field only. */
export function oneSort(...fields: readonly string[]) {
  return z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe(`One field, with a minus before for the other way round: ${fields.join(', ')}.`);
}

/** Whether a list is to say how many rows all its pages have. */
export const total = flag.default(false).describe('Count all rows, in `total`.');

/** A page of a list: its rows, and the cursor of the next page or null on the last. */
export function page<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable(),
    total: z.number().int().optional().describe('How many there are on all pages, where asked for.'),
  });
}

export const roles = ['read-only', 'operator', 'full-administrator'] as const;
/** What a token may do: look; also run, approve and map; also change what is there. */
export const role = z.enum(roles);
export type Role = z.output<typeof role>;
