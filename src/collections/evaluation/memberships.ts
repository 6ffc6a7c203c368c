import { sql } from 'kysely';
import type { Queries, ResourceType } from '../../store/index.ts';
import { IdSet, type Ids, type Universe } from '../sets/idset.ts';
import { selectIds } from './run-query.ts';

/** Who joined and who left a collection in this evaluation. */
export interface Delta {
  joined: Ids;
  left: Ids;
}

// Sets kept in memory, in bytes. One over a million resources takes 125 KB.
const bytesKept = 192 * 1024 * 1024;

/**
 * The members of collections as they are at this moment of an evaluation: what the store holds, with what has been
 * worked out since and is not written yet.
 */
export class WholeMemberships {
  readonly #db: Queries;
  readonly #universes: Record<ResourceType, Universe>;
  readonly #sets = new Map<number, IdSet>();
  #bytes = 0;
  readonly #unwritten: ReadonlyMap<number, Delta>;

  /** @param unwritten what has been worked out and is not in the store, by number of the collection; read only */
  constructor(db: Queries, universes: Record<ResourceType, Universe>, unwritten: ReadonlyMap<number, Delta>) {
    this.#db = db;
    this.#universes = universes;
    this.#unwritten = unwritten;
  }

  universe(type: ResourceType): Universe {
    return this.#universes[type];
  }

  /** The members of a collection. The set is shared: it must not be changed. */
  async of(num: number, type: ResourceType): Promise<IdSet> {
    const known = this.#sets.get(num);
    if (known) {
      this.#sets.delete(num);
      this.#sets.set(num, known);
      return known;
    }
    const stored = await selectIds(
      this.#db,
      sql`select resource_id from membership where collection_num = ${num}`,
    );
    const set = IdSet.of(this.#universes[type], stored);
    const delta = this.#unwritten.get(num);
    if (delta) set.addAll(delta.joined).deleteAll(delta.left);
    this.keep(num, set);
    return set;
  }

  /** Takes the set that has been worked out for a collection. */
  keep(num: number, set: IdSet): void {
    const size = bytesOf(set);
    this.forget(num);
    this.#sets.set(num, set);
    this.#bytes += size;
    for (const [oldest, held] of this.#sets) {
      if (this.#bytes <= bytesKept || oldest === num) break;
      this.#sets.delete(oldest);
      this.#bytes -= bytesOf(held);
    }
  }

  /** Drops what is kept of a collection, since it has changed. */
  forget(num: number): void {
    const held = this.#sets.get(num);
    if (!held) return;
    this.#sets.delete(num);
    this.#bytes -= bytesOf(held);
  }
}

function bytesOf(set: IdSet): number {
  return set.universe.size >>> 3;
}
