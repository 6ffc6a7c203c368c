import { z } from 'zod';
import { Problem } from '../../base/index.ts';
import type { ReadOptions, Transport } from './transport.ts';

/**
 * Reads a list page by page. Links to the next page are opaque: they are followed as they come.
 * @param first path of the first page
 * @param item the shape of an entry; entries that do not have it are a problem, for skipping them would lose members
 */
export async function* pages<T>(
  transport: Transport,
  first: string,
  item: z.ZodType<T>,
  options: ReadOptions & { what: string },
): AsyncIterable<T[]> {
  const shape = z.object({ value: z.array(item), '@odata.nextLink': z.string().nullish() });
  for (let target: string | null = first; target !== null; ) {
    const body: unknown = await transport.read(target, options.what, options);
    const page = parseAnswer(shape, body, options.what);
    yield page.value;
    target = page['@odata.nextLink'] ?? null;
  }
}

/** Reads an answer. @throws Problem `unexpected-answer` when it is not what Graph documents */
export function parseAnswer<T>(shape: z.ZodType<T>, body: unknown, what: string): T {
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Problem(
    'upstream',
    'unexpected-answer',
    `Microsoft Graph answered ${what} with something else than it documents: ${issue?.path.join('.') || 'body'} ${issue?.message ?? ''}.`,
    'Check the Graph URL of the tenant, and whether a proxy rewrites answers.',
  );
}
