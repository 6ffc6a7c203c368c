import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { Problem } from '../../base/index.ts';
import { credentialInput } from './credential.ts';

const guid = z.guid('is not a GUID').transform(text => text.toLowerCase());

/** A tenant id is a GUID, or one of the tenant's domains. */
const tenantId = z
  .string()
  .trim()
  .regex(/^[0-9a-z][0-9a-z.-]*$/i, 'is neither a GUID nor a domain name')
  .transform(text => text.toLowerCase());

const ca = z.string().max(200_000).refine(isCertificates, 'is not a PEM file of certificates').nullable();

const switches = z.strictObject({
  groupSync: z.boolean(),
  discovery: z.boolean(),
  discoveryMinutes: z.number().int().min(1).max(10_080),
  fullDiscoveryDays: z.number().int().min(1).max(365),
  entraAuthenticationDisabled: z.boolean(),
  maxRemovals: z.number().int().min(0).max(1_000_000),
  maxRemovalPercent: z.number().int().min(0).max(100),
  quotaShare: z.number().int().min(1).max(100),
  allowRoleAssignable: z.boolean(),
  entraResources: z.boolean(),
  wholeReadDays: z.number().int().min(0).max(90),
});

const connection = z.strictObject({
  name: z.string().trim().min(1).max(200),
  tenantId,
  clientId: guid,
  cloud: z.enum(['public', 'usgov', 'usgov-dod', 'china', 'custom']).optional(),
  loginUrl: z.string().optional(),
  graphUrl: z.string().optional(),
  ca: ca.optional(),
  credential: credentialInput,
});

/** What `connectTenant` takes: the connection, and switches where they differ from the defaults. */
export const tenantInput = connection.extend(switches.partial().shape);
export type TenantInput = z.input<typeof tenantInput>;

/** What `updateTenant` takes: any part of it; a new credential replaces the old one. */
export const tenantChanges = connection.extend(switches.shape).partial();
export type TenantChanges = z.input<typeof tenantChanges>;

/** What people call the fields. */
const words: Record<string, string> = {
  '': 'tenant',
  name: 'name of the tenant',
  tenantId: 'tenant id',
  clientId: 'client id',
  loginUrl: 'login address',
  graphUrl: 'Graph address',
  ca: 'file of the certificate authority',
};

/** Parses input of a tenant. @throws Problem `invalid-tenant` naming the first thing that is wrong */
export function parseTenant<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  const what = issue?.message ?? 'unreadable';
  throw new Problem(
    'invalid',
    'invalid-tenant',
    `The ${words[field] ?? `tenant's ${field}`} ${what.startsWith('is ') ? what : `is wrong: ${what}`}.`,
    'What is expected stands beside the field in the console, and in: rollcall tenant connect --help.',
  );
}

function isCertificates(pem: string): boolean {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  try {
    return found?.every(text => new X509Certificate(text).raw.length > 0) ?? false;
  } catch {
    return false;
  }
}
