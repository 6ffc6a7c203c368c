import { z } from 'zod';

/** The kinds of `Problem` (base/problem.ts), from which status and exit code follow. */
const problemKind = z.enum([
  'invalid',
  'unauthenticated',
  'forbidden',
  'not-found',
  'conflict',
  'held',
  'upstream',
  'storage',
]);

/** A problem as it is kept with a job, a group or a member: what happened, and what to do. */
export const storedProblem = z.object({
  kind: problemKind,
  code: z.string(),
  message: z.string(),
  hint: z.string(),
});

/** The body of every answer that is not a success (RFC 9457, application/problem+json). */
export const httpProblem = z
  .object({
    type: z.string().describe('Always about:blank: the title is that of the HTTP status.'),
    title: z.string(),
    status: z.number().int(),
    kind: problemKind,
    code: z.string().describe("Stable name of the problem, or Microsoft's own code."),
    detail: z.string().describe('What happened, in one line.'),
    hint: z.string().describe('What to do about it, in one line.'),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe('What is wrong with which part of the request.'),
  })
  .meta({ id: 'Problem' });
export type HttpProblem = z.output<typeof httpProblem>;
