import type { WorkContext } from '../../base/index.ts';
import type { Store } from '../../store/index.ts';
import { recordOutcomes } from '../ledger/ledger.ts';
import type { Change, Plan } from '../plan.ts';
import type { GroupDirectory, MemberOutcome } from '../ports.ts';
import type { Target } from '../targets.ts';
import type { Tally } from './run-record.ts';

/**
 * Sends a plan whose intent is stored, and writes down each answer as it arrives. Removals go first: when Entra lets
 * only so much through, whoever is to lose access loses it (facts.md §3, 12).
 * @throws Problem when the directory as a whole fails; what was not answered stays open in the ledger
 */
export async function applyPlan(
  store: Store,
  directory: GroupDirectory,
  target: Target,
  runId: number,
  plan: Plan,
  tally: Tally,
  work: WorkContext,
): Promise<void> {
  const total = plan.removals.length + plan.additions.length;
  let answered = 0;
  const told = (wanted: 'in' | 'out', changes: readonly Change[], count: (done: number) => void) => {
    const attempts = attemptsOf(changes);
    const at = { targetId: target.id, runId, wanted };
    return async (outcomes: MemberOutcome[]) => {
      await recordOutcomes(store, at, outcomes, attempts, work.clock.now());
      const failed = outcomes.filter(({ outcome }) => outcome === 'failed').length;
      tally.failed += failed;
      count(outcomes.length - failed);
      answered += outcomes.length;
      work.report({ phase: `Synchronizing ${target.name}`, done: answered, total, unit: 'members' });
    };
  };
  if (plan.removals.length > 0) {
    const count = (done: number) => {
      tally.removed += done;
    };
    const outcome = told('out', plan.removals, count);
    await directory.removeMembers(target.groupId, plan.removals.map(idOf), outcome, work.signal);
  }
  if (plan.additions.length > 0) {
    const count = (done: number) => {
      tally.added += done;
    };
    const outcome = told('in', plan.additions, count);
    await directory.addMembers(target.groupId, plan.additions.map(idOf), outcome, work.signal);
  }
}

const idOf = ({ objectId }: Change) => objectId;

function attemptsOf(changes: readonly Change[]): Map<string, number> {
  const tried = changes.filter(({ attempts }) => attempts > 0);
  return new Map(tried.map(({ objectId, attempts }) => [objectId, attempts]));
}
