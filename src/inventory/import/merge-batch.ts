import type { ClassRegistry } from '../classes/class-registry.ts';
import type { RegisteredClass } from '../classes/registered-class.ts';
import { maxPropertiesPerClass } from '../classes/registered-class.ts';
import type { ResourceRecord } from '../record.ts';
import { emptyDocument, mergeDocument } from '../resources/document.ts';
import type { ResourceIds } from '../resources/resource-ids.ts';
import { headOf, mergeHead, newHead, parseDocument, sameHead } from '../resources/resource-row.ts';
import type { KeyedRecord } from './keyed-record.ts';
import { type Draft, type KnownResources, storedDocument } from './known-resources.ts';

/** The drafts after all records of a batch. */
export interface Merged {
  created: Draft[];
  /** Stored before and still there; changed or not. */
  kept: Draft[];
  /** Stored before, to be deleted. */
  deleted: Draft[];
  /** Lines that can not be taken, and the resources that they may mean. */
  errors: { line: number; message: string; ids: number[] }[];
  /** Which resource each line meant; deleting ones are left out. */
  meant: { line: number; id: number }[];
  /** Lines that delete what is not there. */
  idle: number;
  /** Stored resources of which the batch says what is stored already; not among `kept`. */
  same: number;
}

/** Merges records into drafts one after the other; nothing is written. */
export function mergeBatch(
  records: readonly KeyedRecord[],
  known: KnownResources,
  ids: ResourceIds,
  registry: ClassRegistry,
): Merged {
  const merged: Merged = { created: [], kept: [], deleted: [], errors: [], meant: [], idle: 0, same: 0 };
  const touched = new Set<Draft>();
  const same = new Set<Draft>();
  for (const keyed of records) {
    const { line, record } = keyed;
    const found = known.find(keyed);
    const prepared = keyed.prepared?.version === registry.version ? keyed.prepared : undefined;
    if (typeof found === 'string') {
      merged.errors.push({ line, message: found, ids: known.named(keyed) });
    } else if (record.deleted) {
      if (!found) merged.idle += 1;
      else touched.add(remove(found, known));
    } else if (prepared && found === null) {
      const draft = newDraft(keyed, ids);
      draft.head = mergeHead(draft.head, keyed);
      draft.prepared = prepared;
      known.add(draft);
      touched.add(draft);
      merged.meant.push({ line, id: draft.head.id });
    } else if (prepared && found && !touched.has(found) && saysWhatIsStored(found, keyed, prepared.text)) {
      same.add(found);
      merged.meant.push({ line, id: found.head.id });
    } else {
      const unfit = unfitClasses(record, registry);
      if (unfit !== undefined) {
        merged.errors.push({ line, message: unfit, ids: found ? [found.head.id] : [] });
        continue;
      }
      const draft = found ?? newDraft(keyed, ids);
      if (!touched.has(draft)) draft.document = storedDocument(draft);
      else unfold(draft);
      touched.add(draft);
      applyRecord(draft, keyed, known, registry, found === null);
      merged.meant.push({ line, id: draft.head.id });
    }
  }
  for (const draft of touched) {
    same.delete(draft);
    if (!draft.deleted) (draft.stored ? merged.kept : merged.created).push(draft);
    else if (draft.stored) merged.deleted.push(draft);
  }
  merged.same = same.size;
  return merged;
}

/** Gives a draft that was prepared elsewhere its document, where more is done with it than to write it as it is. */
export function unfold(draft: Draft): void {
  if (!draft.prepared) return;
  draft.document = parseDocument(draft.prepared.text);
  draft.prepared = undefined;
}

/** Same text, same values: most of a file that is brought again, and no need to read either. */
function saysWhatIsStored({ stored, head }: Draft, keyed: KeyedRecord, text: string): boolean {
  if (stored?.document !== text) return false;
  return sameHead(headOf(stored), head) && sameHead(head, mergeHead(head, keyed));
}

function remove(draft: Draft, known: KnownResources): Draft {
  draft.deleted = true;
  known.rehead(draft, null);
  return draft;
}

function applyRecord(
  draft: Draft,
  keyed: KeyedRecord,
  known: KnownResources,
  registry: ClassRegistry,
  isNew: boolean,
) {
  draft.document = mergeDocument(draft.document, keyed.record, registry);
  const head = mergeHead(draft.head, keyed);
  if (isNew) {
    draft.head = head;
    known.add(draft);
  } else if (!sameHead(draft.head, head)) {
    known.rehead(draft, head);
  }
}

function newDraft(keyed: KeyedRecord, ids: ResourceIds): Draft {
  const head = newHead(ids.take(keyed.record.type), keyed);
  return { stored: null, head, document: emptyDocument, deleted: false };
}

/** Why a record's classes or properties can not be taken, if they can not. */
function unfitClasses(record: ResourceRecord, registry: ClassRegistry): string | undefined {
  if (record.properties) {
    const tooMany = tooManyProperties(registry.resourceClass(record.type), [record.properties]);
    if (tooMany) return tooMany;
  }
  for (const name in record.inventory) {
    const known = registry.inventoryClass(name, record.type);
    if (typeof known === 'string') return known;
    const tooMany = tooManyProperties(known, record.inventory[name] ?? []);
    if (tooMany) return tooMany;
  }
  return undefined;
}

function tooManyProperties(known: RegisteredClass, rows: readonly object[]): string | undefined {
  let fresh: Set<string> | undefined;
  for (const row of rows) {
    for (const name in row) {
      if (known.knows(name)) continue;
      fresh ??= new Set();
      fresh.add(name.toLowerCase());
    }
  }
  if (!fresh || known.size + fresh.size <= maxPropertiesPerClass) return undefined;
  return `Class "${known.name}" would get more than ${maxPropertiesPerClass} properties.`;
}
