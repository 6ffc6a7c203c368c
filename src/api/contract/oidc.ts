import { z } from 'zod';
import { role } from './common.ts';

/** Where the provider sends browsers back to, below the address of the server. */
export const redirectPath = '/api/v1/sign-in/oidc/callback';

const claim = z.string().trim().min(1).max(200);

/** What a value of the claim makes of who bears it. */
const roleRule = z.object({
  value: z.string().min(1).max(500).describe('An app role, a group id … as the claim has it.'),
  role,
});

const changeable = {
  name: z.string().trim().min(1).max(60).describe('What the button says: Sign in with …'),
  issuer: z
    .url({ protocol: /^https$/ })
    .max(2_000)
    .describe('Entra: https://login.microsoftonline.com/TENANT-ID/v2.0'),
  clientId: z.string().min(1).max(500),
  nameClaim: claim.describe('The claim that names the account'),
  roleClaim: claim.describe('The claim with roles or groups; a dot goes into objects.'),
  roles: z.array(roleRule).max(200).describe('The highest that fits counts, at every sign-in.'),
  defaultRole: role.nullable().describe('For who has none of these; null: is not let in.'),
  autoCreate: z.boolean().describe('Make an account for who signs in first. Off: an administrator does.'),
  scopes: z.string().max(500).describe('What is asked of the provider'),
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .nullable()
    .describe('Where browsers reach this server; null: as the request says.'),
};

/** Sign-in by an OpenID Connect provider. Its secret never leaves the server. */
export const oidcSettings = z
  .object({
    ...changeable,
    hasSecret: z.boolean(),
    hasCa: z.boolean(),
    redirectPath: z.string().describe('Register this at the provider, below the address of this server.'),
  })
  .meta({ id: 'OidcSettings' });
export type OidcSettings = z.output<typeof oidcSettings>;

/** What is left out stays; the first time, issuer and clientId are needed. */
export const updateOidc = z
  .object({
    ...changeable,
    clientSecret: z.string().min(1).max(10_000).nullable().describe('Null: a public client with PKCE alone.'),
    ca: z.string().max(1_000_000).nullable().describe('PEM of an extra certificate authority'),
  })
  .partial();

/** Why a sign-in by the provider failed: what the console tells of the code that stands in the address. */
export const signInProblems: Record<string, { message: string; hint: string }> = {
  'oidc-not-set': { message: 'No sign-in by a provider is set up.', hint: 'Sign in with a password.' },
  'oidc-expired': { message: 'The sign-in took too long, or was begun elsewhere.', hint: 'Begin again.' },
  'oidc-denied': { message: 'The provider did not let you in.', hint: 'Begin again, or ask who runs it.' },
  'oidc-failed': {
    message: 'The answer of the provider could not be used.',
    hint: 'An administrator finds the reason in the log of the server.',
  },
  'oidc-no-role': {
    message: 'The provider knows you, but you have no role here.',
    hint: 'Ask an administrator for a role or a group that is let in.',
  },
  'oidc-no-account': {
    message: 'There is no account for you here.',
    hint: 'Ask an administrator to make one with the name that the provider has for you.',
  },
  'oidc-disabled': { message: 'Your account is disabled.', hint: 'Ask an administrator.' },
  'oidc-too-many-groups': {
    message: 'You are in so many groups that Entra does not tell them.',
    hint: 'An administrator should use app roles, or have Entra send only the groups assigned to the application.',
  },
};
