import { setImmediate } from 'node:timers/promises';
import type { WorkContext } from '../../base/index.ts';
import type { ResourceType, Store } from '../../store/index.ts';
import { ClassRegistry, type RegistrySnapshot, storedVersion } from '../classes/class-registry.ts';
import { completeImport } from './complete.ts';
import { type BatchOutcome, importBatch } from './import-batch.ts';
import { defaultRemovalLimits } from './import-guard.ts';
import type { ImportLine } from './import-line.ts';
import { type KeyedRecord, keyLine, keyRecord } from './keyed-record.ts';
import { KnownResources } from './known-resources.ts';
import { SeenResources } from './seen-resources.ts';

/** How a file is taken in. */
export interface ImportOptions {
  /** Who brings it; resources remember who brought them first. */
  source: string;
  /** The file holds all that this source has: what it lacks is removed, of the resource types that it holds. */
  complete: boolean;
  /** Lets removals through that the guard would hold. */
  approve: boolean;
  maxRemovals?: number;
  maxRemovalPercent?: number;
}

/** What an import did, in resources; `rejected` and `total` count lines. */
export interface ImportResult {
  source: string;
  created: number;
  changed: number;
  unchanged: number;
  deleted: number;
  /** Lines that were not taken in. */
  rejected: number;
  /** Lines that mean a resource which an earlier line meant: both were taken in, the later wins. */
  duplicates: number;
  /** Removals that wait for approval. */
  held: number;
  /** Why they wait. */
  heldReason: string | null;
  /** The first hundred lines that were rejected or doubled. */
  errors: { line: number; message: string }[];
  total: number;
}

/** Lines of a source; one that prepares them in another thread is told what classes there are by then. */
export type ResourceLines = AsyncIterable<ImportLine> & { tellClasses?(registry: RegistrySnapshot): void };

const errorsKept = 100;
/** A batch is one transaction: long enough to be cheap a line, short enough that others need not wait. */
const batchLines = 10_000;
const batchBytes = 16 * 1024 * 1024;
/** The first batch into an empty inventory: what it brings of classes others wait for, to prepare lines by them. */
const firstBatchLines = 1_000;

/**
 * Takes lines into the inventory, a batch of some thousand at a time: each batch is kept whole or not at all, so that
 * an import that was broken off is completed by running it again. Bad lines are told by number and the rest goes in.
 * @throws Problem of the store (disk full …); whole batches before it are kept
 */
export async function importResources(
  store: Store,
  lines: ResourceLines,
  options: ImportOptions,
  work: WorkContext,
): Promise<ImportResult> {
  const run = await startRun(store, options, work);
  if (lines.tellClasses) {
    await run.loadRegistry();
    run.tellRegistry(lines);
  }
  for await (const line of lines) {
    run.take(line);
    if (!run.batchIsFull()) continue;
    work.signal.throwIfAborted();
    await run.flush();
    run.tellRegistry(lines);
    // The store works without letting go of the thread: a Ctrl-C, a progress bar, a question must get their turn.
    await setImmediate();
  }
  work.signal.throwIfAborted();
  await run.flush();
  return run.finish();
}

