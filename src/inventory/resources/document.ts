import type { ResourceType } from '../../store/index.ts';
import { type ClassRegistry, resourceClassNames } from '../classes/class-registry.ts';
import type { RegisteredClass } from '../classes/registered-class.ts';
import type { InventoryRow, ResourceRecord, Scalar } from '../record.ts';

/** The values of one row by canonical property name; nothing is null. */
export type Row = Record<string, Scalar | Scalar[]>;

/** What is kept of a resource as it was given: names in the spelling of the class registry, no nulls, no empty lists. */
export interface Document {
  properties: Row;
  inventory: Record<string, Row[]>;
}

/** What names and identifies a resource. */
export interface Head {
  id: number;
  type: ResourceType;
  name: string;
  /** Folded. */
  nameKey: string;
  externalId: string | null;
  entraDeviceId: string | null;
  entraUserId: string | null;
  userPrincipalName: string | null;
  onPremisesSid: string | null;
}

/** Properties that Rollcall computes itself; what a source says of them is not kept. */
export const computedProperties: ReadonlySet<string> = new Set(['resourceid', 'resourcetype', 'name']);

/**
 * The document after a record: named properties set or cleared, named classes replaced, the rest as before. The
 * parts that the record leaves alone are shared with `before`, which itself is not changed.
 */
export function mergeDocument(before: Document, record: ResourceRecord, registry: ClassRegistry): Document {
  return {
    properties: record.properties
      ? mergeProperties(before.properties, record.properties, registry.resourceClass(record.type))
      : before.properties,
    inventory: record.inventory
      ? mergeInventory(before.inventory, record.inventory, record.type, registry)
      : before.inventory,
  };
}

/** A document without any value. */
export const emptyDocument: Document = { properties: {}, inventory: {} };

function mergeProperties(
  before: Row,
  named: Record<string, Scalar | Scalar[] | null>,
  known: RegisteredClass,
): Row {
  const merged = { ...before };
  for (const name in named) {
    const value = named[name];
    const property = known.property(name);
    if (computedProperties.has(property.key)) continue;
    if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) {
      delete merged[property.name];
    } else {
      merged[property.name] = value;
    }
  }
  return merged;
}

function mergeInventory(
  before: Record<string, Row[]>,
  named: Record<string, InventoryRow[]>,
  type: ResourceType,
  registry: ClassRegistry,
): Record<string, Row[]> {
  const merged = { ...before };
  for (const name in named) {
    const known = registry.inventoryClass(name, type);
    // The batch has refused records with unfit classes before they come here.
    if (typeof known === 'string') throw new Error(known);
    const rows = named[name] ?? [];
    if (rows.length === 0) delete merged[known.name];
    else merged[known.name] = rows.map(row => canonicalRow(row, known));
  }
  return merged;
}

function canonicalRow(row: InventoryRow, known: RegisteredClass): Row {
  let canonical = true;
  for (const name in row) {
    const property = known.property(name);
    if (row[name] === null || property.name !== name || property.key === 'resourceid') canonical = false;
  }
  // Most rows come as they are kept.
  if (canonical) return row as Row;
  const result: Row = {};
  for (const name in row) {
    const value = row[name];
    const property = known.property(name);
    if (property.key === 'resourceid') continue;
    if (value === null || value === undefined) delete result[property.name];
    else result[property.name] = value;
  }
  return result;
}

/**
 * The row of a resource in its own class: its properties, and what its head says: type and name always, and where the
 * source has not given them NetbiosName and AADDeviceID of a device, UniqueUserName, UserPrincipalName and AADUserID
 * of a user.
 */
export function resourceRow(head: Head, properties: Row): Row {
  const row: Row = { ...properties };
  row.Name = head.name;
  if (head.type === 'device') {
    row.ResourceType = 5;
    row.NetbiosName ??= head.name;
    if (head.entraDeviceId !== null) row.AADDeviceID ??= head.entraDeviceId;
  } else {
    row.ResourceType = 4;
    row.UniqueUserName ??= head.name;
    if (head.userPrincipalName !== null) row.UserPrincipalName ??= head.userPrincipalName;
    if (head.entraUserId !== null) row.AADUserID ??= head.entraUserId;
  }
  return row;
}

/** The rows of every class that a resource has, its own class first. */
export function* classRows(head: Head, document: Document): Generator<[className: string, rows: Row[]]> {
  yield [resourceClassNames[head.type], [resourceRow(head, document.properties)]];
  for (const name in document.inventory) yield [name, document.inventory[name] ?? []];
}
