import { z } from 'zod';
import { instant, ref, role } from './common.ts';

/** Long enough that it can't be guessed at the pace that the sign-in allows. */
const password = z.string().min(12, 'must have at least 12 characters').max(256);

/** A name without control characters, so that it can stand in a log or a header. */
const accountName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}+$/u, 'must not contain control characters');

/** The collections that somebody is limited to, with what is limited to them; null: no limit. */
const limitedTo = z.array(z.object({ id: z.string(), name: z.string() })).nullable();

/** Somebody who may sign in. */
export const account = z
  .object({
    id: z.number().int(),
    name: z.string(),
    kind: z.enum(['local', 'oidc']).describe('local: with a password; oidc: by the OpenID Connect provider.'),
    role,
    collections: limitedTo,
    disabled: z.boolean(),
    createdAt: instant,
    updatedAt: instant,
    lastSignInAt: instant.nullable(),
  })
  .meta({ id: 'Account' });
export type Account = z.output<typeof account>;

export const newAccount = z.object({
  name: accountName,
  kind: account.shape.kind.default('local'),
  password: password.optional().describe('Of a local account'),
  role,
  collections: z
    .array(ref)
    .max(1_000)
    .nullable()
    .default(null)
    .describe('Ids or names of the collections it is limited to; null: no limit.'),
});

export const updateAccount = z
  .object({
    name: accountName,
    password: password.describe('A new one; it ends all sessions of the account.'),
    role,
    collections: z.array(ref).max(1_000).nullable(),
    disabled: z.boolean(),
  })
  .partial();

/** Signing in with a password, or with a token. */
export const signIn = z.union([
  z.object({ name: z.string().min(1).max(200), password: z.string().min(1).max(1_000) }),
  z.object({ token: z.string().min(1).max(1_000) }),
]);

/** The first account, made by whoever has the token of the first start. */
export const setUp = z.object({ token: z.string().min(1).max(1_000), name: accountName, password });

export const changePassword = z.object({ current: z.string().min(1).max(1_000), password });

/** Which ways there are to sign in. Told to anyone. */
export const signInWays = z.object({
  setUpNeeded: z
    .boolean()
    .describe('There is no account yet: the token of the first start makes the first one.'),
  oidc: z
    .object({ name: z.string(), start: z.string().describe('Where the browser goes to sign in by it.') })
    .nullable(),
});
export type SignInWays = z.output<typeof signInWays>;

/** Who is signed in. */
export const session = z.object({
  name: z.string().describe('The name of the account or the token.'),
  role,
  version: z.string(),
  account: z
    .object({ id: z.number().int(), kind: account.shape.kind })
    .nullable()
    .describe('Null: signed in with a token that belongs to no account.'),
  collections: limitedTo,
  expiresAt: instant.nullable().describe('When the browser must sign in anew; null for a token.'),
});
export type Session = z.output<typeof session>;

/** A browser that is signed in. */
export const browserSession = z.object({
  id: z.number().int(),
  current: z.boolean(),
  createdAt: instant,
  lastSeenAt: instant,
  expiresAt: instant,
  address: z.string(),
  agent: z.string().describe('What the browser calls itself.'),
});
export type BrowserSession = z.output<typeof browserSession>;

/** A token that somebody or something signs in with. The token itself is shown once, when it is made. */
export const apiToken = z
  .object({
    id: z.number().int(),
    name: z.string(),
    account: z.string().nullable().describe('Whose it is; null: no account’s.'),
    role: role.describe('What it may do at most; never more than its account may.'),
    collections: limitedTo,
    createdAt: instant,
    lastUsedAt: instant.nullable(),
    expiresAt: instant.nullable(),
  })
  .meta({ id: 'Token' });
export type ApiToken = z.output<typeof apiToken>;

export const newToken = z.object({
  name: accountName,
  role: role.describe('Not above your own.'),
  days: z.number().int().min(1).max(3_650).optional().describe('Days until it expires; absent: never.'),
  collections: z.array(ref).max(1_000).nullable().default(null).describe('Within your own.'),
});

/** A new token; its text is in this answer alone. */
export const madeToken = apiToken.extend({ token: z.string() });
