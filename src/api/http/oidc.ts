import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Problem, problemData } from '../../base/index.ts';
import { beginEntry, endEntry } from '../audit/log.ts';
import { cookieHeader, cookieOf } from '../auth/cookies.ts';
import { identityOfAccount } from '../auth/identify.ts';
import type { Identity } from '../auth/identity.ts';
import { redirectPath } from '../contract/index.ts';
import { accountOf } from '../oidc/account.ts';
import { signInProblem } from '../oidc/claims.ts';
import type { Begun } from '../oidc/provider.ts';
import { Providers } from '../oidc/providers.ts';
import { oidcStart } from '../oidc/settings.ts';
import { signedIn } from '../routes/signed-in.ts';
import type { Services } from '../services.ts';
import { described, elsewhere } from './described.ts';

const cookieName = 'rollcall_sign_in';
const cookiePath = '/api/v1/sign-in/oidc';
const longestMs = 10 * 60_000;

const remembered = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  redirectUri: z.string(),
  until: z.number(),
});

/**
 * The way by an OpenID Connect provider and back. Both are addresses that the browser itself goes to, so what is wrong
 * leads to the console with a code, not to a page of JSON.
 */
export function registerOidc(app: FastifyInstance, services: Services): void {
  const providers = new Providers();
  app.addHook('onClose', () => providers.close());
  // Not in the log of requests: the address of the answer bears the code of the sign-in.
  const quiet = { logLevel: 'warn' } as const;
  const way = (operationId: string, summary: string) =>
    described(
      operationId,
      'sign-in',
      summary,
      { 303: elsewhere },
      { open: true, description: 'Gone to by the browser itself. A failed sign-in ends at /?sign-in=CODE.' },
    );
  const begin = way('startOidc', 'Begin the sign-in by a provider');
  const end = way('finishOidc', 'Where the provider sends the browser back to');
  app.get(oidcStart, { ...quiet, schema: begin }, (request, reply) =>
    orBack(services, reply, () => start(services, providers, request, reply)),
  );
  app.get(redirectPath, { ...quiet, schema: end }, (request, reply) =>
    orBack(services, reply, () => finish(services, providers, request, reply)),
  );
}

async function start(
  services: Services,
  providers: Providers,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { provider } = await providers.get(services);
  const { url, begun } = await provider.begin(`${request.protocol}://${request.host}`);
  return reply.header('set-cookie', remember(services, request, begun)).redirect(url.href, 303);
}

async function finish(
  services: Services,
  providers: Providers,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { store, clock } = services;
  services.attempts.beforeAnswer(request.ip);
  const begun = recall(services, request);
  // What was remembered is good for one answer.
  reply.header(
    'set-cookie',
    cookieHeader(request, cookieName, '', { path: cookiePath, age: 0, sameSite: 'Lax' }),
  );
  const { settings, provider } = await providers.get(services);
  const answer = new URL(request.url, begun.redirectUri);
  if (answer.searchParams.get('error') === 'access_denied') throw signInProblem('oidc-denied');
  const subject = await provider.finish(answer, begun);
  const account = await accountOf(store, settings, subject, clock);
  const identity = await identityOfAccount(store, account);
  if (!identity) throw signInProblem('oidc-disabled');
  await signedIn(services, reply, identity, { accountId: account.id });
  await note(services, request, identity, null);
  return reply.redirect('/', 303);
}

/** The browser keeps what was begun, sealed, so that nobody can make it up and the server need not remember it. */
function remember({ secrets, clock }: Services, request: FastifyRequest, begun: Begun): string {
  const sealed = secrets.seal(JSON.stringify({ ...begun, until: clock.now().getTime() + longestMs }));
  // Lax: the provider's page leads back here, which to the browser is another site.
  const options = { path: cookiePath, age: longestMs / 1_000, sameSite: 'Lax' } as const;
  return cookieHeader(request, cookieName, Buffer.from(sealed).toString('base64url'), options);
}

/** @throws Problem `oidc-expired` */
function recall({ secrets, clock }: Services, request: FastifyRequest): Begun {
  const cookie = cookieOf(request, cookieName);
  try {
    const sealed = Buffer.from(cookie ?? '', 'base64url').toString();
    const { until, ...begun } = remembered.parse(JSON.parse(secrets.open(sealed)));
    if (until > clock.now().getTime()) return begun;
  } catch {
    // Not one that we have given out.
  }
  throw signInProblem('oidc-expired');
}

/** Writes a sign-in into the audit log. The address is left out: it bears the code of the provider. */
async function note(
  { store, clock }: Services,
  request: FastifyRequest,
  identity: Identity | undefined,
  code: string | null,
): Promise<void> {
  const intent = { identity, address: request.ip, action: 'oidcSignIn', object: '/sign-in/oidc/callback' };
  const entry = await beginEntry(store, intent, clock);
  const after = identity ? { as: identity.name, role: identity.role } : null;
  await endEntry(
    store,
    entry,
    { outcome: code === null ? 'done' : 'refused', code, before: null, after },
    clock,
  );
}

async function orBack(
  services: Services,
  reply: FastifyReply,
  work: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Problem && error.code.startsWith('oidc-') ? error.code : 'oidc-failed';
    services.log.warn(
      { code, problem: problemData(error), reason: reasonOf(error) },
      'a sign-in by the provider failed',
    );
    const isTried = reply.request.routeOptions.url === redirectPath && code !== 'oidc-expired';
    if (isTried && !isTooMany(error)) {
      services.attempts.wrongAnswer(reply.request.ip);
      await note(services, reply.request, undefined, code);
    }
    return reply.redirect(`/?sign-in=${code}`, 303);
  }
}

function isTooMany(error: unknown): boolean {
  return error instanceof Problem && error.code === 'too-many-attempts';
}

/** The innermost reason, which libraries wrap in general words. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error) return reasonOf(cause);
  return error instanceof Error ? error.message : String(error);
}
