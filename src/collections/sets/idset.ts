/** The range of resource ids that the sets of one evaluation cover: `size` ids from `base` up. */
export interface Universe {
  base: number;
  size: number;
}

/** Ids in ascending order, none twice. */
export type Ids = Int32Array;

/** No ids at all. */
export const noIds: Ids = new Int32Array(0);

/**
 * A set of resource ids, one bit an id. Resources are numbered without large gaps, so a set over a million of them
 * takes 125 KB and the algebra of two sets some microseconds. Ids outside the universe are never members.
 */
export class IdSet {
  readonly universe: Universe;
  readonly #words: Uint32Array;

  constructor(universe: Universe) {
    this.universe = universe;
    this.#words = new Uint32Array((universe.size + 31) >>> 5);
  }

  /** The set of the given ids. */
  static of(universe: Universe, ids: Iterable<number>): IdSet {
    const set = new IdSet(universe);
    set.addAll(ids);
    return set;
  }

  has(id: number): boolean {
    const at = id - this.universe.base;
    if (at < 0 || at >= this.universe.size) return false;
    return ((this.#words[at >>> 5] ?? 0) & (1 << (at & 31))) !== 0;
  }

  addAll(ids: Iterable<number>): this {
    const { base, size } = this.universe;
    const words = this.#words;
    for (const id of ids) {
      const at = id - base;
      if (at < 0 || at >= size) continue;
      words[at >>> 5] = (words[at >>> 5] ?? 0) | (1 << (at & 31));
    }
    return this;
  }

  deleteAll(ids: Iterable<number>): this {
    const { base, size } = this.universe;
    const words = this.#words;
    for (const id of ids) {
      const at = id - base;
      if (at < 0 || at >= size) continue;
      words[at >>> 5] = (words[at >>> 5] ?? 0) & ~(1 << (at & 31));
    }
    return this;
  }

  /** Adds what is in `other`; both cover the same universe, as in every operation of two sets here. */
  or(other: IdSet): this {
    const mine = this.#words;
    const theirs = other.#words;
    for (let i = 0; i < mine.length; i += 1) mine[i] = (mine[i] ?? 0) | (theirs[i] ?? 0);
    return this;
  }

  /** Keeps only what is also in `other`. */
  and(other: IdSet): this {
    const mine = this.#words;
    const theirs = other.#words;
    for (let i = 0; i < mine.length; i += 1) mine[i] = (mine[i] ?? 0) & (theirs[i] ?? 0);
    return this;
  }

  /** Drops what is in `other`. */
  andNot(other: IdSet): this {
    const mine = this.#words;
    const theirs = other.#words;
    for (let i = 0; i < mine.length; i += 1) mine[i] = (mine[i] ?? 0) & ~(theirs[i] ?? 0);
    return this;
  }

  clone(): IdSet {
    const copy = new IdSet(this.universe);
    copy.#words.set(this.#words);
    return copy;
  }

  /** How many ids are members. */
  count(): number {
    let total = 0;
    for (const word of this.#words) if (word !== 0) total += bitsIn(word);
    return total;
  }

  /** The members in ascending order. */
  ids(): Ids {
    return this.#collect(word => word);
  }

  /** The members that `other` has not, in ascending order. */
  minus(other: IdSet): Ids {
    const theirs = other.#words;
    return this.#collect((word, at) => word & ~(theirs[at] ?? 0));
  }

  #collect(pick: (word: number, at: number) => number): Ids {
    const { base } = this.universe;
    const words = this.#words;
    let total = 0;
    for (let i = 0; i < words.length; i += 1) total += bitsIn(pick(words[i] ?? 0, i));
    const ids = new Int32Array(total);
    let next = 0;
    for (let i = 0; i < words.length && next < total; i += 1) {
      let word = pick(words[i] ?? 0, i);
      while (word !== 0) {
        const lowest = word & -word;
        ids[next] = base + i * 32 + (31 - Math.clz32(lowest));
        next += 1;
        word ^= lowest;
      }
    }
    return ids;
  }
}

function bitsIn(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
