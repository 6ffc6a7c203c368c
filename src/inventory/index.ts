// Who exists: resources, inventory classes, the change feed, and which Entra object a resource is.

export type { ResourceType } from '../store/index.ts';
export { changesSince, lastChange, pruneChanges } from './changes.ts';
export { loadCatalogue } from './classes/catalogue.ts';
export type { RegistrySnapshot } from './classes/class-registry.ts';
export { classTable } from './classes/class-table.ts';
export { keepPropertyIndexes, type StoredValues } from './classes/property-indexes.ts';
export { isStandardArray } from './classes/standard-lookup.ts';
export {
  bringEntraResources,
  dropEntraResources,
  type EntraRecord,
  type EntraScope,
} from './identity/entra-resources.ts';

export { matchIdentities } from './identity/identity.ts';
export {
  type ImportOptions,
  type ImportResult,
  importResources,
  type ResourceLines,
} from './import/import.ts';
export type { ImportLine, PreparedBlock } from './import/import-line.ts';
export { LinePreparer } from './import/prepare.ts';
export { linesOf } from './import/prepared.ts';
export { validateRecord } from './import/validate.ts';
export {
  type ResourceRecord,
  resourceRecord,
  type Scalar,
} from './record.ts';
export { deleteResources } from './resources/delete.ts';
export { listResources, type ResourceQuery } from './resources/list-resources.ts';
export { firstResourceId } from './resources/resource-ids.ts';
export {
  findResources,
  getResource,
  type ResourceDetail,
} from './resources/resources.ts';
export { parseDate } from './values.ts';
