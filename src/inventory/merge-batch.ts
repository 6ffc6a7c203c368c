import type { BookClass } from './book-class.ts';
import { maxPropertiesPerClass } from './book-class.ts';
import type { ClassBook } from './class-book.ts';
import { emptyDocument, mergeDocument } from './document.ts';
import type { KeyedRecord } from './keyed-record.ts';
import { type Draft, type KnownResources, storedDocument } from './known-resources.ts';
import type { ResourceRecord } from './record.ts';
import type { ResourceIds } from './resource-ids.ts';
import { mergeHead, sameHead } from './resource-row.ts';

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
}

/** Merges records into drafts one after the other; nothing is written. */
export function mergeBatch(
  records: readonly KeyedRecord[],
  known: KnownResources,
  ids: ResourceIds,
  book: ClassBook,
): Merged {
  const merged: Merged = { created: [], kept: [], deleted: [], errors: [], meant: [], idle: 0 };
  const touched = new Set<Draft>();
  for (const keyed of records) {
    const { line, record } = keyed;
    const found = known.find(keyed);
    if (typeof found === 'string') {
      merged.errors.push({ line, message: found, ids: known.named(keyed) });
    } else if (record.deleted) {
      if (!found) merged.idle += 1;
      else touched.add(remove(found, known));
    } else {
      const unfit = unfitClasses(record, book);
      if (unfit !== undefined) {
        merged.errors.push({ line, message: unfit, ids: found ? [found.head.id] : [] });
        continue;
      }
      const draft = found ?? newDraft(keyed, ids);
      if (!touched.has(draft)) draft.document = storedDocument(draft);
      touched.add(draft);
      applyRecord(draft, keyed, known, book, found === null);
      merged.meant.push({ line, id: draft.head.id });
    }
  }
  for (const draft of touched) {
    if (!draft.deleted) (draft.stored ? merged.kept : merged.created).push(draft);
    else if (draft.stored) merged.deleted.push(draft);
  }
  return merged;
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
  book: ClassBook,
  isNew: boolean,
) {
  draft.document = mergeDocument(draft.document, keyed.record, book);
  const head = mergeHead(draft.head, keyed);
  if (isNew) {
    draft.head = head;
    known.add(draft);
  } else if (!sameHead(draft.head, head)) {
    known.rehead(draft, head);
  }
}

function newDraft({ record, nameKey }: KeyedRecord, ids: ResourceIds): Draft {
  const { type, name } = record;
  const none = {
    externalId: null,
    entraDeviceId: null,
    entraUserId: null,
    userPrincipalName: null,
    onPremisesSid: null,
  };
  return {
    stored: null,
    head: { id: ids.take(type), type, name, nameKey, ...none },
    document: emptyDocument,
    deleted: false,
  };
}

/** Why a record's classes or properties can not be taken, if they can not. */
function unfitClasses(record: ResourceRecord, book: ClassBook): string | undefined {
  if (record.properties) {
    const tooMany = tooManyProperties(book.resourceClass(record.type), [record.properties]);
    if (tooMany) return tooMany;
  }
  for (const name in record.inventory) {
    const known = book.inventoryClass(name, record.type);
    if (typeof known === 'string') return known;
    const tooMany = tooManyProperties(known, record.inventory[name] ?? []);
    if (tooMany) return tooMany;
  }
  return undefined;
}

function tooManyProperties(known: BookClass, rows: readonly object[]): string | undefined {
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
