import type { StoredValues } from '../inventory/index.ts';
import type { ResourceType } from '../store/index.ts';

/** SQL with `?` where its parameters go. */
export interface CompiledQuery {
  sql: string;
  parameters: readonly (string | number | null)[];
}

/** A condition of a query that can be asked of one resource by itself; as wql has it. */
export interface SingleCondition {
  text: string;
  line: number;
  column: number;
  /** The properties that it looks at. */
  properties: { class: string; property: string }[];
  /** SQL that yields one row with a column `met`: 1 where the condition holds. */
  compile(options: { now: Date; resourceId: number }): CompiledQuery;
}

/** A query rule made ready to run. */
export interface PreparedQuery {
  resourceType: ResourceType;
  /** What it reads: "class.property" in folded names; "class.*" where the presence of rows matters. */
  reads: ReadonlySet<string>;
  /** Collections named as SMS_CM_RES_COLL_<id> and the like. */
  readsCollections: readonly number[];
  /** It reads the members of collections that can not be told from its text. */
  readsAnyCollection: boolean;
  /** Its answer changes as time goes by. */
  dependsOnDate: boolean;
  /** Where it looks for values: what an index could spare it reading through. */
  looksIn: readonly StoredValues[];
  /** Whether a resource matches depends on that resource's own rows alone, so that it can be asked of some only. */
  local: boolean;
  /**
   * SQL that yields a column resource_id, each once.
   * @param now what GetDate() is
   * @param restrictedTo a table with a column resource_id: only those are asked about
   * @param until when to give up, in milliseconds since 1970: the statement fails with a problem then
   */
  compile(now: Date, restrictedTo?: string, until?: number): CompiledQuery;
  /** Its conditions one by one, to say why a resource is not found. */
  conditions(): SingleCondition[];
}

/** Why a query rule can not run. */
export interface QueryFailure {
  /** What is wrong and where, as a sentence for a person. */
  failure: string;
  /** What to do about it. */
  hint: string;
}

/** Makes query rules ready to run: the seam between evaluation and the WQL compiler. */
export interface QueryRules {
  /**
   * @param wql the text of the rule; asking again for the same text is cheap
   * @param type what the rule is to find
   * @param purpose 'rule' (when left out) asks for what ConfigMgr asks of a rule, ResourceID in the select list;
   *   'query' takes every sound query
   * @param among numbers of the collections that the query may name: others are to it as if they did not exist, and
   *   the rows of one resource must not decide about another; left out: all
   */
  prepare(
    wql: string,
    type: ResourceType,
    purpose?: 'rule' | 'query',
    among?: readonly number[],
  ): PreparedQuery | QueryFailure;
}
