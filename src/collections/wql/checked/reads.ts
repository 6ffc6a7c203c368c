import { fold } from '../../../base/index.ts';
import type { CheckedQuery, CheckedSelect, Condition, Source } from './checked.ts';
import { conjuncts, holdingAlways, ownConditions, parts, selects, valuesOf } from './walk.ts';

type Reads = Pick<CheckedQuery, 'reads' | 'readsCollections' | 'readsAnyCollection' | 'dependsOnDate'>;

/** What a query's answer depends on, for incremental evaluation. */
export function whatItReads(query: CheckedSelect): Reads {
  const reads = new Set<string>();
  const collections = new Set<number>();
  let readsAnyCollection = false;
  let dependsOnDate = false;
  for (const select of selects(query)) {
    for (const condition of ownConditions(select)) {
      for (const value of valuesOf(condition).flatMap(found => [...parts(found)])) {
        if (value.kind === 'now') dependsOnDate = true;
        if (value.kind === 'property' || value.kind === 'looked-up') {
          reads.add(fold(`${value.class.name}.${value.property.name}`));
        }
        if (value.kind === 'membership' && value.column === 'name') reads.add('sms_r_system.name');
      }
    }
    const output = select.output.kind === 'convert' ? select.output.value : select.output;
    if (output.kind === 'property' || output.kind === 'looked-up') {
      reads.add(fold(`${output.class.name}.${output.property.name}`));
    }
    for (const source of select.sources) {
      if (source.rows.kind === 'membership') {
        const named = collectionsOf(source, select);
        if (named) for (const num of named) collections.add(num);
        else readsAnyCollection = true;
      } else if (source.rows.class.kind === 'inventory' && presenceMatters(source, select)) {
        reads.add(fold(`${source.rows.class.name}.*`));
      }
    }
  }
  return {
    reads: [...reads].sort(),
    readsCollections: [...collections].sort((a, b) => a - b),
    readsAnyCollection,
    dependsOnDate,
  };
}

/** The collections that a membership class is confined to, or undefined when it is not. */
function collectionsOf(source: Source, select: CheckedSelect): number[] | undefined {
  if (source.rows.kind !== 'membership') return undefined;
  if (source.rows.collection !== null) return [source.rows.collection];
  const confining = [...holdingAlways(select), ...conjuncts(source.on)].find(
    condition => condition.kind === 'in-collections' && condition.source === source,
  );
  return confining?.kind === 'in-collections' ? confining.collections : undefined;
}

/**
 * Whether a new or vanished row of a class can change the answer even when no property that the query reads differs
 * in it: not so when a condition can only hold where one of its properties has a value.
 */
function presenceMatters(source: Source, select: CheckedSelect): boolean {
  if (source.join !== 'inner' && source.join !== 'from') return true;
  return !holdingAlways(select).some(condition => needsValue(condition, source));
}

function needsValue(condition: Condition, source: Source): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.items.some(item => needsValue(item, source));
    case 'or':
      return condition.items.every(item => needsValue(item, source));
    // What is unknown stays unknown when negated.
    case 'not':
      return isPlain(condition.item) && needsValue(condition.item, source);
    case 'null':
      return condition.negated && readsProperty(condition, source);
    case 'in-select':
      return !condition.negated && readsProperty(condition, source);
    default:
      return readsProperty(condition, source);
  }
}

function isPlain(condition: Condition): boolean {
  return condition.kind === 'compare' || condition.kind === 'like' || condition.kind === 'in';
}

// Every function of WQL yields NULL for NULL, so a property anywhere in a value must have one.
function readsProperty(condition: Condition, source: Source): boolean {
  return valuesOf(condition)
    .flatMap(value => [...parts(value)])
    .some(part => part.kind === 'property' && part.source === source);
}
