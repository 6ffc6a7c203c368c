import { Problem, type WorkContext } from '../../base/index.ts';
import type { Store } from '../../store/index.ts';
import { type Purpose, settleMs, withReading } from '../group/actual.ts';
import { groupLimits, guard, type Verdict } from '../guard.ts';
import { checkGroup } from '../mappings/checks.ts';
import { emptyPlan, newRemovals, type Plan, planObject, planTouched } from '../plan.ts';
import type { GroupDirectory, GroupFacts } from '../ports.ts';
import { memberTypes, type Target } from '../targets.ts';
import { eachDifference } from './differences.ts';
import { eachTouched, keptMembers, type Marks, readMarks, wantsAny } from './reading.ts';

export type Kind = 'full' | 'incremental';

/** A run ready to be made: what it would do, what the guard says, and how far it has seen. */
export interface Prepared {
  kind: Kind;
  plan: Plan;
  verdict: Verdict;
  marks: Marks;
  /** Names that Entra gave for members nobody wants. */
  names: ReadonlyMap<string, string>;
}

/**
 * Works out a full run: reads the group, whole or by what changed since it was read last. Sends nothing that writes.
 * @param purpose a run may keep what it read of the group for the runs to come
 */
export async function prepareFull(
  store: Store,
  directory: GroupDirectory,
  target: Target,
  purpose: Purpose,
  work: WorkContext,
): Promise<Prepared> {
  refuseUnevaluated(target);
  const marks = await readMarks(store.db);
  // Counted from before the group is read: what was tried shortly before that may not show yet.
  const recentSince = new Date(work.clock.now().getTime() - settleMs);
  return withReading(store, directory, target, purpose, work, async ({ id, size }) => {
    const plan = emptyPlan();
    const names = new Map<string, string>();
    await eachDifference(store, target, id, recentSince, object => {
      planObject(plan, object);
      if (object.name !== null && !object.wantedNow) names.set(object.objectId, object.name);
    });
    const removals = newRemovals(plan).length;
    const judged = {
      groupSize: size,
      removals,
      decided: plan.removals.length - removals,
      wanted: (await wantsAny(store.db, target)) ? 1 : 0,
    };
    return { kind: 'full', plan, marks, names, verdict: guard(judged, limitsOf(target)) };
  });
}

/** Works out an incremental run: from the feeds and the ledger alone. Asks Entra nothing, writes nothing. */
export async function prepareIncremental(store: Store, target: Target, now: Date): Promise<Prepared> {
  const marks = await readMarks(store.db);
  const plan = emptyPlan();
  await eachTouched(store, target, now, target.heldPlanId !== null, object => planTouched(plan, object));
  const removals = newRemovals(plan).length;
  const verdict =
    removals === 0
      ? ({ held: false } as const)
      : guard(
          {
            groupSize: (await keptMembers(store.db, target.id)) - plan.forgotten.length,
            removals,
            wanted: (await wantsAny(store.db, target)) ? 1 : 0,
          },
          limitsOf(target),
        );
  return { kind: 'incremental', plan, marks, names: new Map(), verdict };
}

/**
 * Looks whether the group may be written to.
 * @throws Problem that says what is wrong with it and what to do
 */
export async function checkTarget(
  directory: GroupDirectory,
  target: Target,
  signal: AbortSignal,
): Promise<GroupFacts> {
  const facts = await directory.getGroup(target.groupId, signal).catch(error => {
    throw isGone(error) ? goneProblem(target, error) : error;
  });
  const types = memberTypes(target);
  const refusal = checkGroup(facts, { types, allowRoleAssignable: target.allowRoleAssignable });
  if (refusal) throw refusal;
  return facts;
}

function isGone(error: unknown): boolean {
  return error instanceof Problem && error.kind === 'not-found';
}

function goneProblem(target: Target, cause: Error): Problem {
  const { name, id } = target.feeders[0] ?? { name: '', id: '' };
  return new Problem(
    'not-found',
    'group-not-found',
    `The group "${target.name}" is not in Entra any more.`,
    `Restore it in Entra (deleted groups are kept for 30 days), or remove its mapping: rollcall cloud-sync remove ${id || name} --group ${target.groupId}.`,
    { cause },
  );
}

/**
 * Nobody is a member yet of a collection that was never evaluated: that must not empty a group.
 * @throws Problem `collection-not-evaluated`
 */
export function refuseUnevaluated(target: Pick<Target, 'name' | 'feeders'>): void {
  const unevaluated = target.feeders.find(({ evaluated }) => !evaluated);
  if (!unevaluated) return;
  throw new Problem(
    'conflict',
    'collection-not-evaluated',
    `The collection "${unevaluated.name}" has not been evaluated yet, so nobody knows who belongs into the group "${target.name}".`,
    unevaluated.error === null
      ? `Evaluate it: rollcall collection evaluate ${unevaluated.id}.`
      : `Its evaluation fails; mend its rules first. ${unevaluated.error}`,
  );
}

function limitsOf(target: Target) {
  return groupLimits(target.limits, target.feeders);
}
