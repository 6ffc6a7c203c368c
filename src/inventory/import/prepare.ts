import { ClassRegistry, type RegistrySnapshot } from '../classes/class-registry.ts';
import { ClassWriter } from '../classes/class-writer.ts';
import type { RegisteredClass } from '../classes/registered-class.ts';
import type { InventoryRow, ResourceRecord } from '../record.ts';
import {
  classRows,
  computedProperties,
  emptyDocument,
  mergeDocument,
  type Row,
} from '../resources/document.ts';
import { mergeHead, newHead } from '../resources/resource-row.ts';
import type { ImportLine, PreparedBlock, SoundLine } from './import-line.ts';
import { keyRecord } from './keyed-record.ts';

/** Prepares lines by the classes that it was last told of. */
export class LinePreparer {
  #registry: ClassRegistry | null = null;

  tellClasses(snapshot: RegistrySnapshot): void {
    this.#registry = ClassRegistry.from(snapshot);
  }

  prepare(lines: readonly ImportLine[]): PreparedBlock {
    return prepareBlock(lines, this.#registry);
  }
}

/**
 * Does in one thread what another would have to do with lines before it can write them: folds, encodes, and makes the
 * documents and rows of new resources. Whether a record is one, the other thread finds out; where not, it merges.
 * A record that the registry does not hold all names and types of, or that clears or deletes something, goes as it came.
 * @param registry null: not known yet
 */
function prepareBlock(lines: readonly ImportLine[], registry: ClassRegistry | null): PreparedBlock {
  const block: PreparedBlock = {
    version: registry?.version ?? -1,
    records: [],
    tables: [],
    others: [],
  };
  const writer = new ClassWriter();
  for (const line of lines) {
    if (registry === null || 'error' in line || !prepareLine(line, registry, block, writer))
      block.others.push(line);
  }
  block.tables = writer.take();
  return block;
}

/** False: the record can not be prepared. */
function prepareLine(
  { line, record, bytes }: SoundLine,
  registry: ClassRegistry,
  block: PreparedBlock,
  writer: ClassWriter,
): boolean {
  if (record.deleted || !isKnown(record, registry)) return false;
  const keyed = keyRecord(line, record);
  const document = mergeDocument(emptyDocument, record, registry);
  const head = mergeHead(newHead(0, keyed), keyed);
  const classes: [RegisteredClass, Row[]][] = [];
  for (const [name, rows] of classRows(head, document)) {
    const known = registry.storedClass(name);
    if (!known || !allFit(rows, known)) return false;
    classes.push([known, rows]);
  }
  const index = block.records.length;
  for (const [known, rows] of classes) writer.add(known, index, rows);
  const { type, name, externalId, entraDeviceId, entraUserId, userPrincipalName, onPremisesSid } = record;
  const identity = [entraDeviceId, entraUserId, userPrincipalName, onPremisesSid] as const;
  const text = JSON.stringify(document);
  block.records.push([line, bytes ?? 0, text, keyed.nameKey, type, name, externalId, ...identity]);
  return true;
}

/** Whether all that the record names is in the registry, and its document alone says all that the record does. */
function isKnown({ type, properties, inventory }: ResourceRecord, registry: ClassRegistry): boolean {
  const own = registry.resourceClass(type);
  for (const name in properties) {
    const value = properties[name];
    if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return false;
    if (!own.knows(name) || computedProperties.has(own.property(name).key)) return false;
  }
  for (const name in inventory) {
    const known = registry.storedClass(name);
    if (!known || known.kind === 'resource' || known.resourceType !== type) return false;
    const rows = inventory[name] ?? [];
    if (rows.length === 0 || !rows.every(row => namesKnown(row, known))) return false;
  }
  return true;
}

function namesKnown(row: InventoryRow, known: RegisteredClass): boolean {
  for (const name in row) {
    if (!known.knows(name)) return false;
  }
  return true;
}

function allFit(rows: readonly Row[], known: RegisteredClass): boolean {
  for (const row of rows) {
    for (const name in row) {
      const value = row[name];
      if (value !== undefined && !known.fits(known.property(name), value)) return false;
    }
  }
  return true;
}
