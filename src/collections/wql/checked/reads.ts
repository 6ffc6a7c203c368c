import { fold } from '../../../base/index.ts';
import type { CheckedQuery, CheckedSelect, Condition, Expression, Source } from './checked.ts';
import { conjuncts, holdingAlways, ownConditions, parts, selects, valuesOf } from './walk.ts';

type Reads = Pick<CheckedQuery, 'reads' | 'readsCollections' | 'readsAnyCollection' | 'dependsOnDate'>;

/** What a query's answer depends on, for incremental evaluation. */
export function whatItReads(query: CheckedSelect): Reads {
  const all = [...selects(query)];
  const values = all.flatMap(valuesIn);
  const sources = all.flatMap(select => select.sources.map(source => ({ source, select })));
  const confined = sources
    .filter(({ source }) => source.rows.kind === 'membership')
    .map(({ source, select }) => collectionsOf(source, select));
  const reads = new Set([
    ...values.flatMap(propertyRead),
    ...sources.flatMap(({ source, select }) => presenceRead(source, select)),
  ]);
  const collections = new Set(confined.flatMap(nums => nums ?? []));
  return {
    reads: [...reads].sort(),
    readsCollections: [...collections].sort((a, b) => a - b),
    readsAnyCollection: confined.includes(undefined),
    dependsOnDate: values.some(({ kind }) => kind === 'now'),
  };
}

/** Every value in a select's own conditions with the values that it is made of, and what the select gives. */
function valuesIn(select: CheckedSelect): Expression[] {
  const output = select.output.kind === 'convert' ? select.output.value : select.output;
  const own = [...ownConditions(select)].flatMap(condition => [...valuesOf(condition)]);
  return [...own.flatMap(value => [...parts(value)]), output];
}

/** The property that a value is read from, as `class.property`. */
function propertyRead(value: Expression): string[] {
  if (value.kind === 'property' || value.kind === 'looked-up') {
    return [fold(`${value.class.name}.${value.property.name}`)];
  }
  // The name of a member is that of its resource.
  return value.kind === 'membership' && value.column === 'name' ? ['sms_r_system.name'] : [];
}

/** `class.*` where it matters that a class has a row at all. */
function presenceRead(source: Source, select: CheckedSelect): string[] {
  if (source.rows.kind === 'membership' || source.rows.class.kind !== 'inventory') return [];
  return presenceMatters(source, select) ? [fold(`${source.rows.class.name}.*`)] : [];
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
