import type { Transaction } from 'kysely';
import type { Database, Dialect, SqlValue } from '../../store/index.ts';
import type { ClassRegistry } from '../classes/class-registry.ts';
import { ClassWriter } from '../classes/class-writer.ts';
import type { RegisteredClass } from '../classes/registered-class.ts';
import { storeClasses } from '../classes/store-classes.ts';
import { entraSource, withdrawTwins } from '../identity/entra-twins.ts';
import { matchIdentities } from '../identity/identity.ts';
import { deleteClassRows, forgetResources } from '../resources/delete.ts';
import { classRows, type Document, type Head, type Row } from '../resources/document.ts';
import { ResourceIds } from '../resources/resource-ids.ts';
import {
  headOf,
  parseDocument,
  resourceColumns,
  resourceValues,
  type StoredResource,
  sameHead,
  sameIdentity,
} from '../resources/resource-row.ts';
import { difference } from './difference.ts';
import type { KeyedRecord } from './keyed-record.ts';
import { type Draft, KnownResources } from './known-resources.ts';
import { mergeBatch, unfold } from './merge-batch.ts';

/** What one batch did. */
export interface BatchOutcome {
  created: number;
  changed: number;
  unchanged: number;
  deleted: number;
  /** Lines that can not be taken, and the resources that they may mean. */
  errors: { line: number; message: string; ids: number[] }[];
  /** Which resource each sound line meant; deleting ones are left out. */
  meant: { line: number; id: number }[];
}

/** What the batch belongs to. */
export interface BatchContext {
  registry: ClassRegistry;
  dialect: Dialect;
  source: string;
  /** The import that saw the resources; null: discovery. */
  importId: number | null;
  /** ISO instant. */
  at: string;
}

/** Takes a batch of records into the inventory, within the transaction given: merged in order, written set-based. */
export async function importBatch(
  tx: Transaction<Database>,
  records: readonly KeyedRecord[],
  context: BatchContext,
): Promise<BatchOutcome> {
  const { registry, dialect, at } = context;
  const ids = await ResourceIds.load(tx);
  const known = await KnownResources.load(tx, dialect, records);
  const merged = mergeBatch(records, known, ids, registry);
  const kept = merged.kept.flatMap(draft => alteration(draft) ?? []);
  const created = merged.created.map(draft => ({
    draft,
    rows: draft.prepared ? [] : learn(draft, registry),
  }));
  for (const one of kept) learn(one, registry);
  const { version } = registry;
  await storeClasses(tx, dialect, registry, at);
  if (registry.version !== version) {
    // What was prepared was made for the columns as they were.
    for (const one of created) {
      if (!one.draft.prepared) continue;
      unfold(one.draft);
      one.rows = learn(one.draft, registry);
    }
  }

  const batch = new BatchWrite(context);
  for (const { draft, rows } of created) batch.create(draft, rows);
  for (const one of kept) batch.change(one);
  const gone = merged.deleted.map(draft => draft.head.id);
  await forgetResources(tx, dialect, gone, at);
  await batch.flush(tx);
  await ids.save(tx);
  return {
    created: merged.created.length,
    changed: batch.changed,
    unchanged: merged.kept.length - batch.changed + merged.idle + merged.same,
    deleted: gone.length,
    errors: merged.errors,
    meant: merged.meant,
  };
}

/** A stored resource before and after the batch. */
interface Alteration {
  stored: StoredResource;
  before: { head: Head; document: Document };
  head: Head;
  document: Document;
  text: string;
}

/** Null where the same text and head say at once that nothing has changed. */
function alteration({ stored, head, document }: Draft): Alteration | null {
  if (!stored) return null;
  const before = headOf(stored);
  const text = JSON.stringify(document);
  if (text === stored.document && sameHead(before, head)) return null;
  return { stored, before: { head: before, document: parseDocument(stored.document) }, head, document, text };
}

type ClassRows = [known: RegisteredClass, rows: Row[]][];

