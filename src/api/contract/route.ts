import type { z } from 'zod';
import type { Role } from './common.ts';

/**
 * What a request has to do with collections, for who is limited to some of them:
 * - 'none': nothing
 * - 'site': it concerns the whole site and is refused to them
 * - 'seen': its handler shows and touches only what they may see
 * - 'mapping': `params.id` is a mapping, whose collection must be among theirs
 * - paths: the collections named there must be among theirs, as must be all else that its handler shows. A path that
 *   ends in `!` must name one: without a name the request would concern the whole site.
 */
export type Scope =
  | 'none'
  | 'site'
  | 'seen'
  | 'mapping'
  | readonly `${'params' | 'query' | 'body'}.${string}`[];

/** One request of the API: what it takes, what it answers, who may send it. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below /api/v1; `:name` stands for a value of `params`, percent-encoded. */
  readonly path: string;
  /** The least role that may send it; 'anyone' is for signing in and out. */
  readonly role: Role | 'anyone';
  readonly summary: string;
  readonly scope: Scope;
  /** Whether the built-in collection (All Systems, All Users) that all of the kind are limited to must be seen too. */
  readonly needsBuiltIn?: boolean;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** A schema of JSON, or 'stream' for a body that is read as it comes. */
  readonly body?: z.ZodType | 'stream';
  readonly status: number;
  readonly answer: z.ZodType;
}

/** Makes an entry of the table; the status is 200 unless given. */
export function route<
  const M extends Route['method'],
  const R extends Pick<Route, 'answer' | 'scope'> & Partial<Route>,
>(
  method: M,
  path: string,
  role: Route['role'],
  summary: string,
  rest: R,
): { method: M; path: string; role: Route['role']; summary: string; status: number } & R {
  return { method, path, role, summary, status: 200, ...rest };
}
/** What a client gives for a route: path parameters, query and body, as far as the route has them. */
export type RequestOf<R extends Route> = ParamsOf<R> & QueryOf<R> & BodyOf<R>;

/** What a route answers when all goes well. */
export type AnswerOf<R extends Route> = z.output<R['answer']>;

type ParamsOf<R extends Route> = R extends { params: infer P extends z.ZodObject }
  ? { params: z.input<P> }
  : { params?: undefined };

type QueryOf<R extends Route> = R extends { query: infer Q extends z.ZodObject }
  ? Record<never, unknown> extends z.input<Q>
    ? { query?: z.input<Q> }
    : { query: z.input<Q> }
  : { query?: undefined };

type BodyOf<R extends Route> = R extends { body: infer B }
  ? B extends z.ZodType
    ? { body: z.input<B> }
    : { body: AsyncIterable<Uint8Array> | string }
  : { body?: undefined };
