// What a group and its statuses are to be by design.md §4, said as plainly as can be: sets, no ledger, no feeds.

export type Kind = 'full' | 'incremental';

/** A group, the two collections that feed it, and Entra. */
export class Model {
  readonly collections = { X: new Set<string>(), Y: new Set<string>() };
  /** Resource → Entra object. */
  readonly identities = new Map<string, string>();
  /** Objects that Entra has. */
  readonly objects = new Set<string>();
  /** Members that Entra refuses to add or remove. */
  readonly refused = new Set<string>();
  readonly group = new Set<string>();
  /** Members that Rollcall put there, or found there and wants. */
  readonly kept = new Set<string>();
  readonly failedIn = new Set<string>();
  readonly failedOut = new Set<string>();
  held: Kind | null = null;
  /** What an approval is for. */
  heldRemovals = '';
  fullNeeded = true;

  wanted(): Set<string> {
    const resources = this.collections.X.union(this.collections.Y);
    const objects = [...resources].map(resource => this.identities.get(resource));
    return new Set(objects.filter(object => object !== undefined));
  }

  /** A run that ends well. @returns whether its removals are held */
  run(asked: Kind, approve: boolean): boolean {
    const kind = asked === 'full' || this.fullNeeded || this.held === 'full' ? 'full' : 'incremental';
    const wanted = this.wanted();
    const removals = this.#removals(kind, wanted);
    const fresh = removals.difference(this.failedOut);
    const size = kind === 'full' ? this.group.size : this.#keptThere().size;
    const emptied = wanted.size === 0 && fresh.size > 0 && fresh.size >= size;
    const these = [...fresh].sort().join();
    const holds = emptied && !(approve && this.held === kind && this.heldRemovals === these);
    this.heldRemovals = these;
    this.#forget(kind, wanted);
    for (const object of holds ? removals.intersection(this.failedOut) : removals) this.#remove(object);
    for (const object of this.#additions(kind, wanted)) this.#add(object);
    if (kind === 'full') {
      for (const object of wanted.intersection(this.group)) this.#keep(object);
    }
    this.fullNeeded = false;
    this.held = holds ? kind : null;
    return holds;
  }

  #additions(kind: Kind, wanted: Set<string>) {
    return wanted.difference(kind === 'full' ? this.group : this.kept);
  }

  #removals(kind: Kind, wanted: Set<string>): Set<string> {
    if (kind === 'full') return this.group.difference(wanted);
    return this.#keptThere().union(this.failedOut).difference(wanted).intersection(this.objects);
  }

  #keptThere() {
    return new Set([...this.kept].filter(object => this.objects.has(object) || this.wanted().has(object)));
  }

  /** What neither is wanted nor can be there is no concern of anybody any more. */
  #forget(kind: Kind, wanted: Set<string>) {
    const gone = (object: string) =>
      !wanted.has(object) && !(kind === 'full' ? this.group : this.objects).has(object);
    for (const known of [this.kept, this.failedOut])
      for (const object of known) if (gone(object)) known.delete(object);
    for (const object of this.failedIn) if (!wanted.has(object)) this.failedIn.delete(object);
  }

  #add(object: string) {
    if (this.refused.has(object)) {
      this.failedIn.add(object);
      this.failedOut.delete(object);
      this.kept.delete(object);
      return;
    }
    this.group.add(object);
    this.#keep(object);
  }

  #keep(object: string) {
    this.kept.add(object);
    this.failedIn.delete(object);
    this.failedOut.delete(object);
  }

  #remove(object: string) {
    this.kept.delete(object);
    if (this.refused.has(object)) {
      this.failedOut.add(object);
      return;
    }
    this.failedOut.delete(object);
    this.group.delete(object);
  }

  /** Status and counts of a collection's mapping after a run that ended well. */
  status(collection: 'X' | 'Y') {
    const members = [...this.collections[collection]];
    const objects = members
      .map(resource => this.identities.get(resource))
      .filter(object => object !== undefined);
    const syncCompleted = objects.filter(object => this.kept.has(object)).length;
    const syncFailed = objects.filter(object => this.failedIn.has(object)).length;
    const failed = syncFailed + this.failedOut.size;
    const word = failed === 0 ? 'Success' : syncCompleted > 0 ? 'Partial Success' : 'Failed';
    return {
      status: this.held ? 'Awaiting Approval' : word,
      memberCount: members.length,
      syncCompleted,
      syncFailed,
      syncInProgress: 0,
      notInEntra: members.length - objects.length,
    };
  }
}
