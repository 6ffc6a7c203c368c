import { DeltaExpired, type DeltaPage, type EntraObject } from '../../src/directory/index.ts';

type Kind = 'device' | 'user';
type Item = { object: EntraObject } | { gone: string };

/**
 * The delta seam of a directory in memory: a log of changes, served in pages. Links are positions in it; a full read
 * serves the present objects, then goes on in the log.
 */
export class FakeDirectory {
  pageSize = 2;
  /** Links handed out so far that have expired. */
  readonly expired = new Set<string>();
  /** Links asked for. */
  readonly asked: (string | null)[] = [];
  /** Throws before this many more pages are served. */
  failAfter = Number.POSITIVE_INFINITY;
  readonly #log: Record<Kind, Item[]> = { device: [], user: [] };
  readonly #present: Record<Kind, Map<string, EntraObject>> = { device: new Map(), user: new Map() };
  readonly #lists: Item[][] = [];

  put(object: EntraObject): void {
    this.#present[object.kind].set(object.id, { ...this.#present[object.kind].get(object.id), ...object });
    this.#log[object.kind].push({ object });
  }

  remove(kind: Kind, id: string): void {
    this.#present[kind].delete(id);
    this.#log[kind].push({ gone: id });
  }

  /** Answers full reads as if these objects were not there, without any word of their removal. */
  hide(kind: Kind, ids: Iterable<string>): void {
    for (const id of ids) this.#present[kind].delete(id);
  }

  async *delta(kind: Kind, link: string | null): AsyncGenerator<DeltaPage> {
    this.asked.push(link);
    let target = link ?? this.#listLink(kind);
    for (;;) {
      if (this.expired.has(target)) throw new DeltaExpired();
      if (this.failAfter <= 0) throw new Error('the connection broke');
      this.failAfter -= 1;
      const page = this.#page(kind, target);
      yield page;
      if (page.nextLink === null) return;
      target = page.nextLink;
    }
  }

  #listLink(kind: Kind): string {
    const items = [...this.#present[kind].values()].map(object => ({ object }));
    // Entra repeats items.
    this.#lists.push([...items, ...items.slice(0, 1)]);
    return `list-${this.#lists.length - 1}-0-${this.#log[kind].length}`;
  }

  #page(kind: Kind, link: string): DeltaPage {
    const [what, list = '0', from = '0', then = '0'] = link.split('-');
    if (what === 'list') {
      const items = this.#lists[Number(list)] ?? [];
      const end = Number(from) + this.pageSize;
      if (end < items.length)
        return this.#of(items.slice(Number(from), end), `list-${list}-${end}-${then}`, null);
      return this.#of(items.slice(Number(from)), null, `log-${then}`);
    }
    const start = Number(list);
    const end = Math.min(start + this.pageSize, this.#log[kind].length);
    const items = this.#log[kind].slice(start, end);
    return end < this.#log[kind].length
      ? this.#of(items, `log-${end}`, null)
      : this.#of(items, null, `log-${end}`);
  }

  #of(items: Item[], nextLink: string | null, deltaLink: string | null): DeltaPage {
    return {
      objects: items.flatMap(item => ('object' in item ? [item.object] : [])),
      removed: items.flatMap(item => ('gone' in item ? [{ id: item.gone, reason: 'changed' as const }] : [])),
      nextLink,
      deltaLink,
    };
  }
}

/** An enabled device; its deviceId is made from its number. */
export function device(number: number, more: Partial<EntraObject> = {}): EntraObject {
  return {
    id: `device-object-${number}`,
    kind: 'device',
    displayName: `PC${number}`,
    deviceId: `device-${number}`,
    trustType: 'AzureAd',
    accountEnabled: true,
    ...more,
  };
}

/** An enabled user. */
export function user(number: number, more: Partial<EntraObject> = {}): EntraObject {
  return {
    id: `user-object-${number}`,
    kind: 'user',
    displayName: `User ${number}`,
    userPrincipalName: `user${number}@contoso.com`,
    accountEnabled: true,
    ...more,
  };
}
