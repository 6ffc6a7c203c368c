import type { Catalogue, ResourceType } from '../catalogue.ts';
import type { CheckedQuery, CheckedSelect, Expression, Source } from '../checked/checked.ts';
import { ownRowsOnly } from '../checked/locality.ts';
import { whatItReads } from '../checked/reads.ts';
import { compileWql } from '../compile/compile.ts';
import { WqlError } from '../errors.ts';
import { parseWql } from '../parse/parser.ts';
import type { SelectItem, SelectTree } from '../parse/tree.ts';
import { checkCondition } from './check-conditions.ts';
import { CheckContext, type QueryContext } from './check-context.ts';
import { isResourceSource, Scope } from './scope.ts';

/**
 * Checks a query against the classes of the inventory.
 * @param text the query as written
 * @returns the query, ready to be compiled, or what is wrong with it (1 to 50 errors)
 */
export function checkWql(text: string, catalogue: Catalogue, query: QueryContext): CheckedQuery | WqlError[] {
  const parsed = parseWql(text);
  if (parsed instanceof WqlError) return [parsed];
  const context = new CheckContext(text, catalogue, query);
  try {
    const checked = context.attempt(() => checkQuery(parsed.tree, context), undefined);
    return checked && context.errors.length === 0 ? checked : context.errors;
  } catch (error) {
    // There were too many to go on.
    if (error instanceof WqlError) return context.errors;
    throw error;
  }
}

function checkQuery(tree: SelectTree, context: CheckContext): CheckedQuery {
  const scope = checkSources(tree, undefined, context);
  scope.implicitJoins = true;
  const selected = tree.items.flatMap(item => context.attempt(() => selectedSources(item, scope), []));
  const where = checkWhere(tree, scope, context);
  const output = resourceSource(tree, selected, scope, context);
  const resourceType = sourceType(output);
  dropOtherSides(output, scope.sources);
  const select: CheckedSelect = {
    sources: scope.sources,
    where,
    output: { kind: 'resource-id', source: output, type: 'number' },
  };
  const checked = {
    text: context.text,
    resourceType,
    select,
    ownRowsOnly: ownRowsOnly(select),
    ...whatItReads(select),
  };
  if (context.query.ownRowsOnly && !checked.ownRowsOnly) {
    throw context.error('The query lets the rows of one resource decide about another.', tree, {
      expected: 'every class joined by ResourceID, and ResourceID alone looked for in subselects',
    });
  }
  if (context.errors.length === 0) checkSize(checked, context);
  return checked;
}

/** A statement may have so many parameters: SQLite 32,766, PostgreSQL 65,535. */
const maxParameters = 32_000;

/** SQLite takes expressions 1000 deep; a pair of parentheses of ours is at most three of its levels. */
const maxNesting = 300;

/** How deep the parentheses of a statement go; no text of a query is in it. */
function nesting(sql: string): number {
  let depth = 0;
  let deepest = 0;
  for (const c of sql) {
    if (c === '(') deepest = Math.max(deepest, ++depth);
    if (c === ')') depth--;
  }
  return deepest;
}

function checkSize(query: CheckedQuery, context: CheckContext): void {
  const compiled = compileWql(query, { now: new Date(0), resourceIds: { table: 'changed' } });
  if (nesting(compiled.sql) > maxNesting) {
    throw context.error(
      'The query is nested too deep.',
      { start: 0, end: 0 },
      {
        advice: 'split it into several rules',
      },
    );
  }
  if (compiled.parameters.length > maxParameters) {
    throw context.error(
      'The query compares with more than 32,000 values.',
      { start: 0, end: 0 },
      {
        advice: 'put them into a list: in (…)',
      },
    );
  }
}

/** A row that lacks the resource itself never counts, so its side of an outer join need not be kept. */
function dropOtherSides(output: Source, sources: readonly Source[]): void {
  if (output !== sources[0]) return;
  for (const source of sources) {
    if (source.join === 'full') source.join = 'left';
    if (source.join === 'right') source.join = 'inner';
  }
}

function checkSources(tree: SelectTree, outer: Scope | undefined, context: CheckContext): Scope {
  const scope = new Scope(context, outer);
  scope.add(tree.from, 'from');
  for (const join of tree.joins) {
    const source = scope.add(join.source, join.kind);
    if (join.on) {
      source.on = checkCondition(join.on, scope, context, (inner, around) =>
        checkSubselect(inner, around, context),
      );
    }
  }
  return scope;
}

function checkWhere(tree: SelectTree, scope: Scope, context: CheckContext) {
  const where =
    tree.where &&
    checkCondition(tree.where, scope, context, (inner, around) => checkSubselect(inner, around, context));
  for (const name of tree.orderBy) context.attempt(() => scope.resolve(name), undefined);
  return where;
}

function checkSubselect(tree: SelectTree, outer: Scope, context: CheckContext): CheckedSelect {
  const scope = checkSources(tree, outer, context);
  scope.implicitJoins = true;
  const [item, ...more] = tree.items;
  if (!item || more.length > 0 || item.kind === 'star') {
    throw context.error('A subselect selects exactly one property.', more[0] ?? item ?? tree, {
      advice: 'select ResourceID',
    });
  }
  const output: Expression = scope.resolve(item);
  const where = checkWhere(tree, scope, context);
  return { sources: scope.sources, where, output };
}

/** The sources whose ResourceID an item of the select list brings; the item itself must exist. */
function selectedSources(item: SelectItem, scope: Scope): Source[] {
  if (item.kind === 'star') {
    return item.source === undefined ? [...scope.sources] : [scope.source(item.source, item)];
  }
  const value = scope.resolve(item);
  return value.kind === 'resource-id' ? [value.source] : [];
}

function resourceSource(
  tree: SelectTree,
  selected: readonly Source[],
  scope: Scope,
  context: CheckContext,
): Source {
  const { type, purpose = 'rule' } = context.query;
  const fits = (source: Source) => type === undefined || sourceType(source) === type;
  const resources = selected.filter(isResourceSource);
  const chosen = resources.find(fits);
  if (chosen) return chosen;
  const wanted = type === 'user' ? 'SMS_R_User' : 'SMS_R_System';
  if (purpose === 'rule' && resources.length === 0) {
    throw context.error(`The query must select ResourceID or * from ${wanted}.`, tree.items[0] ?? tree, {
      expected: `${wanted}.ResourceID`,
      advice: `add ${wanted}.ResourceID to the select list`,
    });
  }
  const others = [...resources, ...scope.sources.filter(isResourceSource), ...scope.sources];
  const other = others.find(fits);
  if (purpose === 'query' && other) return other;
  throw context.error(`A collection of ${type ?? 'device'}s must select from ${wanted}.`, tree.from, {
    expected: wanted,
  });
}

function sourceType(source: Source): ResourceType {
  return source.rows.kind === 'class' ? source.rows.class.resourceType : 'device';
}
