import { createHash } from 'node:crypto';

// What an undo changes. Pure. Why it is so: docs/decisions/0010-undo-puts-the-group-back-not-the-wish.md.

/** What the records of the runs to be undone tell of one object: of its first change since, and whether any took hold. */
export interface Recorded {
  objectId: string;
  resourceId: number | null;
  /** The first change of the object in these runs. */
  change: 'add' | 'remove';
  /** How that one ended; null: without an answer. */
  outcome: 'done' | 'already' | 'failed' | null;
  /** Some change of the object in these runs has been made, or may have been. */
  effective: boolean;
  /** It is in the group now, and its name as Entra gave it. */
  listed: boolean;
  name: string | null;
}

/** An object that an undo puts in or takes out. */
export interface UndoChange {
  objectId: string;
  resourceId: number | null;
}

/** What an undo is to do; disjoint by object. */
export interface UndoPlan {
  additions: UndoChange[];
  removals: UndoChange[];
}

/**
 * Puts into a plan what puts one object back: what it was before the runs that have changed it, against what it is now.
 * An object that only others have changed is left alone.
 */
export function planBack(plan: UndoPlan, one: Recorded): void {
  if (!one.effective) return;
  const wasIn = wasMember(one);
  if (wasIn === one.listed) return;
  const { objectId, resourceId } = one;
  (wasIn ? plan.additions : plan.removals).push({ objectId, resourceId });
}

/** "Already" says that it was before as the change would have it; every other end leaves that it was not. */
function wasMember({ change, outcome }: Recorded): boolean {
  return outcome === 'already' ? change === 'add' : change === 'remove';
}

/** What an approval of an undo is for: these very changes, back to before that run. */
export function undoDigest(runId: number, { additions, removals }: UndoPlan): string {
  const lines = [
    ...additions.map(({ objectId }) => `add ${objectId}`),
    ...removals.map(({ objectId }) => `remove ${objectId}`),
  ];
  return createHash('sha256')
    .update([`run ${runId}`, ...lines.sort()].join('\n'))
    .digest('hex')
    .slice(0, 16);
}
