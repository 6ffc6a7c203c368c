import { z } from 'zod';
import * as accounts from '../accounts.ts';
import { page, paging, role, sortBy } from '../common.ts';
import * as oidc from '../oidc.ts';
import { type Route, route } from '../route.ts';
import { byNumber, byRef, nothing } from './parts.ts';

/** Signing in, accounts, sessions and tokens. */
export const accessRoutes = {
  getSignInWays: route('GET', '/sign-in', 'anyone', 'Which ways there are to sign in', {
    scope: 'none',
    answer: accounts.signInWays,
  }),
  getOidc: route('GET', '/sign-in/oidc', 'full-administrator', 'How people sign in by a provider', {
    scope: 'site',
    answer: oidc.oidcSettings,
  }),
  updateOidc: route('PATCH', '/sign-in/oidc', 'full-administrator', 'Set up the sign-in by a provider', {
    scope: 'site',
    body: oidc.updateOidc,
    answer: oidc.oidcSettings,
  }),
  removeOidc: route('DELETE', '/sign-in/oidc', 'full-administrator', 'End the sign-in by a provider', {
    scope: 'site',
    ...nothing,
  }),
  setUp: route('POST', '/setup', 'anyone', 'Make the first account with the token of the first start', {
    scope: 'none',
    body: accounts.setUp,
    status: 201,
    answer: accounts.session,
  }),
  getSession: route('GET', '/session', 'read-only', 'Who is signed in, with which role', {
    scope: 'none',
    answer: accounts.session,
  }),
  signIn: route('POST', '/session', 'anyone', 'Sign a browser in, with a password or a token', {
    scope: 'none',
    body: accounts.signIn,
    answer: accounts.session,
  }),
  signOut: route('DELETE', '/session', 'anyone', 'Sign a browser out', { scope: 'none', ...nothing }),
  changePassword: route('POST', '/session/password', 'read-only', "Change one's own password", {
    scope: 'none',
    body: accounts.changePassword,
    ...nothing,
  }),
  listSessions: route('GET', '/sessions', 'read-only', "One's own browsers that are signed in", {
    scope: 'none',
    answer: page(accounts.browserSession),
  }),
  endSessions: route('DELETE', '/sessions', 'read-only', 'Sign out everywhere', {
    scope: 'none',
    ...nothing,
  }),

  listAccounts: route('GET', '/accounts', 'full-administrator', 'List who may sign in', {
    scope: 'site',
    query: z.object({
      role: role.optional(),
      search: z.string().max(256).optional().describe('Text that the name contains'),
      sort: sortBy('name', 'role', 'kind', 'disabled', 'lastSignInAt'),
      ...paging,
    }),
    answer: page(accounts.account),
  }),
  createAccount: route('POST', '/accounts', 'full-administrator', 'Let somebody sign in', {
    scope: 'site',
    body: accounts.newAccount,
    status: 201,
    answer: accounts.account,
  }),
  getAccount: route('GET', '/accounts/:ref', 'full-administrator', 'Show an account', {
    scope: 'site',
    params: byRef,
    answer: accounts.account,
  }),
  updateAccount: route(
    'PATCH',
    '/accounts/:ref',
    'full-administrator',
    'Change role, collections or password of an account, or disable it',
    { scope: 'site', params: byRef, body: accounts.updateAccount, answer: accounts.account },
  ),
  deleteAccount: route('DELETE', '/accounts/:ref', 'full-administrator', 'Delete an account', {
    scope: 'site',
    params: byRef,
    ...nothing,
  }),

  listTokens: route(
    'GET',
    '/tokens',
    'read-only',
    "List one's own tokens, a full administrator all; their text is not kept",
    { scope: 'none', answer: page(accounts.apiToken) },
  ),
  createToken: route('POST', '/tokens', 'read-only', 'Make a token with a role', {
    scope: ['body.collections'],
    body: accounts.newToken,
    status: 201,
    answer: accounts.madeToken,
  }),
  getToken: route('GET', '/tokens/:id', 'read-only', 'Show a token', {
    scope: 'none',
    params: byNumber,
    answer: accounts.apiToken,
  }),
  revokeToken: route('DELETE', '/tokens/:id', 'read-only', 'Take a token back', {
    scope: 'none',
    params: byNumber,
    ...nothing,
  }),
} as const satisfies Record<string, Route>;
