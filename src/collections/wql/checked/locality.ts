import type { CheckedSelect, Condition, Expression, Source } from './checked.ts';
import { holdingAlways, ownConditions, valuesOf } from './walk.ts';

/**
 * Whether a resource's own rows alone decide about it: every class, in the query and in its subselects, is tied to
 * the resource by ResourceID. Otherwise a change to one resource can let another in or out.
 */
export function ownRowsOnly(select: CheckedSelect): boolean {
  const root = select.output.kind === 'resource-id' ? select.output.source : undefined;
  return root !== undefined && tiedTo(root, select);
}

function tiedTo(root: Source, select: CheckedSelect): boolean {
  const tied = tiedSources(root, select);
  if (!select.sources.every(source => tied.has(source))) return false;
  const always = alwaysTied(root, select);
  for (const condition of ownConditions(select)) {
    if (condition.kind === 'in-select' && !ownSubselect(condition, always)) return false;
  }
  return true;
}

function ownSubselect(condition: Extract<Condition, { kind: 'in-select' }>, always: Set<Source>): boolean {
  const { value, select } = condition;
  // A resource's id looked for among ids of rows that are each tied to the resource they belong to. NULL on either
  // side would ask whether any resource is in the list at all.
  if (value.kind !== 'resource-id' || select.output.kind !== 'resource-id') return false;
  const wanted = select.output.source;
  return always.has(value.source) && isAlwaysThere(wanted, select) && tiedTo(wanted, select);
}

/** Whether a source has a row in every row of its select: no outer join leaves NULL in its place. */
function isAlwaysThere(source: Source, select: CheckedSelect): boolean {
  return source.join !== 'left' && select.sources.every(({ join }) => join !== 'right' && join !== 'full');
}

/** The sources that have a row of the resource wherever the resource itself has one. */
export function alwaysTied(root: Source, select: CheckedSelect): Set<Source> {
  const tied = [...tiedSources(root, select)].filter(source => isAlwaysThere(source, select));
  return new Set([root, ...tied]);
}

/** The sources whose ResourceID must equal that of the root, through any chain of equalities. */
export function tiedSources(root: Source, select: CheckedSelect): Set<Source> {
  const equalities = holdingAlways(select).flatMap(sameResource);
  for (const source of select.sources) {
    // A row of an outer join is either matched by ON, or there is none on that side.
    if (source.join !== 'inner' && source.join !== 'from' && source.on) {
      equalities.push(...outerEqualities(source));
    }
  }
  const tied = new Set([root]);
  for (let size = 0; size !== tied.size; ) {
    size = tied.size;
    for (const [a, b] of equalities) {
      if (tied.has(a)) tied.add(b);
      else if (tied.has(b)) tied.add(a);
    }
  }
  return tied;
}

function outerEqualities(source: Source): [Source, Source][] {
  const on = source.on;
  if (!on) return [];
  const items = on.kind === 'and' ? on.items : [on];
  return items.flatMap(sameResource).filter(([a, b]) => a === source || b === source);
}

function sameResource(condition: Condition): [Source, Source][] {
  if (condition.kind !== 'compare' || condition.operator !== '=') return [];
  const [a, b] = valuesOf(condition).map(resourceOf);
  return a && b && a !== b ? [[a, b]] : [];
}

function resourceOf(expression: Expression): Source | undefined {
  return expression.kind === 'resource-id' ? expression.source : undefined;
}
