import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, problemData } from '../../base/index.ts';
import { stateBefore } from '../audit/before.ts';
import { difference, secretsGiven, whole, withoutSecrets } from '../audit/changes.ts';
import { beginEntry, type Ending, endEntry } from '../audit/log.ts';
import { whoIs } from '../auth/authenticate.ts';
import type { Identity } from '../auth/identity.ts';
import { type Route, type RouteName, routes } from '../contract/index.ts';
import type { Services } from '../services.ts';
import { createTurns, etagOf, requireMatch } from './etag.ts';
import { isChange, isChangeable, readerOf } from './thing.ts';
import type { Veil } from './veil.ts';

/** Answers a route with the parts of a request. */
export type Answer = (name: RouteName) => Promise<unknown>;

/** A request that is about to be answered. */
export interface Asking {
  name: RouteName;
  request: FastifyRequest;
  reply: FastifyReply;
  identity: Identity | undefined;
  answer: Answer;
  /** What of an answer whoever asks may see. */
  shown: Veil;
}

const inTurn = createTurns();

/**
 * Answers a request as all are answered: with the tag of what is shown, and a change only to the state that it was
 * meant for, written to the audit log before and after. The one place for both.
 */
export async function answered(services: Services, asking: Asking): Promise<unknown> {
  const { name, request, reply, answer } = asking;
  const reader = readerOf(name);
  if (!isChange(name)) {
    const result = await answer(name);
    if (reader === name && isChangeable(name)) tag(reply, await asking.shown(asShown(name, result)));
    return result;
  }
  const change = () => changed(services, asking, reader);
  return request.headers['if-match'] === undefined ? await change() : await inTurn(reader ?? name, change);
}

async function changed(services: Services, asking: Asking, reader: RouteName | undefined): Promise<unknown> {
  const { store, clock, log, changes } = services;
  const { name, request, reply, identity, answer } = asking;
  const state = async () =>
    reader ? asShown(reader, await answer(reader).catch(() => undefined)) : undefined;
  const before = reader ? await state() : await stateBefore(name, request.body, services, answer);
  if (request.headers['if-match'] !== undefined) requireMatch(request, await asking.shown(before));
  if (name === 'signOut') return await signingOut(services, asking);
  if (routes[name].role === 'anyone') return await signingIn(services, asking);
  const intent = { identity, address: request.ip, action: name, object: objectOf(request) };
  const entry = await beginEntry(store, intent, clock);
  const end = (ending: Ending) =>
    endEntry(store, entry, ending, clock).catch(error =>
      // The change has been made, or has not: the entry tells at least that it was begun.
      log.error({ entry, problem: problemData(error) }, 'the end of a change is not in the audit log'),
    );
  try {
    const result = await answer(name);
    const after = reader ? await state() : undefined;
    if (reader) tag(reply, await asking.shown(after));
    await end({ outcome: 'done', code: null, ...told(name, request, { before, after, result }) });
    changes.emit(routes[name].path.split('/')[1] ?? '');
    return result;
  } catch (error) {
    const { code } = problemData(error);
    // What failed may have been done in part.
    const made = difference(before, reader ? await state() : before);
    const isMade = Object.keys({ ...asObject(made.before), ...asObject(made.after) }).length > 0;
    const [was, is] = isMade ? [made.before, { asked: askedOf(name, request), ...asObject(made.after) }] : [];
    await end({ outcome: outcomeOf(error), code, before: was ?? null, after: is ?? askedOf(name, request) });
    throw error;
  }
}

/** Writes down who has signed out; whoever was not signed in has changed nothing. */
async function signingOut(services: Services, { name, request, answer }: Asking): Promise<unknown> {
  const identity = await whoIs(services, request);
  const result = await answer(name);
  if (!identity) return result;
  const intent = { identity, address: request.ip, action: name, object: objectOf(request) };
  const ending = { outcome: 'done', code: null, before: { signedIn: identity.name }, after: null } as const;
  await endEntry(
    services.store,
    await beginEntry(services.store, intent, services.clock),
    ending,
    services.clock,
  );
  return result;
}

