import { z } from 'zod';
import { flag, instant, resourceType } from './common.ts';

export const resourceSummary = z.object({
  id: z.number().int(),
  type: resourceType,
  name: z.string(),
  source: z.string(),
  externalId: z.string().nullable(),
  entraDeviceId: z.string().nullable(),
  entraUserId: z.string().nullable(),
  userPrincipalName: z.string().nullable(),
  onPremisesSid: z.string().nullable(),
  updatedAt: instant,
});
export type ResourceSummary = z.output<typeof resourceSummary>;

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const value = z.union([scalar, z.array(scalar)]);

export const resource = resourceSummary
  .extend({
    createdAt: instant,
    properties: z.record(z.string(), value),
    inventory: z.record(z.string(), z.array(z.record(z.string(), value))),
    identities: z
      .array(z.object({ cloudServiceId: z.number().int(), objectId: z.string() }))
      .describe('Which Entra object it is, per tenant; empty: Not in Entra.'),
  })
  .meta({ id: 'Resource' });
export type Resource = z.output<typeof resource>;

/** What came of an import; `held` removals wait for a run with `approve`. */
export const importResult = z.object({
  source: z.string(),
  total: z.number().int(),
  created: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  deleted: z.number().int(),
  rejected: z.number().int(),
  duplicates: z.number().int().describe('Lines that name a resource which an earlier line named'),
  held: z.number().int(),
  heldReason: z.string().nullable(),
  errors: z.array(z.object({ line: z.number().int(), message: z.string() })).describe('The first 100'),
});
export type ImportResult = z.output<typeof importResult>;

export const importQuery = z.object({
  format: z.enum(['ndjson', 'csv']).default('ndjson'),
  source: z
    .string()
    .min(1)
    .max(200)
    .refine(name => name.trim().toLowerCase() !== 'entra', 'is the name that discovery bears')
    .default('import'),
  complete: flag.default(false).describe('Remove what this source brought before and the file lacks.'),
  approve: flag.default(false).describe('Let removals through that the guard would hold.'),
});
