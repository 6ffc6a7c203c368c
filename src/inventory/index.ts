// Who exists: resources, inventory classes, the change feed, and which Entra object a resource is.

export type { ResourceType } from '../store/index.ts';
export { type Catalogue, type CatalogueClass, type CatalogueProperty, loadCatalogue } from './catalogue.ts';
export { changesSince, lastChange, pruneChanges, type ResourceChange } from './changes.ts';
export type { BookSnapshot } from './class-book.ts';
export { classTable, propertyColumn } from './class-table.ts';
export { deleteResources } from './delete.ts';
export {
  bringEntraResources,
  dropEntraResources,
  type EntraRecord,
  type EntraScope,
} from './entra-resources.ts';
export { entraSource } from './entra-twins.ts';
export { type IdentityScope, matchIdentities } from './identity.ts';
export { type ImportOptions, type ImportResult, importResources, type ResourceLines } from './import.ts';
export type { ImportLine, PreparedBlock } from './import-line.ts';
export { listResources, type ResourceQuery } from './list-resources.ts';
export { LinePreparer } from './prepare.ts';
export { linesOf } from './prepared.ts';
export { keepPropertyIndexes, type StoredValues } from './property-indexes.ts';
export {
  type InventoryRow,
  type RecordKey,
  type ResourceRecord,
  resourceRecord,
  type Scalar,
} from './record.ts';
export { firstResourceId } from './resource-ids.ts';
export {
  findResources,
  getResource,
  type ResourceDetail,
  type ResourceSummary,
} from './resources.ts';
export { isStandardArray } from './standard-lookup.ts';
export { type Validated, validateRecord } from './validate.ts';
export { parseDate } from './values.ts';
