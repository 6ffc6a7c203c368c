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
 * What puts a group back: of each object that the runs have changed, what it was before, against what it is now.
 * Objects that only others have changed are left alone.
 */
export function planUndo(recorded: Iterable<Recorded>, actual: ReadonlySet<string>): UndoPlan {
  const plan: UndoPlan = { additions: [], removals: [] };
  for (const one of recorded) {
    if (!one.effective) continue;
    const wasIn = wasMember(one);
    if (wasIn === actual.has(one.objectId)) continue;
    const { objectId, resourceId } = one;
    (wasIn ? plan.additions : plan.removals).push({ objectId, resourceId });
  }
  return plan;
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
