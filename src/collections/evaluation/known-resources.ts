import { sql } from 'kysely';
import type { Queries } from '../../store/index.ts';
import type { Candidates } from './candidates.ts';
import type { Delta } from './memberships.ts';

const nobody: ReadonlySet<number> = new Set();

/**
 * What the store says about some resources, over all collections at once: in which they are members, and which
 * direct rules name them. Loading a thousand resources takes one statement, however many collections there are.
 */
export class KnownResources {
  readonly #db: Queries;
  readonly #loaded = new Set<number>();
  readonly #members = new Map<number, Set<number>>();
  readonly #directs = new Map<number, Set<number>>();
  readonly #present = new Set<number>();
  readonly #unwritten: ReadonlyMap<number, Delta>;

  /** @param unwritten what has been worked out and is not in the store, by number of the collection; read only */
  constructor(db: Queries, unwritten: ReadonlyMap<number, Delta>) {
    this.#db = db;
    this.#unwritten = unwritten;
  }

  /** Whether everything about these candidates is here. */
  covers(candidates: Candidates): boolean {
    return candidates.set.isSubsetOf(this.#loaded);
  }

  /**
   * Reads what is not here yet.
   * @param table holds exactly the candidates in a column resource_id
   */
  async load(candidates: Candidates, table: string): Promise<void> {
    const fresh = candidates.set.difference(this.#loaded);
    const among = sql`in (select resource_id from ${sql.table(table)})`;
    const present = await sql<{ id: number }>`
      select id from resource where id ${among}`.execute(this.#db);
    for (const { id } of present.rows) this.#present.add(id);
    const members = await sql<Pair>`
      select collection_num, resource_id from membership where resource_id ${among}`.execute(this.#db);
    note(this.#members, members.rows, fresh);
    const directs = await sql<Pair>`
      select collection_num, resource_id from collection_rule
      where kind = 'direct' and resource_id ${among}`.execute(this.#db);
    note(this.#directs, directs.rows, fresh);
    for (const [num, delta] of this.#unwritten) this.#apply(num, delta, fresh);
    for (const id of fresh) this.#loaded.add(id);
  }

  /** Those of the loaded resources that still exist. */
  present(): ReadonlySet<number> {
    return this.#present;
  }

  /** Those of the loaded resources that are members of a collection. */
  members(num: number): ReadonlySet<number> {
    return this.#members.get(num) ?? nobody;
  }

  /** Those of the loaded resources that a direct rule of a collection names. */
  directs(num: number): ReadonlySet<number> {
    return this.#directs.get(num) ?? nobody;
  }

  /** Takes what has been worked out for a collection. */
  record(num: number, delta: Delta): void {
    this.#apply(num, delta, this.#loaded);
  }

  #apply(num: number, { joined, left }: Delta, among: ReadonlySet<number>): void {
    const members = this.#members.get(num) ?? new Set<number>();
    for (const id of joined) if (among.has(id)) members.add(id);
    for (const id of left) members.delete(id);
    if (members.size > 0) this.#members.set(num, members);
    else this.#members.delete(num);
  }
}

interface Pair {
  collection_num: number;
  resource_id: number;
}

function note(into: Map<number, Set<number>>, pairs: Iterable<Pair>, only: ReadonlySet<number>): void {
  for (const { collection_num: num, resource_id: id } of pairs) {
    if (!only.has(id)) continue;
    const ids = into.get(num);
    if (ids) ids.add(id);
    else into.set(num, new Set([id]));
  }
}
