import { z } from 'zod';
import { Problem, type ProblemKind } from '../../base/index.ts';

/** An error that Graph answered with. */
export interface GraphFailure {
  status: number;
  /** Graph's code, or `http-<status>` where the body has none. */
  code: string;
  /** Graph's words. */
  message: string;
  /** What Microsoft's support asks for. */
  requestId: string | null;
}

// learn.microsoft.com/graph/errors; older services write innererror in one word.
const inner = z.object({ 'request-id': z.string() }).partial();
const errorBody = z.object({
  error: z.object({
    code: z.string(),
    message: z.string().nullish(),
    innerError: inner.nullish(),
    innererror: inner.nullish(),
  }),
});

/** Reads an error answer, whatever its body is. */
export function readFailure(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): GraphFailure {
  const parsed = errorBody.safeParse(body);
  const fromHeader = headers['request-id'] ?? null;
  if (!parsed.success) {
    return { status, code: `http-${status}`, message: `Graph answered ${status}.`, requestId: fromHeader };
  }
  const { error } = parsed.data;
  const fromBody = (error.innerError ?? error.innererror)?.['request-id'];
  return {
    status,
    code: error.code || `http-${status}`,
    message: error.message || `Graph answered ${status}.`,
    requestId: fromBody ?? fromHeader,
  };
}

const kinds: Record<number, ProblemKind> = {
  400: 'invalid',
  401: 'upstream',
  403: 'forbidden',
  404: 'not-found',
};

/** The problem that a failure is when it stops the work. `what` names what was tried: "reading the group". */
export function failureProblem(failure: GraphFailure, what: string): Problem {
  const { status, code, message, requestId } = failure;
  const isAway = status === 429 || status >= 500;
  const trace = requestId === null ? '' : ` (request ${requestId})`;
  return new Problem(
    kinds[status] ?? 'upstream',
    isAway ? 'graph-unavailable' : code,
    `Microsoft Graph ${isAway ? 'is not available for' : 'refused'} ${what}: ${message}${trace}`,
    hintFor(status),
  );
}

function hintFor(status: number): string {
  switch (status) {
    case 401:
      return 'Run "rollcall tenant check": the token was refused although it is new.';
    case 403:
      return 'The app lacks a permission or the ownership of the group; "rollcall tenant check" shows which.';
    case 404:
      return 'Check the id; the object may have been deleted.';
    case 429:
      return 'Graph is limiting this app; Rollcall goes on by itself when it may. Lower --quota-share to leave others room.';
    default:
      return status >= 500
        ? 'Rollcall tries again with the next run; if it goes on, look at the service health of Microsoft Graph.'
        : "Microsoft's words above say what is wrong; the request id helps its support.";
  }
}
