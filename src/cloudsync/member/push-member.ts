import { problemData, type ToldStep, type WorkContext } from '../../base/index.ts';
import { type Store, withLease } from '../../store/index.ts';
import { settleMs } from '../group/actual.ts';
import { storeIntents } from '../ledger/ledger.ts';
import { type Change, emptyPlan, type LedgerEntry, type Plan } from '../plan.ts';
import type { Directories, GroupDirectory } from '../ports.ts';
import { findCollection, mappedGroups } from '../refs.ts';
import { sendIntents } from '../run/apply.ts';
import { checkTarget, refuseUnevaluated } from '../run/prepare.ts';
import { keptMembers, wantsAny } from '../run/reading.ts';
import { noTally } from '../run/result.ts';
import { alreadyRunning, groupLease } from '../run/run.ts';
import { noteObject } from '../run/run-changes.ts';
import { beginRun, type Ending, endApart } from '../run/run-record.ts';
import { switchedOff } from '../switches.ts';
import { loadTarget, memberTypes, type Target } from '../targets.ts';
import { isListed } from './member-look.ts';
import { listDecides, type MemberAction, memberAction } from './member-plan.ts';
import { type MemberObject, memberObjects } from './member-reading.ts';

/** A step of pushing one member through, in words. */
export type MemberStep = Omit<ToldStep, 'groupName'>;

/** What pushing one member through has done in one group. */
export interface PushedMember {
  groupId: string;
  groupName: string;
  steps: MemberStep[];
}

/** Takes each step as it happens. */
export type TellStep = (step: MemberStep, groupName: string) => void;

/** Which member of which groups. */
export interface PushRequest {
  collection: string;
  /** Object id or name; absent: all groups of the collection. */
  group?: string | undefined;
  resourceId: number;
  requestedBy: string;
  /** Told each step at once; all are in the answer too. */
  tell?: TellStep;
}

/** Makes sure that it is known which Entra object the resource is in a cloud service; tells what was found. */
export type Identify = (cloudServiceId: number) => Promise<MemberStep>;

/**
 * Pushes one resource through to the groups of a collection, at once and by itself: other changes that wait are left
 * for the next run. What it does is decided as an incremental run would decide it.
 * @throws Problem when the collection does not exist or is not mapped; what goes wrong in a group is in its steps
 */
export async function pushMember(
  store: Store,
  directories: Directories,
  identify: Identify,
  { collection, group, resourceId, requestedBy, tell = () => {} }: PushRequest,
  work: WorkContext,
): Promise<PushedMember[]> {
  const groups = await mappedGroups(store.db, await findCollection(store.db, collection), group);
  const pushed: PushedMember[] = [];
  for (const { targetId, groupId, name } of groups) {
    const steps: MemberStep[] = [];
    const note = (step: MemberStep) => {
      steps.push(step);
      tell(step, name);
    };
    try {
      const target = await loadTarget(store.db, targetId);
      if (!target) continue;
      note(await identify(target.cloudServiceId));
      const leased = await withLease(store, groupLease(targetId), work, signal =>
        pushInto(store, directories, { targetId, resourceId, requestedBy, note }, { ...work, signal }),
      );
      if (leased.busy) throw alreadyRunning(target);
    } catch (error) {
      work.signal.throwIfAborted();
      const { message, hint } = problemData(error);
      note({
        step: steps.length === 0 ? 'identity' : 'group',
        outcome: 'stopped',
        text: `${message} ${hint}`,
      });
    }
    pushed.push({ groupId, groupName: name, steps });
  }
  return pushed;
}

interface Pushing {
  resourceId: number;
  requestedBy: string;
  note: (step: MemberStep) => void;
}

