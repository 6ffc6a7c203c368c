/**
 * A set of ids in the order they came, read in pages: adding, removing and asking take constant time, a page costs
 * its own length, and a cursor stays good whatever is added or removed meanwhile.
 */
export class OrderedIds {
  readonly #numberOf = new Map<string, number>();
  #ids: (string | null)[] = [];
  #numbers: number[] = [];
  #next = 1;

  /** How many ids are in the set. */
  get size(): number {
    return this.#numberOf.size;
  }

  /** Whether the id is in the set. */
  has(id: string): boolean {
    return this.#numberOf.has(id);
  }

  /** Puts an id at the end; false where it was there already. */
  add(id: string): boolean {
    if (this.#numberOf.has(id)) return false;
    this.#numberOf.set(id, this.#next);
    this.#ids.push(id);
    this.#numbers.push(this.#next);
    this.#next += 1;
    return true;
  }

  /** Takes an id out; false where it was not there. */
  delete(id: string): boolean {
    const number = this.#numberOf.get(id);
    if (number === undefined) return false;
    this.#numberOf.delete(id);
    this.#ids[this.#firstAbove(number - 1)] = null;
    if (this.#ids.length > 64 && this.#numberOf.size < this.#ids.length / 2) this.#compact();
    return true;
  }

  /** Ids behind a cursor (0: from the start), each with the cursor that continues after it. */
  *after(cursor: number): Generator<{ id: string; cursor: number }> {
    for (let index = this.#firstAbove(cursor); index < this.#ids.length; index += 1) {
      const id = this.#ids[index];
      const number = this.#numbers[index];
      if (id && number !== undefined) yield { id, cursor: number };
    }
  }

  /** All ids in order. */
  [Symbol.iterator](): IterableIterator<string> {
    return this.#numberOf.keys();
  }

  /** The first index whose number is above `number`. */
  #firstAbove(number: number): number {
    let [low, high] = [0, this.#numbers.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#numbers[middle] ?? Number.POSITIVE_INFINITY) > number) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #compact(): void {
    const kept = [...this.#numberOf];
    this.#ids = kept.map(([id]) => id);
    this.#numbers = kept.map(([, number]) => number);
  }
}
