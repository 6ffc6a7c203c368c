import type { Verdict } from '../guard.ts';
import type { HeldPlan, Refusal } from '../held/held.ts';

// What becomes of the removals of a run: guard, approval and refusal together (docs/decisions/0006). Pure.

/** The removals that a run would make anew. */
export interface Proposed {
  kind: HeldPlan['kind'];
  digest: string;
  /** Object ids of the removals that no earlier run has decided. */
  removals: readonly string[];
  verdict: Verdict;
}

/** The plan that the group holds, with what it would remove. */
export interface Standing {
  plan: HeldPlan;
  /** What was refused, with this plan or with the one before it; empty where nobody has refused anything. */
  refused: ReadonlySet<string>;
  /** Somebody has approved this very plan. */
  approved: boolean;
}

/** What becomes of the new removals. */
export type Decision =
  /** They are made; `standing` says what then becomes of the plan that was held. */
  | { removals: 'go'; standing: 'approved' | 'released' | 'kept' }
  /**
   * They wait for an approval: `again` when the plan is held already, else it is held anew. `afterRefusal`: some of
   * them were refused in an earlier plan.
   */
  | { removals: 'held'; reason: string; again: boolean; afterRefusal: boolean }
  /** They are not made and nobody is asked: somebody has refused them. */
  | { removals: 'refused' };

/**
 * Decides about the new removals of a run. An approval is for the very plan that was held. What was refused is never
 * let through by the guard alone: it is asked for again once other removals have come to it or some have gone.
 */
export function decide(
  { kind, digest, removals, verdict }: Proposed,
  standing: Standing | undefined,
): Decision {
  const plan = standing?.plan;
  const same = plan?.kind === kind && plan.digest === digest;
  if (removals.length === 0)
    return { removals: 'go', standing: keepsRefusal(kind, plan) ? 'kept' : 'released' };
  if (same && standing?.approved) return { removals: 'go', standing: 'approved' };
  const refused = removals.filter(objectId => standing?.refused.has(objectId));
  if (plan?.refusal) {
    if (plan.digest === digest) return { removals: 'refused' };
    // An incremental run sees less than the full one whose plan was refused.
    if (refused.length === removals.length && keepsRefusal(kind, plan)) return { removals: 'refused' };
  }
  const again = same && plan.refusal === null;
  const refusal = plan?.refusal ?? plan?.earlier?.refusal;
  if (refusal && refused.length > 0) {
    const reason = changed(refused.length, removals.length, refusal);
    return { removals: 'held', reason, again, afterRefusal: true };
  }
  if (!verdict.held) return { removals: 'go', standing: 'released' };
  return { removals: 'held', reason: verdict.reason, again, afterRefusal: false };
}

/** The removals of a full plan that was refused are not all seen by the incremental runs after it. */
function keepsRefusal(kind: HeldPlan['kind'], plan: HeldPlan | undefined): boolean {
  return kind === 'incremental' && plan?.kind === 'full' && plan.refusal !== null;
}

function changed(refused: number, removals: number, refusal: Refusal): string {
  const all = removals === 1 ? '1 member' : `${removals} members`;
  return `${all} would be removed; ${refusal.by} refused ${refused} of these removals, and the plan has changed since.`;
}
