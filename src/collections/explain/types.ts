import type { ResourceDetail } from '../../inventory/index.ts';
import type { RuleKind, Store } from '../../store/index.ts';
import type { QueryRules } from '../queries.ts';
import type { FoundValue } from './values.ts';

/** Another collection that decides about a resource, with the reason why it is in there or not. */
export interface Decider {
  id: string;
  name: string;
  /** Whether the resource is a member of it, as last evaluated. */
  member: boolean;
  /** Why, where that is what keeps the resource out. */
  why?: MembershipExplanation;
}

/** Why a resource is a member of a collection, or why not. */
export interface MembershipExplanation {
  collection: { id: string; name: string };
  resource: { id: number; name: string };
  /** Whether it is a member, as last evaluated. */
  member: boolean;
  /** Whether the rules say so now, with the other collections as last evaluated. */
  belongs: boolean;
  /** The rules that could let it in; query rules with each condition. */
  rules: RuleExplanation[];
  /** Null for a built-in collection. */
  limiting: Decider | null;
  /** Excluded collections. */
  excluded: Decider[];
  /** All of it in a sentence or two. */
  summary: string;
}

/** A condition of a query, asked of one resource. */
export interface ConditionExplanation {
  /** As written in the query. */
  text: string;
  line: number;
  column: number;
  met: boolean;
  /** What the resource holds of the properties that the condition looks at. */
  found: FoundValue[];
}

/** What a rule says about a resource. */
export interface RuleExplanation {
  id: number;
  kind: Exclude<RuleKind, 'exclude'>;
  name: string;
  /** Of an include rule: the collection that it includes. */
  collectionId?: string;
  letsIn: boolean;
  /** Of a query rule: its conditions one by one. */
  conditions?: ConditionExplanation[];
  /** Why a query rule can not run. */
  error?: string;
}

/** What every step of an explanation needs. */
export interface ExplainContext {
  store: Store;
  queries: QueryRules;
  resource: ResourceDetail;
  now: Date;
}
