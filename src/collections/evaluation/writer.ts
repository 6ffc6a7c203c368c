import { sql } from 'kysely';
import { type Clock, Problem } from '../../base/index.ts';
import type { Queries, SqlValue, Store } from '../../store/index.ts';
import type { CollectionGraph } from '../graph/graph.ts';
import type { BulkLoad } from './bulk-load.ts';
import type { Delta } from './memberships.ts';
import type { Outcome } from './outcome.ts';
import { readCounter, settingKeys } from './settings.ts';

// A transaction holds the store's one place for writers, so it ends after so many rows or collections.
const mostRows = 50_000;
const collectionsATransaction = 4_000;

/**
 * Carries outcomes into the store: each collection's membership, its feed and its figures in one transaction.
 *
 * A run of ordinary size is one transaction altogether. A larger one is several, and each of them marks as stale
 * what depends on its collections and is still to come: should the run break off there, the next one evaluates
 * these in full and nothing is missed.
 */
export class OutcomeWriter {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #graph: CollectionGraph;
  readonly #epoch: number;
  readonly #waiting: Outcome[] = [];
  readonly #deltas = new Map<number, Delta>();
  readonly #placed = new Set<number>();
  readonly #seen = new Map<number, number>();
  readonly #bulk: BulkLoad;
  readonly #mostRows: number;
  #rows = 0;

  /** @param epoch number of this evaluation; nothing is written once a later one has begun */
  constructor(
    store: Store,
    clock: Clock,
    graph: CollectionGraph,
    epoch: number,
    bulk: BulkLoad,
    rowsATransaction: number = mostRows,
  ) {
    this.#bulk = bulk;
    this.#mostRows = rowsATransaction;
    this.#store = store;
    this.#clock = clock;
    this.#graph = graph;
    this.#epoch = epoch;
    for (const node of graph.order) this.#seen.set(node.num, node.stale);
  }

  /** What has been added and is not in the store yet, by number of the collection. */
  get unwritten(): ReadonlyMap<number, Delta> {
    return this.#deltas;
  }

  /** Takes an outcome and writes when enough have come together. */
  async add(outcome: Outcome): Promise<void> {
    this.#waiting.push(outcome);
    this.#placed.add(outcome.node.num);
    const changed = outcome.joined.length + outcome.left.length;
    if (changed > 0) this.#deltas.set(outcome.node.num, outcome);
    this.#rows += changed;
    if (this.#rows >= this.#mostRows || this.#waiting.length >= collectionsATransaction) await this.flush();
  }

  /**
   * Writes what waits.
   * @param last what else belongs into that transaction
   * @throws Problem evaluation-overtaken when another evaluation has begun since
   */
  async flush(last?: (tx: Queries) => Promise<void>): Promise<void> {
    if (this.#waiting.length === 0 && !last) return;
    const pending = this.#pendingDependents();
    await this.#store.transaction(async tx => {
      await this.#checkTurn(tx);
      const at = this.#clock.now().toISOString();
      const present: Outcome[] = [];
      for (const outcome of this.#waiting) if (await this.#settle(tx, outcome, at)) present.push(outcome);
      await this.#writeRows(tx, present, at);
      await markStale(tx, pending);
      await last?.(tx);
    });
    for (const num of pending) this.#seen.set(num, (this.#seen.get(num) ?? 0) + 1);
    const rows = this.#rows;
    this.#waiting.length = 0;
    this.#deltas.clear();
    this.#rows = 0;
    await this.#bulk.wrote(rows);
  }

  async #checkTurn(tx: Queries): Promise<void> {
    if ((await readCounter(tx, settingKeys.epoch)) === this.#epoch) return;
    throw new Problem(
      'conflict',
      'evaluation-overtaken',
      'Another evaluation of collections began while this one was at work.',
      'Wait for that one to end; it covers what this one would have done.',
    );
  }

  /** Collections still to come that depend on one that changes in this transaction. */
  #pendingDependents(): Set<number> {
    const pending = new Set<number>();
    for (const num of this.#deltas.keys()) {
      for (const dependent of this.#graph.dependents(num)) {
        if (!this.#placed.has(dependent.num)) pending.add(dependent.num);
      }
    }
    return pending;
  }

  /** Writes a collection's own row; false when it has been deleted meanwhile. */
  async #settle(tx: Queries, outcome: Outcome, at: string): Promise<boolean> {
    const { node, full, joined, left } = outcome;
    const seen = this.#seen.get(node.num) ?? 0;
    const changed = joined.length + left.length > 0;
    const update = tx
      .updateTable('collection')
      .set({
        member_count: outcome.members,
        // Until its rules have run once, nobody knows who belongs: that must not count as nobody.
        ...(outcome.error === null ? { evaluated_at: at } : {}),
        evaluation_ms: outcome.ms,
        last_joined: joined.length,
        last_left: left.length,
        error: outcome.error,
        ...(full ? { fully_evaluated_at: at } : {}),
        ...(changed ? { membership_changed_at: at } : {}),
        // Rules that changed while this was worked out leave the collection stale, and so does a failure.
        stale:
          outcome.error === null
            ? sql<number>`case when stale > ${seen} then stale - ${seen} else 0 end`
            : sql<number>`case when stale = 0 then 1 else stale end`,
      })
      .where('num', '=', node.num);
    return (await update.executeTakeFirst()).numUpdatedRows > 0n;
  }

  async #writeRows(tx: Queries, outcomes: readonly Outcome[], at: string): Promise<void> {
    for (const { node, left } of outcomes) await deleteMembers(tx, node.num, left);
    const insert = (table: string, columns: string[], rows: Iterable<SqlValue[]>) =>
      this.#store.dialect.insertMany(tx, table, columns, rows);
    await insert('membership', ['collection_num', 'resource_id'], joinedRows(outcomes));
    await insert(
      'membership_change',
      ['collection_num', 'resource_id', 'change', 'at'],
      changeRows(outcomes, at),
    );
  }
}

function* joinedRows(outcomes: readonly Outcome[]): Iterable<SqlValue[]> {
  for (const { node, joined } of outcomes) for (const id of joined) yield [node.num, id];
}

function* changeRows(outcomes: readonly Outcome[], at: string): Iterable<SqlValue[]> {
  for (const { node, joined, left } of outcomes) {
    for (const id of left) yield [node.num, id, -1, at];
    for (const id of joined) yield [node.num, id, 1, at];
  }
}

const idsAStatement = 500;

async function deleteMembers(tx: Queries, num: number, ids: Int32Array): Promise<void> {
  for (let from = 0; from < ids.length; from += idsAStatement) {
    await tx
      .deleteFrom('membership')
      .where('collection_num', '=', num)
      .where('resource_id', 'in', [...ids.subarray(from, from + idsAStatement)])
      .execute();
  }
}

async function markStale(tx: Queries, nums: ReadonlySet<number>): Promise<void> {
  const all = [...nums];
  for (let from = 0; from < all.length; from += idsAStatement) {
    await tx
      .updateTable('collection')
      .set({ stale: sql<number>`stale + 1` })
      .where('num', 'in', all.slice(from, from + idsAStatement))
      .execute();
  }
}
