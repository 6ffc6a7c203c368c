import type { IdSet } from './idset.ts';

/** What a collection's membership is made of, as whole sets over one universe. */
export interface Ingredients {
  /** What query, direct and include rules let in; this set is used up. */
  letIn: IdSet;
  /** The members of the limiting collection; null for a built-in collection, which nothing limits. */
  limiting: IdSet | null;
  /** The members of each excluded collection. */
  excluded: readonly IdSet[];
}

/** Membership = ((query ∪ direct ∪ include) ∩ limiting) ∖ exclude (design, section 4, rule 1). */
export function membershipOf({ letIn, limiting, excluded }: Ingredients): IdSet {
  if (limiting) letIn.and(limiting);
  for (const set of excluded) letIn.andNot(set);
  return letIn;
}
