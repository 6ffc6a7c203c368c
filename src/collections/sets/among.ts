/** What a collection's membership is made of, looked at for a few resources only. */
export interface IngredientsAmong {
  /** The resources that are looked at. */
  candidates: ReadonlySet<number>;
  /** Sets of what query, direct and include rules let in; they may hold others than the candidates. */
  letIn: readonly ReadonlySet<number>[];
  /** The members of the limiting collection; null for a built-in collection, which nothing limits. */
  limiting: ReadonlySet<number> | null;
  /** The members of each excluded collection. */
  excluded: readonly ReadonlySet<number>[];
  /** The members until now. */
  members: ReadonlySet<number>;
}

/** Who of the candidates joins and who leaves by the formula of `membershipOf`; the cost follows the smaller sets. */
export function changesAmong(from: IngredientsAmong): { joined: Int32Array; left: Int32Array } {
  const { candidates, letIn, limiting, excluded, members } = from;
  const now = new Set<number>();
  for (const set of letIn) {
    for (const id of set.size < candidates.size ? set : candidates) {
      if (!set.has(id) || !candidates.has(id)) continue;
      if (limiting && !limiting.has(id)) continue;
      if (!excluded.some(out => out.has(id))) now.add(id);
    }
  }
  const joined: number[] = [];
  for (const id of now) if (!members.has(id)) joined.push(id);
  const left: number[] = [];
  for (const id of members.size < candidates.size ? members : candidates) {
    if (members.has(id) && candidates.has(id) && !now.has(id)) left.push(id);
  }
  return { joined: Int32Array.from(joined).sort(), left: Int32Array.from(left).sort() };
}
