import type { CatalogueClass, CatalogueProperty, ResourceType } from '../catalogue.ts';
import type { DatePart } from '../date-parts.ts';
import type { Span } from '../errors.ts';
import type { Comparison, JoinKind } from '../parse/tree.ts';

// The tree after checking: every name stands for something that exists, every comparison has two sides of one type.

/** A query that may be compiled and run. */
export interface CheckedQuery {
  /** The query as written. */
  text: string;
  /** What it finds. */
  resourceType: ResourceType;
  /**
   * What a change must touch to change the answer, in folded names: "class.property", and "class.*" where it
   * matters whether the class has rows at all, whatever they hold.
   */
  reads: string[];
  /** The collections (num) whose membership it reads. */
  readsCollections: number[];
  /** True when it reads the membership of collections that can not be told from its text. */
  readsAnyCollection: boolean;
  /** True when it reads the present instant: the answer can change without any change of data. */
  dependsOnDate: boolean;
  /**
   * True when a resource's own rows alone decide about it, so that after a change only the changed resources need
   * be looked at; false where the query compares resources with each other.
   */
  ownRowsOnly: boolean;
  select: CheckedSelect;
}

/** A select statement with its classes and what it yields. */
export interface CheckedSelect {
  /** The first is that of FROM; each other is joined to those before it. */
  sources: Source[];
  where: Condition | undefined;
  /** The value that a row yields: the resource id of the query itself, anything of a subselect. */
  output: Expression;
}

/** A class in a query, with how its rows come in. */
export interface Source {
  /** Unique in the whole query. */
  number: number;
  /** The alias, or the class as written. */
  name: string;
  /** The class, as the catalogue spells it. */
  className: string;
  rows: SourceRows;
  join: 'from' | JoinKind;
  on: Condition | undefined;
}

export type SourceRows =
  | { kind: 'class'; class: CatalogueClass }
  /** Members of one collection (num), or of all (null). */
  | { kind: 'membership'; collection: number | null };

/** What values are compared as. Numbers and booleans compare with each other. */
export type ValueType = 'string' | 'number' | 'boolean' | 'datetime';

export type Expression =
  | { kind: 'resource-id'; source: Source; type: 'number' }
  | { kind: 'property'; source: Source; class: CatalogueClass; property: CatalogueProperty; type: ValueType }
  /** A property of a membership row. */
  | { kind: 'membership'; source: Source; column: MembershipColumn; type: ValueType }
  /** A property of a membership row that another class holds for the same resource. */
  | {
      kind: 'looked-up';
      source: Source;
      class: CatalogueClass;
      property: CatalogueProperty;
      type: ValueType;
    }
  | { kind: 'literal'; type: ValueType; value: string | number | null }
  | { kind: 'now'; type: 'datetime' }
  | { kind: 'date-add'; part: DatePart; amount: Expression; date: Expression; type: 'datetime' }
  | { kind: 'date-diff'; part: DatePart; from: Expression; to: Expression; type: 'number' }
  | { kind: 'date-part'; part: DatePart; date: Expression; type: 'number' }
  | { kind: 'substring'; value: Expression; start: Expression; length: Expression; type: 'string' }
  | { kind: 'convert'; value: Expression; type: ValueType };

export type MembershipColumn = 'collectionid' | 'name' | 'resourcetype' | 'isdirect';

/** A condition; its truth is true, false or unknown, as in SQL. The span is that of its text. */
export type Condition = Span &
  (
    | { kind: 'and' | 'or'; items: Condition[] }
    | { kind: 'not'; item: Condition }
    | { kind: 'compare'; operator: Comparison; left: Expression; right: Expression }
    /** A number or date against text that is none: never equal, neither less nor greater. */
    | { kind: 'incomparable'; operator: Comparison; value: Expression }
    | { kind: 'like'; negated: boolean; value: Expression; pattern: string }
    | {
        kind: 'in';
        negated: boolean;
        value: Expression;
        list: (string | number)[];
        /** NULL is in the list: what is not found in it is unknown, not false. */
        withNull: boolean;
      }
    | { kind: 'in-select'; negated: boolean; value: Expression; select: CheckedSelect }
    | { kind: 'null'; negated: boolean; value: Expression }
    /** Membership in collections named by their id. */
    | { kind: 'in-collections'; source: Source; collections: number[] }
    | { kind: 'unknown' }
  );
