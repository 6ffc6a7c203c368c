import { z } from 'zod';
import { flag, instant, ref } from './common.ts';
import { storedProblem } from './problem.ts';

const cloud = z.enum(['public', 'usgov', 'usgov-dod', 'china', 'custom']);

const switches = {
  groupSync: z.boolean().describe('Enable Azure Directory Group Sync. Off: the mappings are Disabled.'),
  discovery: z.boolean(),
  discoveryMinutes: z.number().int().min(1).max(10_080),
  fullDiscoveryDays: z.number().int().min(1).max(365),
  entraAuthenticationDisabled: z.boolean(),
  maxRemovals: z.number().int().min(0).max(1_000_000),
  maxRemovalPercent: z.number().int().min(0).max(100),
  quotaShare: z.number().int().min(1).max(100).describe("Percent of Graph's write quota that Rollcall uses."),
  allowRoleAssignable: z.boolean(),
  entraResources: z
    .boolean()
    .describe('Devices and users that no other source has become resources of the inventory.'),
  wholeReadDays: z
    .number()
    .int()
    .min(0)
    .max(90)
    .describe(
      'Days after which a full run reads a large group whole, instead of by its changes; 0: each does.',
    ),
};

/** Something that an administrator should look at. */
export const warning = z.object({
  level: z.enum(['warning', 'error']),
  code: z.string(),
  message: z.string(),
  hint: z.string(),
});
export type Warning = z.output<typeof warning>;

/** A connected tenant (cloud service). Secrets never leave the server. */
export const tenant = z
  .object({
    id: z.number().int(),
    name: z.string(),
    tenantId: z.string(),
    clientId: z.string(),
    cloud,
    loginUrl: z.string(),
    graphUrl: z.string(),
    credentialKind: z.enum(['client-secret', 'certificate', 'managed-identity', 'federated-token-file']),
    ...switches,
    credentialExpiresAt: instant
      .nullable()
      .describe('When the secret or certificate ends, where it is known.'),
    credentialExpirySource: z
      .enum(['certificate', 'app-registration', 'never', 'unknown'])
      .describe('Where that is known from; never: it has no end; unknown: not read yet, or not permitted.'),
    warnings: z.array(warning).describe('What an administrator should look at, without asking Entra.'),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Tenant' });
export type Tenant = z.output<typeof tenant>;

/** How the app registration proves itself. Paths are those of the server's machine. */
const credential = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('client-secret'), secret: z.string().min(1).max(10_000) }),
  z.object({
    kind: z.literal('certificate'),
    pem: z.string().max(100_000).optional().describe('Certificate and private key in PEM; or give pfx'),
    pfx: z.string().max(100_000).optional().describe('Certificate and private key as PFX in base64'),
    passphrase: z.string().max(10_000).optional(),
  }),
  z.object({ kind: z.literal('managed-identity'), systemAssigned: z.boolean().optional() }),
  z.object({ kind: z.literal('federated-token-file'), path: z.string().min(1).max(4_096) }),
]);
export type Credential = z.output<typeof credential>;

export const connectTenant = z.object({
  name: z.string().min(1).max(256),
  tenantId: z.string().min(1).max(256),
  clientId: z.string().min(1).max(256),
  credential,
  cloud: cloud.optional(),
  loginUrl: z.string().max(2_000).optional(),
  graphUrl: z.string().max(2_000).optional(),
  ca: z.string().max(1_000_000).optional().describe('PEM of an extra certificate authority'),
});

export const updateTenant = z
  .object({
    ...switches,
    name: ref,
    credential,
    ca: z.string().max(1_000_000).nullable(),
    tenantId: z.string().min(1).max(256).describe('Only while no collection is mapped to a group there.'),
    clientId: z.string().min(1).max(256),
    cloud,
    loginUrl: z.string().max(2_000),
    graphUrl: z.string().max(2_000),
  })
  .partial();

/** One prerequisite of synchronization, looked at without changing anything. */
export const tenantCheck = z.object({
  name: z.string(),
  outcome: z.enum(['pass', 'warn', 'fail']),
  seen: z.string(),
  hint: z.string().nullable(),
});
export type TenantCheck = z.output<typeof tenantCheck>;

/** Where the discovery of one kind of object in one tenant stands. */
export const discoveryState = z.object({
  cloudServiceId: z.number().int(),
  tenant: z.string(),
  kind: z.enum(['device', 'user']),
  objectCount: z.number().int(),
  underWay: z.boolean(),
  lastFullTime: instant.nullable(),
  lastDeltaTime: instant.nullable(),
  heldRemovals: z.number().int(),
  error: z.string().nullable(),
});
export type DiscoveryState = z.output<typeof discoveryState>;

export const discover = z.object({
  tenant: ref.optional(),
  full: flag.default(false),
  approve: flag.default(false).describe('Believe losses that the guard holds.'),
});

/** An Entra group as a person chooses it. */
export const group = z
  .object({
    id: z.string(),
    displayName: z.string(),
    description: z.string().nullable(),
    kind: z.enum(['security', 'microsoft365', 'mail-enabled-security', 'distribution']),
    dynamic: z.boolean(),
    onPremises: z.boolean(),
    roleAssignable: z.boolean(),
    membersHidden: z.boolean().describe('The app may not see who is in it.'),
    cloudServiceId: z.number().int(),
    usable: z.boolean().describe('Whether a collection can be mapped to it.'),
    why: z.string().nullable().describe('Why it can not be a target.'),
  })
  .meta({ id: 'Group' });
export type Group = z.output<typeof group>;

/** A group with what only a question about it alone brings. */
export const groupDetail = group
  .extend({
    memberCount: z.number().int().describe('Direct members, as Entra counts them.'),
    owned: z.boolean().describe("The app's service principal is an owner."),
    writable: z.boolean().describe('The app may change the members: as an owner, or by permission.'),
  })
  .meta({ id: 'GroupDetail' });
export type GroupDetail = z.output<typeof groupDetail>;

export const createGroup = z.object({
  displayName: z.string().min(1).max(256),
  description: z.string().max(1_024).optional(),
  tenant: ref.optional(),
  signIn: z.string().min(1).max(100).optional().describe('A sign-in of yours: create it as that user.'),
});

const signInId = z.string().min(1).max(100);

export const groupQuery = {
  tenant: ref.optional(),
  startsWith: z.string().max(256).optional(),
  signIn: signInId.optional().describe('A sign-in of yours: search as that user, not as the app.'),
};

export const newEntraSignIn = z.object({ tenant: ref.optional() });

/**
 * A user's sign-in by device code, for searching and creating groups as that user. It belongs to whoever started it,
 * lives in memory only, and is forgotten within an hour.
 */
export const entraSignIn = z
  .object({
    id: signInId,
    cloudServiceId: z.number().int(),
    state: z.enum(['waiting', 'signed-in', 'failed']),
    userCode: z.string().describe('What the user types at the address.'),
    verificationUri: z.string(),
    message: z.string().describe("Microsoft's sentence with code and address."),
    expiresAt: instant.describe('Until when the code can be typed; once signed in, how long it serves.'),
    user: z.string().nullable().describe('User principal name, once signed in.'),
    problem: storedProblem.nullable(),
  })
  .meta({ id: 'EntraSignIn' });
export type EntraSignIn = z.output<typeof entraSignIn>;
