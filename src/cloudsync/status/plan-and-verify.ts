import { type ProblemData, problemData, type WorkContext } from '../../base/index.ts';
import type { Store } from '../../store/index.ts';
import { withReading } from '../group/actual.ts';
import { loadHeld } from '../held/held.ts';
import { nameChanges } from '../names.ts';
import type { Change } from '../plan.ts';
import type { Directories } from '../ports.ts';
import { findCollection, mappedGroups } from '../refs.ts';
import { type Difference, eachDifference } from '../run/differences.ts';
import { checkTarget, type Kind, prepareFull, prepareIncremental } from '../run/prepare.ts';
import { switchedOff } from '../switches.ts';
import { loadTargets, memberTypes, type Target } from '../targets.ts';
import { type ExplainedChange, explainAdditions, explainRemovals } from './plan-reasons.ts';

// Looking without changing anything: what a run would do, and where a group differs.

/** What a run of one group would do. */
export interface GroupPlan {
  groupId: string;
  groupName: string;
  kind: Kind;
  add: ExplainedChange[];
  remove: ExplainedChange[];
  /** Why the guard would hold the removals; null: they would go on. */
  held: string | null;
  /** What would stop the run. */
  problem: ProblemData | null;
}

/**
 * What a run of a collection's groups would do now. Sends nothing that writes, stores nothing.
 * @throws Problem when the collection does not exist or is not mapped
 */
export async function planMapping(
  store: Store,
  directories: Directories,
  collection: string,
  { full, group }: { full: boolean; group?: string },
  work: WorkContext,
): Promise<GroupPlan[]> {
  const plans: GroupPlan[] = [];
  for (const target of await targetsOf(store, collection, group)) {
    plans.push(await planTarget(store, directories, target, full, work));
  }
  return plans;
}

async function planTarget(
  store: Store,
  directories: Directories,
  target: Target,
  asked: boolean,
  work: WorkContext,
): Promise<GroupPlan> {
  const held = await loadHeld(store.db, target.heldPlanId);
  const kind: Kind = asked || target.fullNeeded > 0 || held?.kind === 'full' ? 'full' : 'incremental';
  const shown = { groupId: target.groupId, groupName: target.name, kind };
  try {
    const off = switchedOff(target);
    if (off) throw off;
    const directory = await directories(target.cloudServiceId, memberTypes(target));
    await checkTarget(directory, target, work.signal);
    const { plan, verdict, names } =
      kind === 'full'
        ? await prepareFull(store, directory, target, 'look', work)
        : await prepareIncremental(store, target, work.clock.now());
    const named = (changes: Change[]) => nameChanges(store, target.cloudServiceId, changes, names);
    return {
      ...shown,
      add: await explainAdditions(store, target, plan.additions, await named(plan.additions), work.clock),
      remove: explainRemovals(await named(plan.removals)),
      held: verdict.held ? verdict.reason : null,
      problem: null,
    };
  } catch (error) {
    work.signal.throwIfAborted();
    return { ...shown, add: [], remove: [], held: null, problem: problemData(error) };
  }
}

/** Where a group in Entra differs from what its collections want. */
export interface Verification {
  groupId: string;
  groupName: string;
  inStep: boolean;
  /** Wanted, but not in the group. */
  missing: { name: string; objectId: string }[];
  /** In the group, but not wanted. */
  foreign: { name: string; objectId: string }[];
}

/**
 * Compares a collection's groups with what they should be. Changes nothing.
 * @throws Problem when the collection does not exist or is not mapped, or Entra can't be read
 */
export async function verifyMapping(
  store: Store,
  directories: Directories,
  collection: string,
  work: WorkContext,
  group?: string,
): Promise<Verification[]> {
  const verifications: Verification[] = [];
  for (const target of await targetsOf(store, collection, group)) {
    const directory = await directories(target.cloudServiceId, memberTypes(target));
    const [missing, foreign]: [Difference[], Difference[]] = [[], []];
    await withReading(store, directory, target, 'look', work, ({ id }) =>
      eachDifference(store, target, id, work.clock.now(), object => {
        if (object.wantedNow && !object.listed) missing.push(object);
        if (object.listed && !object.wantedNow) foreign.push(object);
      }),
    );
    const shown = (objects: Difference[]) => nameDifferences(store, target, objects);
    const inStep = missing.length + foreign.length === 0;
    verifications.push({
      groupId: target.groupId,
      groupName: target.name,
      inStep,
      missing: await shown(missing),
      foreign: await shown(foreign),
    });
  }
  return verifications;
}

async function nameDifferences(
  store: Store,
  target: Target,
  objects: readonly Difference[],
): Promise<{ name: string; objectId: string }[]> {
  const listed = new Map(
    objects.flatMap(({ objectId, name }) => (name === null ? [] : [[objectId, name] as const])),
  );
  const changes = objects.map(
    ({ objectId, resourceId, wantedNow }): Change => ({
      objectId,
      resourceId: wantedNow ? resourceId : null,
      why: wantedNow ? 'missing' : 'foreign',
      attempts: 0,
      maybeIn: false,
      decided: false,
    }),
  );
  const named = await nameChanges(store, target.cloudServiceId, changes, listed);
  return named.map(({ name, objectId }) => ({ name, objectId }));
}

async function targetsOf(store: Store, collection: string, group: string | undefined): Promise<Target[]> {
  const groups = await mappedGroups(store.db, await findCollection(store.db, collection), group);
  return loadTargets(
    store.db,
    groups.map(({ targetId }) => targetId),
  );
}
