import type { Generated } from 'kysely';
import type { Flag } from './flag.ts';
import type { ResourceType } from './inventory.ts';

/** Collections, their rules and their members. */
export interface CollectionTables {
  collection: CollectionTable;
  collection_rule: CollectionRuleTable;
  membership: MembershipTable;
  membership_change: MembershipChangeTable;
}

export interface CollectionTable {
  num: Generated<number>;
  /** Site code and five hex digits, or SMS00001 and the like. */
  id: string;
  name: string;
  name_key: string;
  type: ResourceType;
  limiting_num: number | null;
  built_in: Flag;
  incremental: Flag;
  /** Cron, or null: no scheduled evaluation. */
  schedule: string | null;
  comment: string | null;
  member_count: number;
  /** How many changes of its rules no evaluation has seen yet; above 0 only a full one will do. */
  stale: number;
  evaluated_at: string | null;
  fully_evaluated_at: string | null;
  evaluation_ms: number | null;
  last_joined: number;
  last_left: number;
  membership_changed_at: string | null;
  /** The last failure in evaluating it, as a sentence; null when the last evaluation succeeded. */
  error: string | null;
  created_at: string;
}

export type RuleKind = 'direct' | 'query' | 'include' | 'exclude';

export interface CollectionRuleTable {
  id: Generated<number>;
  collection_num: number;
  kind: RuleKind;
  name: string;
  name_key: string;
  query: string | null;
  resource_id: number | null;
  other_num: number | null;
}

export interface MembershipTable {
  collection_num: number;
  resource_id: number;
}

/** Who joined (1) or left (-1) a collection: the feed of cloud sync and the history of the collection. */
export interface MembershipChangeTable {
  seq: Generated<number>;
  collection_num: number;
  resource_id: number;
  change: 1 | -1;
  at: string;
}
