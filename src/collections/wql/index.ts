// WQL: text → tree → checked tree → SQL. Pure: classes, collections and the present come in as arguments.
export type {
  Catalogue,
  CatalogueClass,
  PropertyType,
  ResourceType,
} from './catalogue.ts';
export { checkWql } from './check/check.ts';
export type { QueryContext } from './check/check-context.ts';
export type { CheckedQuery } from './checked/checked.ts';
export { type FilteredProperty, filteredProperties } from './checked/filters.ts';
export { compileWql } from './compile/compile.ts';

export { conditionsOf } from './compile/explain.ts';
export { WqlError } from './errors.ts';
