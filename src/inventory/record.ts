import { z } from 'zod';

/** A value as JSON has it. */
export type Scalar = string | number | boolean;

/** One row of an inventory class: property name → value; null says the same as leaving it out. */
export type InventoryRow = Record<string, Scalar | null>;

/** The longest name of a resource, in UTF-16 units. */
export const maxNameLength = 256;
/** The longest key (externalId, entraDeviceId …), in UTF-16 units. */
export const maxKeyLength = 256;
/** The longest name of a class or property: what a ConfigMgr site allows. */
export const maxIdentifierLength = 128;

/** Names of classes and properties are identifiers, so that WQL can name them. */
export const identifierPattern = /^[\p{L}_][\p{L}\p{N}_]*$/u;

const key = z.string().max(maxKeyLength).nullable().optional();
const identifier = z
  .string()
  .max(maxIdentifierLength)
  .regex(identifierPattern)
  .refine(name => name !== '__proto__');
const scalar = z.union([z.string(), z.number(), z.boolean()]);

/**
 * One record of an import, the published contract of `resource import`. Keyed by externalId, else by type and name.
 * Named properties are set (null clears), named inventory classes replaced for this resource, the rest stays.
 * validate.ts says the same by hand for speed; a test holds the two together.
 */
export const resourceRecord = z.strictObject({
  type: z.enum(['device', 'user']),
  name: z
    .string()
    .max(maxNameLength)
    .refine(name => name.trim() !== ''),
  externalId: z
    .string()
    .max(maxKeyLength)
    .refine(text => text.trim() !== '')
    .optional(),
  entraDeviceId: key,
  entraUserId: key,
  userPrincipalName: key,
  onPremisesSid: key,
  properties: z.record(identifier, z.union([scalar, z.array(scalar), z.null()])).optional(),
  inventory: z.record(identifier, z.array(z.record(identifier, z.union([scalar, z.null()])))).optional(),
  deleted: z.boolean().optional(),
});

/** See `resourceRecord`. */
export type ResourceRecord = z.infer<typeof resourceRecord>;

/** What of a refused record still says which resource it means. */
export type RecordKey = Pick<ResourceRecord, 'type' | 'name' | 'externalId'>;