async function startRun(store: Store, options: ImportOptions, work: WorkContext): Promise<ImportRun> {
  const { id } = await store.db
    .insertInto('import_run')
    .values({
      source: options.source,
      started_at: work.clock.now().toISOString(),
      created: 0,
      changed: 0,
      unchanged: 0,
      deleted: 0,
      rejected: 0,
      held: 0,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return new ImportRun(store, options, work, id);
}

/** One import from its first line to its totals. */
class ImportRun {
  readonly #store: Store;
  readonly #options: ImportOptions;
  readonly #work: WorkContext;
  readonly #id: number;
  readonly #result: ImportResult = {
    source: '',
    created: 0,
    changed: 0,
    unchanged: 0,
    deleted: 0,
    rejected: 0,
    duplicates: 0,
    held: 0,
    heldReason: null,
    errors: [],
    total: 0,
  };
  readonly #seen = new SeenResources();
  readonly #types = new Set<ResourceType>();
  #registry: ClassRegistry | undefined;
  #toldVersion: number | undefined;
  #batch: KeyedRecord[] = [];
  /** Lines that were refused, but say which resource they mean. */
  #refused: KeyedRecord[] = [];
  #bytes = 0;
  #linesWanted = firstBatchLines;
  #unreadable = 0;

  constructor(store: Store, options: ImportOptions, work: WorkContext, id: number) {
    this.#store = store;
    this.#options = options;
    this.#result.source = options.source;
    this.#work = work;
    this.#id = id;
  }

  take(line: ImportLine): void {
    this.#result.total += 1;
    if ('error' in line) {
      if (line.means) this.#refused.push(keyRecord(line.line, line.means));
      else this.#unreadable += 1;
      this.#reject(line.line, line.error);
      return;
    }
    this.#batch.push(keyLine(line));
    this.#bytes += line.bytes ?? 0;
  }

  /** Reads what classes there are before the first batch. */
  async loadRegistry(): Promise<void> {
    this.#registry = await ClassRegistry.load(this.#store.db);
    if (this.#registry.stored().length > 0) this.#linesWanted = batchLines;
  }

  /** Tells who prepares the lines what classes there are, where that is new. */
  tellRegistry(lines: ResourceLines): void {
    if (!lines.tellClasses || !this.#registry || this.#registry.version === this.#toldVersion) return;
    this.#toldVersion = this.#registry.version;
    lines.tellClasses(this.#registry.snapshot());
  }

  batchIsFull(): boolean {
    const lines = this.#batch.length + this.#refused.length;
    return lines >= this.#linesWanted || this.#bytes >= batchBytes;
  }

  async flush(): Promise<void> {
    const batch = this.#batch;
    const refused = this.#refused;
    if (batch.length + refused.length === 0) return;
    this.#batch = [];
    this.#refused = [];
    this.#bytes = 0;
    this.#linesWanted = batchLines;
    const at = this.#work.clock.now().toISOString();
    const outcome = await this.#store.transaction(async tx => {
      // Another import may have brought classes since.
      const version = await storedVersion(tx);
      if (this.#registry?.version !== version) this.#registry = await ClassRegistry.load(tx);
      const { dialect } = this.#store;
      const { source } = this.#options;
      return importBatch(tx, batch, { registry: this.#registry, dialect, source, importId: this.#id, at });
    });
    for (const { record } of batch) this.#types.add(record.type);
    this.#count(outcome);
    if (this.#options.complete) await this.#keepRefused(refused);
    this.#work.report({ phase: 'Importing resources', done: this.#result.total, unit: 'lines' });
  }

  async finish(): Promise<ImportResult> {
    const result = this.#result;
    if (this.#options.complete) {
      const { maxRemovals, maxRemovalPercent, source, approve } = this.#options;
      const limits = {
        max: maxRemovals ?? defaultRemovalLimits.max,
        percent: maxRemovalPercent ?? defaultRemovalLimits.percent,
      };
      const facts = {
        source,
        types: this.#types,
        seen: this.#seen,
        sound: result.total - result.rejected,
        unreadable: this.#unreadable,
        rejected: result.rejected,
      };
      const removed = await completeImport(this.#store, facts, { limits, approve }, this.#work);
      result.deleted += removed.deleted;
      result.held = removed.held;
      result.heldReason = removed.reason;
    }
    result.errors.sort((a, b) => a.line - b.line);
    const { created, changed, unchanged, deleted, rejected, held } = result;
    const finished = { created, changed, unchanged, deleted, rejected, held };
    await this.#store.db
      .updateTable('import_run')
      .set({ ...finished, finished_at: this.#work.clock.now().toISOString() })
      .where('id', '=', this.#id)
      .execute();
    return result;
  }

  /** A resource whose line was refused is not missing from the file. */
  async #keepRefused(refused: readonly KeyedRecord[]): Promise<void> {
    const { db, dialect } = this.#store;
    const known = await KnownResources.load(db, dialect, refused);
    for (const keyed of refused) {
      for (const id of known.mayMean(keyed)) this.#seen.add(id);
    }
  }

  #count(outcome: BatchOutcome): void {
    const result = this.#result;
    result.created += outcome.created;
    result.changed += outcome.changed;
    result.unchanged += outcome.unchanged;
    result.deleted += outcome.deleted;
    for (const { line, message, ids } of outcome.errors) {
      this.#reject(line, message);
      // A line that can not be taken in still says that its resource is there.
      for (const id of ids) this.#seen.add(id);
    }
    for (const { line, id } of outcome.meant) {
      if (!this.#seen.add(id)) continue;
      result.duplicates += 1;
      this.#note(line, 'An earlier line names the same resource; both were taken in, the later wins.');
    }
  }

  #reject(line: number, message: string): void {
    this.#result.rejected += 1;
    this.#note(line, message);
  }

  #note(line: number, message: string): void {
    if (this.#result.errors.length < errorsKept) this.#result.errors.push({ line, message });
  }
}
