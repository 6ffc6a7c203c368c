import type { ResourceType } from '../../store/index.ts';

/** A query rule of a collection. */
export interface QueryRule {
  /** Number of the rule. */
  id: number;
  name: string;
  wql: string;
}

/** A collection as evaluation sees it: its settings, and which others it is made of. */
export interface CollectionNode {
  num: number;
  id: string;
  name: string;
  type: ResourceType;
  limiting: number | null;
  includes: number[];
  excludes: number[];
  queries: QueryRule[];
  /** Collections that its query rules name as SMS_CM_RES_COLL_<id>. */
  queried: number[];
  incremental: boolean;
  /** How many changes of its rules wait for a full evaluation. */
  stale: number;
  memberCount: number;
  fullyEvaluatedAt: string | null;
}

/** What a collection depends on: limiting, included, excluded, queried. */
export function dependenciesOf(node: CollectionNode): number[] {
  const all = [...node.includes, ...node.excludes, ...node.queried];
  if (node.limiting !== null) all.push(node.limiting);
  return all;
}

/** All collections and which depends on which. */
export class CollectionGraph {
  readonly nodes: ReadonlyMap<number, CollectionNode>;
  /** Every collection after all that it depends on. */
  readonly order: readonly CollectionNode[];
  readonly #dependents = new Map<number, CollectionNode[]>();

  constructor(nodes: Iterable<CollectionNode>) {
    this.nodes = new Map([...nodes].map(node => [node.num, node]));
    for (const node of this.nodes.values()) {
      for (const num of new Set(dependenciesOf(node))) {
        const list = this.#dependents.get(num);
        if (list) list.push(node);
        else this.#dependents.set(num, [node]);
      }
    }
    this.order = this.#sorted();
  }

  /** The collections that depend on this one directly. */
  dependents(num: number): readonly CollectionNode[] {
    return this.#dependents.get(num) ?? [];
  }

  // Kahn's algorithm: a node is ready once everything that it depends on has been placed.
  #sorted(): CollectionNode[] {
    const open = new Map<number, number>();
    const ready: CollectionNode[] = [];
    for (const node of this.nodes.values()) {
      const known = new Set(dependenciesOf(node).filter(num => this.nodes.has(num)));
      open.set(node.num, known.size);
      if (known.size === 0) ready.push(node);
    }
    for (let at = 0; at < ready.length; at += 1) {
      const done = ready[at];
      if (!done) break;
      for (const dependent of this.dependents(done.num)) {
        const left = (open.get(dependent.num) ?? 0) - 1;
        open.set(dependent.num, left);
        if (left === 0) ready.push(dependent);
      }
    }
    if (ready.length < this.nodes.size) {
      throw new Error('Collections depend on each other in a circle, although saving a rule refuses that.');
    }
    return ready;
  }
}
