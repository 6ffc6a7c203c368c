import type { CheckedQuery, CheckedSelect, Condition, Source } from '../checked/checked.ts';
import { conjuncts, ownConditionsOf, parts, valuesOf } from '../checked/walk.ts';
import { lineAndColumn } from '../errors.ts';
import { type CompiledQuery, compileForResource } from './compile.ts';

/** One thing that must hold for a resource to be found: a condition of WHERE, or that a class has a row for it. */
export interface QueryCondition {
  /** 'join': the resource must have a row in the class; 'where': some row must meet the condition. */
  kind: 'join' | 'where';
  /** The condition as written in the query. */
  text: string;
  line: number;
  column: number;
  /** The properties it looks at; ResourceID is left out. */
  properties: { class: string; property: string }[];
  /**
   * Compiles it for one resource: the statement yields one row with a column `met`, 1 where the condition holds,
   * else 0 or NULL.
   */
  compile(options: { now: Date; resourceId: number }): CompiledQuery;
}

/**
 * The conditions of a query one by one, to say why a resource is not found. Each is asked of all rows of the
 * resource by itself; where all hold and the resource is still not found, no single row meets them together.
 */
export function conditionsOf(query: CheckedQuery): QueryCondition[] {
  const { select } = query;
  const joins = select.sources.flatMap(source => joinCondition(query, source));
  const wheres = conjuncts(select.where).map((condition): QueryCondition => {
    const narrowed = narrow(select, sourcesOf(condition));
    return {
      kind: 'where',
      ...place(query, condition.start, condition.end),
      properties: propertiesOf(condition),
      compile: ({ now, resourceId }) => compileForResource(narrowed, condition, resourceId, { now }),
    };
  });
  return [...joins, ...wheres];
}

function joinCondition(query: CheckedQuery, source: Source): QueryCondition[] {
  const { select } = query;
  if (source.join !== 'inner' || !source.on || source === resourceOf(select)) return [];
  const narrowed = narrow(select, [source]);
  return [
    {
      kind: 'join',
      ...place(query, source.on.start, source.on.end),
      properties: [],
      compile: ({ now, resourceId }) => compileForResource(narrowed, undefined, resourceId, { now }),
    },
  ];
}

function place(query: CheckedQuery, start: number, end: number) {
  return { text: query.text.slice(start, end), ...lineAndColumn(query.text, start) };
}

function resourceOf(select: CheckedSelect): Source | undefined {
  return select.output.kind === 'resource-id' ? select.output.source : undefined;
}

/** The select with only the classes that are needed to join these to the resource, and without WHERE. */
function narrow(select: CheckedSelect, wanted: readonly Source[]): CheckedSelect {
  const inner = select.sources.every(source => source.join === 'from' || source.join === 'inner');
  if (!inner) return { ...select, where: undefined };
  const root = resourceOf(select);
  const needed = new Set(root ? [root, ...wanted] : wanted);
  // A set gives what is added while it is read, too.
  for (const source of needed) {
    const conditions = source.on ? ownConditionsOf(source.on) : [];
    for (const condition of conditions) for (const other of sourcesOf(condition)) needed.add(other);
  }
  return { ...select, sources: select.sources.filter(source => needed.has(source)), where: undefined };
}

function sourcesOf(condition: Condition): Source[] {
  return [...ownConditionsOf(condition)].flatMap(part => {
    const own = part.kind === 'in-collections' ? [part.source] : [];
    const read = valuesOf(part).flatMap(value => [...parts(value)]);
    return [...own, ...read.flatMap(value => ('source' in value ? [value.source] : []))];
  });
}

function propertiesOf(condition: Condition): { class: string; property: string }[] {
  const found = new Map<string, { class: string; property: string }>();
  for (const part of ownConditionsOf(condition)) {
    for (const value of valuesOf(part).flatMap(item => [...parts(item)])) {
      if (value.kind !== 'property' && value.kind !== 'looked-up') continue;
      const entry = { class: value.class.name, property: value.property.name };
      found.set(`${entry.class}.${entry.property}`, entry);
    }
  }
  return [...found.values()];
}