/**
 * Whoever signs in is not known before, and may be anybody: it is written down afterwards, and not at all once an
 * address has failed too often, so that nobody fills the log.
 */
async function signingIn({ store, clock }: Services, { name, request, answer }: Asking): Promise<unknown> {
  const note = async (ending: Ending) => {
    const intent = { identity: undefined, address: request.ip, action: name, object: objectOf(request) };
    await endEntry(store, await beginEntry(store, intent, clock), ending, clock);
  };
  try {
    const result = await answer(name);
    const states = { before: undefined, after: undefined, result };
    await note({ outcome: 'done', code: null, ...told(name, request, states) });
    return result;
  } catch (error) {
    const { code } = problemData(error);
    if (!code.startsWith('too-many-')) {
      await note({ outcome: outcomeOf(error), code, before: null, after: askedOf(name, request) });
    }
    throw error;
  }
}

/** Writes down what somebody was not allowed to do. */
export async function noteRefusal(
  { store, clock }: Services,
  name: RouteName,
  request: FastifyRequest,
  identity: Identity,
  error: unknown,
): Promise<void> {
  if (!isChange(name)) return;
  const intent = { identity, address: request.ip, action: name, object: objectOf(request) };
  const entry = await beginEntry(store, intent, clock);
  const { code } = problemData(error);
  await endEntry(store, entry, { outcome: 'refused', code, before: null, after: null }, clock);
}

interface States {
  before: unknown;
  after: unknown;
  result: unknown;
}

/** What was there and what is there now; of what can not be read that way, what was asked and what came of it. */
function told(
  name: RouteName,
  request: FastifyRequest,
  { before, after, result }: States,
): Pick<Ending, 'before' | 'after'> {
  const { method, status, role }: Route = routes[name];
  const asked = askedOf(name, request);
  // Who signs in is not known before.
  if (role === 'anyone') return { before: null, after: { ...asObject(asked), as: nameOf(result) } };
  if (status === 202) return { before: whole(before), after: { asked, job: asObject(result).id } };
  if (before === undefined && after === undefined) {
    return { before: null, after: status === 201 ? withoutSecrets(result) : (asked ?? whole(result)) };
  }
  // What has gone is told whole, with what else went with it.
  if (method === 'DELETE' && after === undefined) return { before: whole(before), after: whole(result) };
  const change = difference(before, after);
  const now = { ...asObject(change.after), ...secretsGiven(request.body) };
  // What is done to a thing, such as the refusal of a plan, is understood with the thing.
  return { before: method === 'POST' && status === 200 ? whole(before) : change.before, after: now };
}

/** What a route shows: what it answers without what its schema does not have. */
function asShown(name: RouteName, answer: unknown): unknown {
  const route: Route = routes[name];
  return answer === undefined ? undefined : route.answer.parse(answer);
}

/** What was asked for, without secrets; of a body that is read as it comes, what stands in the address. */
function askedOf(name: RouteName, { body, query }: FastifyRequest): unknown {
  const route: Route = routes[name];
  return withoutSecrets(route.body === 'stream' ? query : body);
}

function asObject(value: unknown): { id?: unknown } {
  return value !== null && typeof value === 'object' ? value : {};
}

function nameOf(result: unknown): unknown {
  return result !== null && typeof result === 'object' && 'name' in result ? result.name : null;
}

function outcomeOf(error: unknown): Ending['outcome'] {
  const isOurs = error instanceof Problem && error.kind !== 'upstream' && error.kind !== 'storage';
  return isOurs ? 'refused' : 'failed';
}

function objectOf(request: FastifyRequest): string {
  return readable(request.url.replace(/^\/api\/v1/, ''))
    .replaceAll(/\p{Cc}/gu, ' ')
    .slice(0, 1_000);
}

/** An address with its escapes resolved; as it came where they are broken, which a query may be. */
function readable(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

function tag(reply: FastifyReply, state: unknown): void {
  const etag = etagOf(state);
  if (etag !== undefined) reply.header('etag', etag);
}
