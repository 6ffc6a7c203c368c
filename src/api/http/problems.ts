import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { Problem, problemData } from '../../base/index.ts';
import type { HttpProblem } from '../contract/index.ts';

const statusOfKind = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  held: 409,
  upstream: 502,
  storage: 500,
} as const;

/** Where HTTP has a better word than that of the kind. */
const statusOfCode: Record<string, number> = {
  'disk-full': 507,
  'changed-meanwhile': 412,
  'method-not-allowed': 405,
  'too-many-attempts': 429,
  'too-many-sign-ins': 429,
};

/** Answers with a problem, and logs what is a defect of ours. */
export function sendProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  status?: number,
): FastifyReply {
  const told = httpProblemOf(error);
  const problem = status === undefined ? told : { ...told, status, title: STATUS_CODES[status] ?? 'Error' };
  if (problem.code === 'internal-error') request.log.error({ err: error }, 'defect in a request');
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="rollcall"');
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(problem);
}

/** Any thrown value as the body of an answer. A defect tells nothing of its inside. */
export function httpProblemOf(error: unknown): HttpProblem {
  if (error instanceof Problem) return described(statusOf(error), problemData(error));
  if (hasZodFastifySchemaValidationErrors(error)) return invalidRequest(error.validation);
  if (isRequestError(error)) {
    const status = error.statusCode ?? 400;
    return described(status, {
      kind: 'invalid',
      code: status === 413 ? 'request-too-large' : 'bad-request',
      message: sentence(error.message),
      hint: 'See /api/docs for what this request takes.',
    });
  }
  return described(500, {
    ...problemData(error),
    message: 'Something went wrong inside Rollcall.',
  });
}

/** The problem of a path that nothing answers. */
export function noSuchRoute(request: FastifyRequest): Problem {
  return new Problem(
    'not-found',
    'no-such-address',
    `There is nothing at ${request.method} ${request.url.split('?')[0]}.`,
    'See /api/docs for what there is.',
  );
}

/** The problem of an address that is there, for other methods. */
export function otherMethod(request: FastifyRequest, methods: readonly string[]): Problem {
  return new Problem(
    'invalid',
    'method-not-allowed',
    `${request.url.split('?')[0]} does not take ${request.method}.`,
    `It takes ${methods.join(', ')}; see /api/docs.`,
  );
}

function statusOf(problem: Problem): number {
  return statusOfCode[problem.code] ?? statusOfKind[problem.kind];
}

function described(status: number, data: ReturnType<typeof problemData>): HttpProblem {
  const { kind, code, message, hint } = data;
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    kind,
    code,
    detail: message,
    hint,
  };
}

interface Issue {
  instancePath: string;
  message?: string | undefined;
}

function invalidRequest(issues: readonly Issue[]): HttpProblem {
  const errors = issues.map(issue => ({
    path: issue.instancePath.replace(/^\//, '').replaceAll('/', '.'),
    message: issue.message ?? 'is wrong',
  }));
  const [first] = errors;
  const where = first?.path ? `${first.path}: ` : '';
  return {
    ...described(400, {
      kind: 'invalid',
      code: 'invalid-request',
      message: sentence(`The request is wrong: ${where}${first?.message ?? 'it can not be read'}`),
      hint: 'See /api/docs for what this request takes.',
    }),
    errors,
  };
}

function isRequestError(error: unknown): error is FastifyError {
  if (!(error instanceof Error) || !('statusCode' in error)) return false;
  return typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
