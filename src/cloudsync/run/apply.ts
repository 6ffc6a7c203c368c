import type { WorkContext } from '../../base/index.ts';
import type { Store } from '../../store/index.ts';
import { recordOutcomes } from '../ledger/ledger.ts';
import type { GroupDirectory, MemberOutcome } from '../ports.ts';
import type { Target } from '../targets.ts';
import { countOpen, openObjects } from './run-changes.ts';
import type { Tally } from './run-record.ts';

/**
 * Sends what a run has stored as its intent, and writes down each answer as it arrives.
 * @throws Problem when the directory as a whole fails; what was not answered stays open in the ledger
 */
export async function sendIntents(
  store: Store,
  directory: GroupDirectory,
  target: Target,
  runId: number,
  tally: Tally,
  work: WorkContext,
): Promise<void> {
  const record = (change: 'add' | 'remove', outcomes: MemberOutcome[]) => {
    const wanted = change === 'add' ? 'in' : 'out';
    return recordOutcomes(store, { targetId: target.id, runId, wanted }, outcomes, work.clock.now());
  };
  const phase = `Synchronizing ${target.name}`;
  await sendOpen(store, directory, target, { runId, phase, record }, tally, work);
}

/**
 * Sends all changes of a run that have no answer yet. Removals go first: when Entra lets only so much through, whoever
 * is to lose access loses it even while many are to be added.
 * @param run.record writes down answers as they arrive; the rest is sent when it has
 * @throws Problem when the directory as a whole fails
 */
export async function sendOpen(
  store: Store,
  directory: GroupDirectory,
  target: Target,
  run: {
    runId: number;
    phase: string;
    record: (change: 'add' | 'remove', outcomes: MemberOutcome[]) => Promise<void>;
  },
  tally: Tally,
  work: WorkContext,
): Promise<void> {
  const open = await countOpen(store.db, run.runId);
  const total = open.add + open.remove;
  let answered = 0;
  const told = (change: 'add' | 'remove') => async (outcomes: MemberOutcome[]) => {
    await run.record(change, outcomes);
    const failed = outcomes.filter(({ outcome }) => outcome === 'failed').length;
    tally.failed += failed;
    tally[change === 'add' ? 'added' : 'removed'] += outcomes.length - failed;
    answered += outcomes.length;
    work.report({ phase: run.phase, done: answered, total, unit: 'members' });
  };
  const objects = (change: 'add' | 'remove') => openObjects(store.db, run.runId, change);
  if (open.remove > 0) {
    await directory.removeMembers(target.groupId, objects('remove'), told('remove'), work.signal);
  }
  if (open.add > 0) {
    await directory.addMembers(target.groupId, objects('add'), told('add'), work.signal);
  }
}
