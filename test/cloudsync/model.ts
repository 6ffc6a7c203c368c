// What a group and its statuses are to be by docs/concepts.md, said as plainly as can be: sets, no ledger, no feeds.

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
  /** The removals of a plan that somebody has refused, and its kind. */
  refusal: { kind: Kind; removals: Set<string>; askedAgain: boolean } | null = null;
  /** The group before the last run. */
  #before = new Set<string>();
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
    const isRefused = this.#isRefused(kind, fresh);
    const again = !isRefused && this.refusal !== null && !fresh.isDisjointFrom(this.refusal.removals);
    const approved = approve && this.held === kind && this.heldRemovals === these;
    const holds = !isRefused && !approved && (again || emptied);
    const unseen = fresh.size === 0 && kind === 'incremental' && this.refusal?.kind === 'full';
    if (holds && again && this.refusal) this.refusal.askedAgain = true;
    else if (!isRefused && !(unseen && !this.refusal?.askedAgain)) this.refusal = null;
    this.heldRemovals = these;
    this.#before = new Set(this.group);
    this.#forget(kind, wanted);
    for (const object of holds || isRefused ? removals.intersection(this.failedOut) : removals)
      this.#remove(object);
    for (const object of this.#additions(kind, wanted)) this.#add(object);
    if (kind === 'full') {
      for (const object of wanted.intersection(this.group)) this.#keep(object);
    }
    this.fullNeeded = false;
    this.held = holds ? kind : null;
    return holds;
  }

  /** Whether nobody is asked about these removals: they are those that were refused, or what a lesser run sees of them. */
  #isRefused(kind: Kind, fresh: Set<string>): boolean {
    if (this.refusal === null || fresh.size === 0) return false;
    const { kind: of, removals, askedAgain } = this.refusal;
    if (askedAgain) return false;
    if (!fresh.isSubsetOf(removals)) return false;
    return fresh.size === removals.size || (kind === 'incremental' && of === 'full');
  }

  /** Somebody refuses the plan that is held. */
  refuse(): void {
    if (this.held === null) return;
    this.refusal = { kind: this.held, removals: new Set(this.heldRemovals.split(',')), askedAgain: false };
    this.held = null;
  }

  /** The last run is taken back: the group is what it was, and what is not as the collections want it is let be. */
  undo(): void {
    for (const object of this.#before.difference(this.group)) this.group.add(object);
    for (const object of this.group.difference(this.#before)) this.group.delete(object);
    for (const object of this.failedIn) this.#keep(object);
    this.failedOut.clear();
  }

  /** One resource by itself, whose object bears its name and is refused by nobody. */
  push(object: string): void {
    const wanted = this.wanted();
    if (wanted.has(object)) this.#add(object);
    else if (this.failedOut.has(object)) this.#remove(object);
    else if (this.kept.has(object) && !this.#waits(object) && (wanted.size > 0 || this.kept.size > 1)) {
      this.#remove(object);
    }
  }

  #waits(object: string): boolean {
    return this.refusal !== null && !this.refusal.askedAgain
      ? this.refusal.removals.has(object)
      : this.held !== null && this.heldRemovals.split(',').includes(object);
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
