import type { ResourceType, RuleKind } from '../store/index.ts';

/** What a new collection is made of. */
export interface NewCollection {
  name: string;
  type: ResourceType;
  /** Id or name of the collection that limits it; All Systems or All Users when left out. */
  limitTo?: string | undefined;
  /** Whether changed resources are evaluated within minutes; true when left out. */
  incremental?: boolean | undefined;
  /** Cron expression of its full evaluation; null or left out: none. */
  schedule?: string | null | undefined;
  comment?: string | null | undefined;
}

/** What can be changed of a collection; what is left out stays. */
export type CollectionChange = Partial<Omit<NewCollection, 'type'>>;

/** A collection, told to the outside. Instants are ISO 8601 in UTC. */
export interface CollectionSummary {
  id: string;
  name: string;
  type: ResourceType;
  limitingCollectionId: string | null;
  limitingCollectionName: string | null;
  memberCount: number;
  builtIn: boolean;
  incremental: boolean;
  schedule: string | null;
  comment: string | null;
  /** Its rules have changed since it was evaluated. */
  evaluationPending: boolean;
  evaluatedAt: string | null;
  fullyEvaluatedAt: string | null;
  /** How long the last evaluation took, in milliseconds. */
  evaluationMs: number | null;
  /** How many joined and left in the last evaluation. */
  lastJoined: number;
  lastLeft: number;
  membershipChangedAt: string | null;
  /** Why the last evaluation failed, as a sentence; null when it did not. */
  error: string | null;
  createdAt: string;
}

/** A rule of a collection. What its name is: a direct rule bears its resource's, an include rule its collection's. */
export interface CollectionRule {
  id: number;
  kind: RuleKind;
  name: string;
  /** The text of a query rule. */
  query?: string;
  /** The resource of a direct rule. */
  resourceId?: number;
  /** The collection that is included or excluded. */
  collectionId?: string;
  collectionName?: string;
}

/** How one collection uses another. */
export interface Dependent {
  id: string;
  name: string;
  use: 'limiting' | 'include' | 'exclude' | 'query';
}

/** A collection with its rules and what depends on it. */
export interface CollectionDetail extends CollectionSummary {
  /** Its rules: query, include and exclude rules first, then direct ones up to the first 10,000. */
  rules: CollectionRule[];
  ruleCounts: Record<RuleKind, number>;
  dependents: Dependent[];
}

/** A rule to be added. */
export type NewRule =
  | { kind: 'direct' /** Names, external ids, UPNs or numbers of resources. */; resources: readonly string[] }
  | { kind: 'query'; wql: string; name?: string | undefined }
  | { kind: 'include' | 'exclude' /** Id or name. */; collection: string; name?: string | undefined };
