import type { Span } from '../errors.ts';

// The tree of a query as it was written; names are not yet known to exist.

/** A select statement: the query itself or a subselect. */
export interface SelectTree extends Span {
  distinct: boolean;
  items: SelectItem[];
  from: SourceTree;
  joins: JoinTree[];
  where: ConditionTree | undefined;
  /** Checked, but without effect: a collection has no order. */
  orderBy: NameTree[];
}

/** One thing of a select list: `*`, `Class.*` or a property. */
export type SelectItem = (Span & { kind: 'star'; source: string | undefined }) | NameTree;

/** A class in FROM or JOIN, with its alias if it has one. */
export interface SourceTree extends Span {
  className: string;
  alias: string | undefined;
}

export type JoinKind = 'inner' | 'left' | 'right' | 'full';

export interface JoinTree {
  kind: JoinKind;
  source: SourceTree;
  /** Absent where classes are listed with commas: WHERE then says how they belong together. */
  on: ConditionTree | undefined;
}

/** The signs of comparison; != is read as <>. */
export type Comparison = '=' | '<>' | '<' | '>' | '<=' | '>=';

/** A condition. `and` and `or` hold all their branches flat. */
export type ConditionTree = Span &
  (
    | { kind: 'and' | 'or'; items: ConditionTree[] }
    | { kind: 'not'; item: ConditionTree }
    | { kind: 'compare'; operator: Comparison; left: ValueTree; right: ValueTree }
    | { kind: 'like'; negated: boolean; value: ValueTree; pattern: string; patternAt: Span }
    | { kind: 'in'; negated: boolean; value: ValueTree; list: LiteralTree[] }
    | { kind: 'in-select'; negated: boolean; value: ValueTree; select: SelectTree }
    | { kind: 'null'; negated: boolean; value: ValueTree }
  );

/** A constant. */
export type LiteralTree = Span &
  (
    | { kind: 'string'; value: string }
    | { kind: 'number'; value: number }
    | { kind: 'boolean'; value: boolean }
    | { kind: 'null' }
  );

/** `Property`, `Class.Property` or `alias.Property`. */
export interface NameTree extends Span {
  kind: 'name';
  source: string | undefined;
  property: string;
}

/** A function call; a date part written as a bare word is a name. */
export interface CallTree extends Span {
  kind: 'call';
  name: string;
  arguments: ValueTree[];
}

export type ValueTree = LiteralTree | NameTree | CallTree;