/** Shows the registry every class and value of a resource that is about to be written, and returns its rows. */
function learn({ head, document }: { head: Head; document: Document }, registry: ClassRegistry): ClassRows {
  const result: ClassRows = [];
  for (const [name, rows] of classRows(head, document)) {
    const known = classOf(registry, head, name);
    known.wanted = true;
    for (const row of rows) {
      for (const property in row) {
        const value = row[property];
        if (value !== undefined) known.learn(known.property(property), value);
      }
    }
    result.push([known, rows]);
  }
  return result;
}

function classOf(registry: ClassRegistry, head: Head, name: string): RegisteredClass {
  const own = registry.resourceClass(head.type);
  if (name === own.name) return own;
  const known = registry.inventoryClass(name, head.type);
  if (typeof known === 'string') throw new Error(known);
  return known;
}

/** Gathers what a batch writes, and writes it. */
class BatchWrite {
  changed = 0;
  readonly #context: BatchContext;
  readonly #writer = new ClassWriter();
  readonly #created: SqlValue[][] = [];
  readonly #replaced: SqlValue[][] = [];
  readonly #feed: SqlValue[][] = [];
  readonly #identityChanged: number[] = [];
  /** Class id → resources whose rows are written again. */
  readonly #rewritten = new Map<number, number[]>();

  constructor(context: BatchContext) {
    this.#context = context;
  }

  create({ head, document, prepared }: Draft, classes: ClassRows): void {
    const { at, source, importId } = this.#context;
    const kept = { source, seenImport: importId, createdAt: at, updatedAt: at };
    this.#created.push(resourceValues(head, prepared?.text ?? JSON.stringify(document), kept));
    this.#feed.push([head.id, head.type, '*', at]);
    this.#identityChanged.push(head.id);
    if (prepared) this.#writer.addPrepared(prepared, head.id);
    for (const [known, rows] of classes) this.#writer.add(known, head.id, rows);
  }

  change({ stored, before, head, document, text }: Alteration): void {
    const { at, source, importId, registry } = this.#context;
    const found = difference(before, { head, document }, registry);
    // The same values in another order, or under another spelling, are no change.
    if (found.touched.length === 0 && sameHead(before.head, head)) return;
    this.changed += 1;
    // What only Entra knew belongs from now on to whoever brings it.
    const owner = stored.source === entraSource ? source : stored.source;
    const kept = { source: owner, seenImport: importId, createdAt: stored.created_at, updatedAt: at };
    this.#replaced.push(resourceValues(head, text, kept));
    if (found.touched.length > 0) this.#feed.push([head.id, head.type, found.touched.join(','), at]);
    if (!sameIdentity(before.head, head)) this.#identityChanged.push(head.id);
    const rowsOf = new Map(classRows(head, document));
    for (const touchedClass of found.classes) {
      if (touchedClass.id === null) continue;
      const again = this.#rewritten.get(touchedClass.id);
      if (again) again.push(head.id);
      else this.#rewritten.set(touchedClass.id, [head.id]);
      this.#writer.add(touchedClass, head.id, rowsOf.get(touchedClass.name) ?? []);
    }
  }

  async flush(tx: Transaction<Database>): Promise<void> {
    const { dialect, at } = this.#context;
    for (const [classId, resourceIds] of this.#rewritten) await deleteClassRows(tx, classId, resourceIds);
    await dialect.insertMany(tx, 'resource', resourceColumns, this.#replaced, 'replace');
    await dialect.insertMany(tx, 'resource', resourceColumns, this.#created);
    await this.#writer.flush(tx, dialect);
    await dialect.insertMany(
      tx,
      'resource_change',
      ['resource_id', 'resource_type', 'touched', 'at'],
      this.#feed,
    );
    await matchIdentities(tx, { resourceIds: this.#identityChanged }, at);
    await withdrawTwins(tx, dialect, this.#identityChanged, at);
  }
}
