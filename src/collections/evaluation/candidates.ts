import { sql } from 'kysely';
import type { Store } from '../../store/index.ts';
import { unionOf } from '../sets/ids.ts';
import type { Ids } from '../sets/idset.ts';

/** Resources whose membership in a collection may have changed; the same object for the same resources. */
export interface Candidates {
  ids: Ids;
  set: ReadonlySet<number>;
}

const tablesKept = 12;
const listsKept = 64;
const rowsAStatement = 500;

/**
 * The candidates of one evaluation. Thousands of collections share the few same lists (the changed resources, those
 * that joined All Systems), so lists and the temporary tables that queries are restricted to are made once.
 */
export class CandidatePool {
  readonly #store: Store;
  readonly #prefix: string;
  readonly #lists = new Map<string, Candidates>();
  // Temporary tables, the least recently used first. They belong to the connection and lock nothing.
  readonly #tables = new Map<string, Candidates | null>();

  /** @param run number of the evaluation: two on one connection must not share tables */
  constructor(store: Store, run: number) {
    this.#store = store;
    this.#prefix = `evaluation_${run}_candidates`;
  }

  /** The union of some lists; `parts` names each list, the same name always meaning the same list. */
  union(parts: ReadonlyMap<string, Ids>): Candidates {
    const key = [...parts.keys()].sort().join(' ');
    const known = this.#lists.get(key);
    if (known) return known;
    const ids = unionOf([...parts.values()]);
    const made = { ids, set: new Set(ids) };
    if (this.#lists.size >= listsKept) {
      const oldest = this.#lists.keys().next().value;
      if (oldest !== undefined) this.#lists.delete(oldest);
    }
    this.#lists.set(key, made);
    return made;
  }

  /** The name of a table with a column resource_id that holds the candidates, until others need its place. */
  async table(candidates: Candidates): Promise<string> {
    for (const [name, held] of this.#tables) {
      if (held !== candidates) continue;
      this.#tables.delete(name);
      this.#tables.set(name, held);
      return name;
    }
    const name = await this.#emptyTable();
    this.#tables.set(name, candidates);
    await this.#fill(name, candidates.ids);
    return name;
  }

  /** Drops the temporary tables. */
  async close(): Promise<void> {
    for (const name of this.#tables.keys()) {
      await sql`drop table if exists ${sql.table(name)}`.execute(this.#store.db);
    }
    this.#tables.clear();
  }

  // Not by insertMany, which is for use inside a transaction: on a shared connection the rows could end up in, and be
  // rolled back with, the transaction of somebody else.
  async #fill(name: string, ids: Ids): Promise<void> {
    for (let from = 0; from < ids.length; from += rowsAStatement) {
      const rows = [...ids.subarray(from, from + rowsAStatement)].map(id => sql`(${id})`);
      await sql`insert into ${sql.table(name)} (resource_id) values ${sql.join(rows)}`.execute(
        this.#store.db,
      );
    }
  }

  async #emptyTable(): Promise<string> {
    const oldest = this.#tables.keys().next().value;
    if (oldest !== undefined && this.#tables.size >= tablesKept) {
      this.#tables.delete(oldest);
      await sql`delete from ${sql.table(oldest)}`.execute(this.#store.db);
      return oldest;
    }
    const name = `${this.#prefix}_${this.#tables.size}`;
    await sql`create temporary table ${sql.table(name)} (resource_id integer primary key)`.execute(
      this.#store.db,
    );
    return name;
  }
}
