import { sql } from 'kysely';
import type { Queries, Store } from '../../store/index.ts';
import { readCounter, settingKeys, writeCounter } from './settings.ts';

// From so many new memberships on, building the index once costs less than keeping it in order row by row.
const rowsWorthRebuilding = 1_000_000;

/**
 * Watches how much a run writes. The index that leads from a resource to its collections takes rows in no order, so
 * the first evaluation of a large site would rewrite its pages over and over: it is dropped on the way and built anew
 * at the end. A run that breaks off between leaves a note, and the next evaluation begins by building it.
 */
export class BulkLoad {
  readonly #store: Store;
  readonly #before: number;
  readonly #threshold: number;
  #written = 0;
  #dropped = false;

  /** @param before how many memberships there were when the run began */
  constructor(store: Store, before: number, threshold: number = rowsWorthRebuilding) {
    this.#store = store;
    this.#before = before;
    this.#threshold = threshold;
  }

  /** Counts memberships that were written. */
  async wrote(rows: number): Promise<void> {
    this.#written += rows;
    if (this.#dropped || this.#written < Math.max(this.#threshold, this.#before)) return;
    await this.#store.transaction(async tx => {
      await writeCounter(tx, settingKeys.indexDropped, 1);
      await sql`drop index if exists membership_by_resource_id`.execute(tx);
    });
    this.#dropped = true;
  }

  /** Makes sure that the index is there, before something reads by it and at the end. */
  async settle(): Promise<void> {
    if (!this.#dropped) return;
    await restoreIndex(this.#store);
    this.#dropped = false;
  }
}

/** Builds the index where a run before was broken off without it. */
export async function restoreIndex(store: Store): Promise<void> {
  if ((await readCounter(store.db, settingKeys.indexDropped)) === 0) return;
  await store.transaction(async (tx: Queries) => {
    await sql`create index if not exists membership_by_resource_id on membership (resource_id)`.execute(tx);
    await writeCounter(tx, settingKeys.indexDropped, 0);
  });
}
