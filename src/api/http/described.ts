import { z } from 'zod';
import { httpProblem } from '../contract/index.ts';

// How the addresses beside the table of routes stand in the description of the API: they answer no JSON of ours, or are
// gone to by a browser itself.

const problem = {
  description: 'A problem',
  content: { 'application/problem+json': { schema: httpProblem } },
};

/** An answer in another format than JSON. */
export function answerOf(type: string, description: string, schema: z.ZodType = z.string()) {
  return { description, content: { [type]: { schema } } };
}

/** An answer that sends the browser on. */
export const elsewhere = z.undefined().describe('Where the browser is sent to stands in Location.');

/** The description of an address that is not in the table. */
export function described(
  operationId: string,
  tag: string,
  summary: string,
  response: Record<number, unknown>,
  { open = false, description = '' } = {},
) {
  return {
    operationId,
    summary,
    description: description || (open ? 'Needs no sign-in.' : 'Needs the role read-only.'),
    tags: [tag],
    ...(open ? { security: [] } : {}),
    response: { ...response, default: problem },
  };
}
