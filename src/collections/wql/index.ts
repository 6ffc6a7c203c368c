// WQL: text → tree → checked tree → SQL. Pure: classes, collections and the present come in as arguments.
export type {
  Catalogue,
  CatalogueClass,
  CatalogueProperty,
  PropertyType,
  ResourceType,
} from './catalogue.ts';
export { checkWql } from './check.ts';
export type { QueryContext } from './check-context.ts';
export type { CheckedQuery } from './checked.ts';
export { type CompiledQuery, type CompileOptions, compileWql } from './compile.ts';
export type { SqlDialect } from './dialect.ts';
export { WqlError } from './errors.ts';
export { conditionsOf, type QueryCondition } from './explain.ts';
export { type FilteredProperty, filteredProperties } from './filters.ts';
export { parseWql } from './parser.ts';
