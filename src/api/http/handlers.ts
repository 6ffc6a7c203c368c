import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { Identity } from '../auth/identity.ts';
import type { AnswerOf, Route, RouteName, routes } from '../contract/index.ts';
import type { Services } from '../services.ts';

/** What the handler of a route is given: the checked parts of the request, and who sent it. */
export interface Asked<R extends Route> {
  params: R extends { params: infer P extends z.ZodObject } ? z.output<P> : undefined;
  query: R extends { query: infer Q extends z.ZodObject } ? z.output<Q> : undefined;
  body: R extends { body: infer B } ? (B extends z.ZodType ? z.output<B> : Readable) : undefined;
  /** Absent only where anyone may ask. */
  identity: R['role'] extends 'anyone' ? Identity | undefined : Identity;
  /** The numbers of the collections that whoever asks may see; undefined: all. */
  visible: readonly number[] | undefined;
  /** Aborted when whoever asked has gone away. */
  signal: AbortSignal;
  reply: FastifyReply;
}

/** Answers a route; what it returns is checked against the route's schema. Throws a Problem where it can't. */
export type Handler<N extends RouteName> = (
  asked: Asked<(typeof routes)[N]>,
  services: Services,
) => Promise<AnswerOf<(typeof routes)[N]>>;

/** A handler for each route of the table. */
export type RouteHandlers = { [N in RouteName]: Handler<N> };
