/** How a problem is to be told to the outside: the API makes an HTTP status of it, the command line an exit code. */
export const problemKinds = [
  /** The request is wrong as it stands: 400, exit 1. */
  'invalid',
  /** Nobody is signed in, or the token is wrong: 401. */
  'unauthenticated',
  /** Signed in, but not allowed: 403. */
  'forbidden',
  /** A named thing does not exist: 404. */
  'not-found',
  /** The state forbids it now (in use, already there, busy): 409. */
  'conflict',
  /** Held for approval: 409, exit 4. */
  'held',
  /** A party outside failed (Entra, the network): 502. */
  'upstream',
  /** This machine failed (disk full, store broken): 507 or 500. */
  'storage',
] as const;
/** One of `problemKinds`. */
export type ProblemKind = (typeof problemKinds)[number];

/**
 * An error that a person can act on: what happened, and what to do. Everything else that is thrown is a defect.
 * `code` is stable and in kebab-case or Microsoft's own (`AADSTS7000215`); `message` and `hint` are one plain line each.
 */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly code: string;
  readonly hint: string;

  constructor(kind: ProblemKind, code: string, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Problem';
    this.kind = kind;
    this.code = code;
    this.hint = hint;
  }
}

/** A problem as data: what is stored with a failed job or member and sent over HTTP. */
export interface ProblemData {
  kind: ProblemKind;
  code: string;
  message: string;
  hint: string;
}

/** The data of any thrown value; a defect is reported as `internal-error` with its message, never its stack. */
export function problemData(error: unknown): ProblemData {
  if (error instanceof Problem) {
    return { kind: error.kind, code: error.code, message: error.message, hint: error.hint };
  }
  return {
    kind: 'storage',
    code: 'internal-error',
    message: error instanceof Error ? error.message : String(error),
    hint: 'This is a defect in Rollcall. Please report it with the log of the server.',
  };
}

/** The thrown value that `problemData` was made from. */
export function problemFrom(data: ProblemData): Problem {
  return new Problem(data.kind, data.code, data.message, data.hint);
}
