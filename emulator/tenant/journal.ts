/** One change of a directory object or of a group's members. */
export interface Change {
  /** Grows by one a change. */
  readonly number: number;
  /** When, in milliseconds since 1970 UTC. */
  readonly at: number;
  /** The object that changed. */
  readonly id: string;
  /** The properties that changed; null when the object was created, deleted or restored. */
  readonly fields: readonly string[] | null;
  /** For a change of a group's members: who, and whether in or out. */
  readonly member?: { readonly id: string; readonly added: boolean };
}

/** The longest journal kept: what is older has to be read anew, as after the documented life of a delta token. */
const longest = 2_000_000;

/** What changed in one kind of object, in order: delta queries and stale lists read it. */
export class Journal {
  #changes: Change[] = [];
  #last: number;
  #forgotten: number;

  /** Begins behind change number `last`, of which nothing is known any more. */
  constructor(last = 0) {
    this.#last = last;
    this.#forgotten = last;
  }

  /** The number of the latest change. */
  get last(): number {
    return this.#last;
  }

  /** The number of the latest change that was made no later than instant `at` (milliseconds since 1970 UTC). */
  lastBy(at: number): number {
    let number = this.#last;
    for (const change of this.laterThan(at)) number = change.number - 1;
    return number;
  }

  /** Whether everything after change `number` is still known. */
  covers(number: number): boolean {
    return number >= this.#forgotten && number <= this.#last;
  }

  /** Writes down a change. */
  record(change: Omit<Change, 'number'>): void {
    this.#last += 1;
    this.#changes.push({ number: this.#last, ...change });
    if (this.#changes.length > longest) this.forget(this.#last - longest / 2);
  }

  /** Drops the changes up to and including `number`. */
  forget(number = this.#last): void {
    this.#forgotten = Math.max(this.#forgotten, Math.min(number, this.#last));
    this.#changes = this.#changes.filter(change => change.number > this.#forgotten);
  }

  /** The changes behind `number`, oldest first. */
  *since(number: number): Generator<Change> {
    const first = this.#changes[0]?.number ?? 0;
    for (let index = Math.max(0, number + 1 - first); index < this.#changes.length; index += 1) {
      const change = this.#changes[index];
      if (change) yield change;
    }
  }

  /** The changes later than instant `at` (milliseconds since 1970 UTC), latest first. */
  *laterThan(at: number): Generator<Change> {
    for (let index = this.#changes.length - 1; index >= 0; index -= 1) {
      const change = this.#changes[index];
      if (!change || change.at <= at) return;
      yield change;
    }
  }
}