async function pushInto(
  store: Store,
  directories: Directories,
  pushing: Pushing & { targetId: number },
  work: WorkContext,
): Promise<void> {
  const target = await loadTarget(store.db, pushing.targetId);
  if (!target) return;
  const off = switchedOff(target);
  if (off) throw off;
  const { note } = pushing;
  const shared = await directories(target.cloudServiceId, memberTypes(target));
  const directory = shared.countedApart();
  const facts = await checkTarget(directory, target, work.signal);
  note({ step: 'group', outcome: 'ok', text: `${facts.displayName} exists and takes it` });
  const recentSince = new Date(work.clock.now().getTime() - settleMs);
  const objects = await memberObjects(store.db, target, pushing.resourceId, recentSince);
  const counts = { kept: await keptMembers(store.db, target.id), wantsAny: await wantsAny(store.db, target) };
  const decided: { object: MemberObject; action: MemberAction }[] = [];
  for (const object of objects) {
    const listed =
      listDecides(object) && (await isListed(directory, target.groupId, object.objectId, work.signal));
    decided.push({ object, action: memberAction(object, { listed, ...counts }) });
  }
  if (decided.some(({ action }) => action.do === 'remove')) refuseUnevaluated(target);
  if (decided.length === 0) {
    note({
      step: 'action',
      outcome: 'ok',
      text: 'Nothing: it has no object in Entra that could be a member',
    });
  }
  for (const { object, action } of decided)
    await carryOut(store, directory, target, object, action, pushing, work);
}

/** Does to one object what was decided, and tells it in steps. */
async function carryOut(
  store: Store,
  directory: GroupDirectory,
  target: Target,
  object: MemberObject,
  action: MemberAction,
  { resourceId, requestedBy, note }: Pushing,
  work: WorkContext,
): Promise<void> {
  note({ step: 'action', outcome: action.do === 'held' ? 'held' : 'ok', text: action.why });
  if (action.do === 'adopt') {
    const adopted = [{ objectId: object.objectId, resourceId }];
    await storeIntents(store, target.id, { ...emptyPlan(), adopted }, async () => {});
  }
  if (action.do !== 'add' && action.do !== 'remove') return;
  const plan = planOf(object, action.do, resourceId);
  const planned = { plannedAdditions: plan.additions.length, plannedRemovals: plan.removals.length };
  const tally = { ...noTally(), ...planned };
  const before = { ...directory.counters };
  const runId = await beginRun(store, target, 'member', requestedBy, work.clock.now());
  const end = async (ending: Ending) => {
    tally.requests = directory.counters.requests - before.requests;
    tally.writes = directory.counters.writes - before.writes;
    await store.transaction(tx => endApart(tx, target, { id: runId, tally, ending }, work.clock.now()));
  };
  try {
    await storeIntents(store, target.id, plan, tx => noteObject(tx, runId, target.id, object.objectId));
    await sendIntents(store, directory, target, runId, tally, work);
    await end({ how: 'done', held: null });
  } catch (error) {
    await end(work.signal.aborted ? { how: 'interrupted' } : { how: 'problem', problem: problemData(error) });
    throw error;
  }
  note(await answerOf(store, runId, object.objectId));
}

function planOf({ objectId, entry }: MemberObject, what: 'add' | 'remove', resourceId: number): Plan {
  const open = entry !== undefined && entry.state !== 'done';
  const change: Change = {
    objectId,
    resourceId,
    why: what === 'add' ? 'joined' : 'left',
    attempts: open ? entry.attempts : 0,
    maybeIn: what === 'add' && entry !== undefined && mayBeIn(entry),
    decided: true,
  };
  const [additions, removals] = what === 'add' ? [[change], []] : [[], [change]];
  return { ...emptyPlan(), additions, removals };
}

/** Whether an object may be in the group before an addition of it: then a failure does not say that it is not. */
function mayBeIn({ wanted, state, maybeIn }: LedgerEntry): boolean {
  if (maybeIn || state === 'pending') return true;
  return wanted === 'in' ? state === 'done' : state === 'failed';
}

async function answerOf(store: Store, runId: number, objectId: string): Promise<MemberStep> {
  const row = await store.db
    .selectFrom('run_change')
    .select(['change', 'outcome', 'code', 'reason'])
    .where('run_id', '=', runId)
    .where('object_id', '=', objectId)
    .executeTakeFirstOrThrow();
  if (row.outcome === 'failed') {
    return {
      step: 'answer',
      outcome: 'failed',
      text: `${row.code}: ${row.reason} It is tried again by itself.`,
    };
  }
  const words = {
    'add done': 'Entra has taken it in',
    'add already': 'It was a member already',
    'remove done': 'Entra has taken it out',
    'remove already': 'It was no member any more',
  };
  return {
    step: 'answer',
    outcome: 'ok',
    text: words[`${row.change} ${row.outcome === 'done' ? 'done' : 'already'}`],
  };
}
