// The brake before a mass removal (docs/decisions/0006). Pure.

/** How many removals a run may make by itself. */
export interface Limits {
  /** More than so many members are never removed without approval. */
  maxRemovals: number;
  /** Nor more than so many percent of a group of ten or more. */
  maxRemovalPercent: number;
}

/** What the guard looks at. */
export interface Judged {
  /** Members before the run: those listed by Entra (full), or those that Rollcall keeps there (incremental). */
  groupSize: number;
  /** Removals that no earlier run has decided. */
  removals: number;
  /** Of the members before the run, those whose removal an earlier run has decided; absent: none. */
  decided?: number;
  /** Objects that the collections want in the group. */
  wanted: number;
}

/** The guard's word: go on, or hold the removals and say why. */
export type Verdict = { held: false } | { held: true; reason: string };

/** Groups below this size may lose any share of their members: a percentage says nothing of three. */
const percentFrom = 10;

/** Judges the removals of a plan. */
export function guard({ groupSize, removals, decided = 0, wanted }: Judged, limits: Limits): Verdict {
  if (removals === 0) return { held: false };
  if (wanted === 0 && removals + decided >= groupSize) {
    return {
      held: true,
      reason: `All ${count(removals)} would be removed, because no collection of this group has a member in Entra.`,
    };
  }
  if (removals > limits.maxRemovals) {
    return {
      held: true,
      reason: `${count(removals)} would be removed; more than ${limits.maxRemovals} need an approval.`,
    };
  }
  if (groupSize >= percentFrom && removals * 100 > limits.maxRemovalPercent * groupSize) {
    const percent = Math.floor((removals * 100) / groupSize);
    return {
      held: true,
      reason: `${removals} of ${count(groupSize)} (${percent} %) would be removed; more than ${limits.maxRemovalPercent} % need an approval.`,
    };
  }
  return { held: false };
}

/** Limits of one mapping; null: the tenant's. */
export interface MappingLimits {
  maxRemovals: number | null;
  maxRemovalPercent: number | null;
}

/** The limits of a group: the tightest of its mappings', each falling back on the tenant's. */
export function groupLimits(tenant: Limits, mappings: readonly MappingLimits[]): Limits {
  if (mappings.length === 0) return tenant;
  return {
    maxRemovals: Math.min(...mappings.map(own => own.maxRemovals ?? tenant.maxRemovals)),
    maxRemovalPercent: Math.min(...mappings.map(own => own.maxRemovalPercent ?? tenant.maxRemovalPercent)),
  };
}

function count(members: number): string {
  return members === 1 ? '1 member' : `${members} members`;
}
