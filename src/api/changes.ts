/** Tells who listens that something has been changed through the API, so that others who look at it see it. */
export class Changes {
  readonly #listeners = new Set<(what: string) => void>();

  /** @param what the kind of thing, as it stands in the address: collections, tenants … */
  emit(what: string): void {
    for (const listener of this.#listeners) listener(what);
  }

  /** @returns what ends the subscription */
  subscribe(listener: (what: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
