import type { CatalogueClass, CatalogueProperty } from '../catalogue.ts';
import type { CheckedQuery, Condition, Expression } from './checked.ts';
import { ownConditions, selects } from './walk.ts';

/** A stored property with its class. */
export interface FilteredProperty {
  class: CatalogueClass;
  property: CatalogueProperty;
}

/** The properties that a query looks for by value or by pattern: those whose index would spare it reading all rows. */
export function filteredProperties(query: CheckedQuery): FilteredProperty[] {
  const found = new Map<string, FilteredProperty>();
  for (const select of selects(query.select)) {
    for (const condition of ownConditions(select)) {
      for (const value of lookedFor(condition)) {
        if (value.kind !== 'property' || value.property.id === null) continue;
        found.set(`${value.class.table} ${value.property.id}`, value);
      }
    }
  }
  return [...found.values()].map(({ class: owner, property }) => ({ class: owner, property }));
}

function lookedFor(condition: Condition): Expression[] {
  switch (condition.kind) {
    case 'compare':
      return condition.operator === '<>' ? [] : [condition.left, condition.right];
    case 'like':
    case 'in':
    case 'in-select':
      return condition.negated ? [] : [condition.value];
    default:
      return [];
  }
}
