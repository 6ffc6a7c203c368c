import { z } from 'zod';
import { flag, instant, ref, resourceType } from './common.ts';

const use = z.enum(['limiting', 'include', 'exclude', 'query']);

export const collectionSummary = z
  .object({
    id: z.string(),
    name: z.string(),
    type: resourceType,
    limitingCollectionId: z.string().nullable(),
    limitingCollectionName: z.string().nullable(),
    builtIn: z.boolean(),
    incremental: z.boolean(),
    schedule: z.string().nullable(),
    comment: z.string().nullable(),
    memberCount: z.number().int(),
    evaluationPending: z.boolean().describe('Its rules have changed since it was evaluated.'),
    lastEvaluationTime: instant.nullable(),
    error: z.string().nullable().describe('Why its last evaluation failed.'),
  })
  .meta({ id: 'CollectionSummary' });
export type CollectionSummary = z.output<typeof collectionSummary>;

export const rule = z
  .object({
    id: z.number().int(),
    kind: z.enum(['direct', 'query', 'include', 'exclude']),
    name: z.string(),
    query: z.string().optional().describe('The WQL of a query rule'),
    resourceId: z.number().int().nullable().optional().describe('The resource of a direct rule'),
    collectionId: z.string().optional().describe('The collection of an include or exclude rule'),
    collectionName: z.string().optional(),
  })
  .meta({ id: 'Rule' });
export type Rule = z.output<typeof rule>;

export const collection = collectionSummary
  .extend({
    rules: z.array(rule),
    lastFullEvaluationTime: instant.nullable(),
    lastMembershipChangeTime: instant.nullable(),
    evaluationMs: z.number().nullable(),
    lastJoined: z.number().int(),
    lastLeft: z.number().int(),
    dependents: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        use: use.describe('How it uses this collection'),
      }),
    ),
  })
  .meta({ id: 'Collection' });
export type Collection = z.output<typeof collection>;

export const createCollection = z.object({
  name: z.string().trim().min(1).max(255),
  type: resourceType,
  limitTo: ref.optional(),
  incremental: z.boolean().optional(),
  schedule: z.string().max(200).nullable().optional(),
  comment: z.string().max(2_000).nullable().optional(),
});

export const updateCollection = createCollection.omit({ type: true }).partial();

export const newRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('direct'), resources: z.array(ref).min(1).max(10_000) }),
  z.object({ kind: z.literal('query'), wql: z.string().min(1).max(100_000), name: z.string().optional() }),
  z.object({ kind: z.literal('include'), collection: ref, name: z.string().optional() }),
  z.object({ kind: z.literal('exclude'), collection: ref, name: z.string().optional() }),
]);
export type NewRule = z.output<typeof newRule>;

/** What may be changed of a query rule. */
export const updateRule = z
  .object({ wql: z.string().min(1).max(100_000), name: z.string().trim().min(1).max(255) })
  .partial();

/** What a deletion took away. */
export const deletedCollections = z.object({
  deleted: z.array(z.object({ id: z.string(), name: z.string() })),
  rulesRemoved: z
    .array(z.object({ collectionId: z.string(), collectionName: z.string(), use }))
    .describe('Rules that were taken out of collections that stay'),
});

export const collectionMember = z.object({ name: z.string(), resourceId: z.number().int() });
export type CollectionMember = z.output<typeof collectionMember>;

export const preview = z.object({
  members: z.array(collectionMember),
  count: z.number().int(),
  truncated: z.boolean(),
  elapsedMs: z.number(),
  notes: z.array(z.string()).describe('What may make the answer other than it will be.'),
});
export type Preview = z.output<typeof preview>;

export const previewQuery = z.object({
  type: resourceType,
  query: z.string().min(1).max(100_000),
  limit: z.number().int().min(1).max(10_000).default(5_000),
});

const decider = z.object({
  id: z.string(),
  name: z.string(),
  member: z.boolean().describe('Whether the resource is a member of it, as last evaluated.'),
});

/** A condition of a query, asked of one resource. */
const condition = z.object({
  text: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  met: z.boolean(),
  found: z.array(
    z.object({
      class: z.string(),
      property: z.string(),
      values: z.array(z.union([z.string(), z.number(), z.boolean()])).describe('None: there is no value.'),
    }),
  ),
});

/** Somebody joined or left a collection. */
export const membershipEvent = z
  .object({
    at: instant,
    change: z.enum(['joined', 'left']),
    resourceId: z.number().int(),
    name: z.string().nullable().describe('Null when the resource has been deleted since.'),
  })
  .meta({ id: 'MembershipEvent' });
export type MembershipEvent = z.output<typeof membershipEvent>;

/** Why a resource is a member or not: each rule with what it says of the resource, and what limits or excludes. */
export const explanation = z.object({
  collectionId: z.string(),
  collectionName: z.string(),
  resourceId: z.number().int(),
  resourceName: z.string(),
  member: z.boolean().describe('As last evaluated.'),
  belongs: z.boolean().describe('Whether the rules say so now.'),
  summary: z.string(),
  limiting: decider.nullable(),
  excluded: z.array(decider),
  rules: z.array(
    z.object({
      id: z.number().int(),
      kind: rule.shape.kind,
      name: z.string(),
      collectionId: z.string().optional().describe('Of an include rule'),
      holds: z.boolean(),
      detail: z.string().nullable(),
      conditions: z.array(condition).optional().describe('Of a query rule'),
    }),
  ),
});
export type Explanation = z.output<typeof explanation>;

/** A mistake in a query, and where: lines and columns count from 1. */
const wqlError = z.object({
  message: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  found: z.string().optional(),
  expected: z.string().optional(),
  suggestion: z.string().optional(),
});

export const wqlCheck = z.object({
  ok: z.boolean(),
  resourceType: resourceType.nullable(),
  errors: z.array(wqlError),
  ruleErrors: z
    .array(wqlError)
    .describe(
      'Why a sound query can not be the rule of a collection, such as a select list without ResourceID.',
    ),
});
export type WqlCheck = z.output<typeof wqlCheck>;

/** A class that queries may name, with its properties. */
export const wqlClass = z.object({
  name: z.string(),
  resourceType,
  kind: z.enum(['resource', 'inventory']),
  filled: z.boolean().describe('Whether the inventory holds rows of it.'),
  properties: z.array(
    z.object({
      name: z.string(),
      type: z.enum(['string', 'integer', 'real', 'boolean', 'datetime']),
      isArray: z.boolean(),
    }),
  ),
});
export type WqlClass = z.output<typeof wqlClass>;

export const evaluate = z.object({
  collections: z.array(ref).max(10_000).optional(),
  full: flag.default(false),
  discover: flag.default(false).describe('First read from Entra what is due, as a run does.'),
});

export const evaluationResult = z.object({
  evaluated: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      joined: z.number().int(),
      left: z.number().int(),
      members: z.number().int(),
      ms: z.number(),
    }),
  ),
  errors: z.array(z.object({ id: z.string(), name: z.string(), message: z.string() })),
});
export type EvaluationResult = z.output<typeof evaluationResult>;
