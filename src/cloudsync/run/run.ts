import { fold, Problem, problemData, type WorkContext } from '../../base/index.ts';
import { type Store, withLease } from '../../store/index.ts';
import {
  digestOf,
  type HeldPlan,
  hold,
  loadHeld,
  refusalSentence,
  refusedPlan,
  refusedRemovals,
  release,
  withoutNewRemovals,
} from '../held/held.ts';
import { storeIntents } from '../ledger/ledger.ts';
import { nameChanges } from '../names.ts';
import { newRemovals, type Plan } from '../plan.ts';
import type { Directories, GroupDirectory } from '../ports.ts';
import { switchedOff } from '../switches.ts';
import { loadTarget, memberTypes, type Target } from '../targets.ts';
import { finishUndo } from '../undo/undo-send.ts';
import { sendIntents } from './apply.ts';
import { type Decision, decide } from './decision.ts';
import { checkTarget, type Kind, type Prepared, prepareFull, prepareIncremental } from './prepare.ts';
import { noTally, resultOf, type SyncResult } from './result.ts';
import { noteIntents } from './run-changes.ts';
import { beginRun, type Ending, endRun, noteStanding } from './run-record.ts';

/** What is asked of a run. */
export interface RunRequest {
  full: boolean;
  /** Let pass the plan that is held, if it still is the same; one that was refused only where `named`. */
  approve: boolean;
  /** Let pass the held plan of this number, if it still is the same. */
  plan?: number | undefined;
  /** Somebody named the group: look at it in Entra even where there is nothing to send. */
  named: boolean;
  requestedBy: string;
}

/** Name of the lease of a group: one run at a time. */
export function groupLease(targetId: number): string {
  return `group ${targetId}`;
}

/**
 * Runs one group: full or incremental. What goes wrong is in the result and in the group; only an abort is thrown.
 * @returns nothing when the group is not mapped any more
 */
export async function runTarget(
  store: Store,
  directories: Directories,
  targetId: number,
  request: RunRequest,
  work: WorkContext,
): Promise<SyncResult | undefined> {
  const before = await loadTarget(store.db, targetId);
  if (!before) return undefined;
  const leased = await withLease(store, groupLease(targetId), work, async signal => {
    // As it is now: another run may have ended between.
    const target = await loadTarget(store.db, targetId);
    if (!target) return undefined;
    const problem = switchedOff(target);
    if (problem) return resultOf(target, 'incremental', 'Disabled', { problem: problemData(problem) });
    return new Run(store, directories, target, request, { ...work, signal }).run();
  });
  if (!leased.busy) return leased.result;
  const problem = problemData(alreadyRunning(before));
  return resultOf(before, request.full ? 'full' : 'incremental', 'In Progress', { problem });
}

/** The problem of a second run of a group. */
export function alreadyRunning(target: Target): Problem {
  return new Problem(
    'conflict',
    'already-running',
    `The group "${target.name}" is being synchronized by another run.`,
    'Wait until it has ended; cloud-sync status shows how it goes.',
  );
}

/** One run of one group, under its lease. */
class Run {
  readonly #store: Store;
  readonly #directories: Directories;
  readonly #target: Target;
  readonly #request: RunRequest;
  readonly #work: WorkContext;
  readonly #tally = noTally();
  #kind: Kind = 'incremental';
  #id: number | undefined;
  #directory: GroupDirectory | undefined;
  #refused: string | null = null;
  #counted = { requests: 0, writes: 0 };

  constructor(
    store: Store,
    directories: Directories,
    target: Target,
    request: RunRequest,
    work: WorkContext,
  ) {
    this.#store = store;
    this.#directories = directories;
    this.#target = target;
    this.#request = request;
    this.#work = work;
  }

  async run(): Promise<SyncResult> {
    try {
      return await this.#end({ how: 'done', held: await this.#go() });
    } catch (error) {
      if (this.#work.signal.aborted) {
        await this.#end({ how: 'interrupted' });
        throw this.#work.signal.reason;
      }
      return await this.#end({ how: 'problem', problem: problemData(error) });
    }
  }

  /** @returns why removals are held, or null */
  async #go(): Promise<string | null> {
    const held = await loadHeld(this.#store.db, this.#target.heldPlanId);
    const waits = held?.kind === 'full' && (held.refusal === null || this.#approves(held));
    const full = this.#request.full || this.#target.fullNeeded > 0 || waits;
    // A group that nothing feeds any more is only cleared of what was under way.
    this.#kind = full && this.#target.feeders.length > 0 ? 'full' : 'incremental';
    if (this.#target.undoRunId !== null) {
      await finishUndo(this.#store, await this.#open(), this.#target, this.#work);
    }
    const intent = await this.#intend(held);
    if (intent.open) await this.#send();
    return intent.held;
  }

  /** Apart from sending: a plan may be large, and is in memory no longer than it takes to store it. */
  async #intend(held: HeldPlan | undefined): Promise<{ open: boolean; held: string | null }> {
    if (this.#kind === 'full') {
      const directory = await this.#open();
      return this.#settle(await prepareFull(this.#store, directory, this.#target, 'run', this.#work), held);
    }
    return this.#settle(await prepareIncremental(this.#store, this.#target, this.#work.clock.now()), held);
  }

  /** Stores what is to be sent, or held. @returns whether anything is to be sent, and why removals are held, or null */
  async #settle(
    prepared: Prepared,
    held: HeldPlan | undefined,
  ): Promise<{ open: boolean; held: string | null }> {
    const digest = digestOf(prepared);
    const decision = await this.#decide(prepared, digest, held);
    const holdsAnew = decision.removals === 'held' && !decision.again;
    const plan = decision.removals === 'go' ? prepared.plan : withoutNewRemovals(prepared.plan);
    this.#tally.plannedAdditions = prepared.plan.additions.length;
    this.#tally.plannedRemovals = prepared.plan.removals.length;
    const nothing = plan.additions.length + plan.removals.length === 0;
    if (!nothing || this.#request.named || this.#target.problem !== null || holdsAnew) {
      await this.#open();
    }
    const named = holdsAnew ? await this.#named(prepared) : undefined;
    await storeIntents(this.#store, this.#target.id, plan, async tx => {
      await tx
        .updateTable('target_group')
        .set({ membership_seq: Math.max(prepared.marks.membership, this.#target.membershipSeq) })
        .set({ identity_seq: Math.max(prepared.marks.identity, this.#target.identitySeq) })
        .where('id', '=', this.#target.id)
        .execute();
      if (this.#id !== undefined && !nothing) {
        const withheld = decision.removals === 'go' ? [] : newRemovals(prepared.plan);
        await noteIntents(tx, { runId: this.#id, targetId: this.#target.id }, plan, withheld);
      }
      const at = this.#work.clock.now();
      if (decision.removals === 'go' && decision.standing !== 'kept') {
        const approval = { by: this.#request.requestedBy, at };
        await release(tx, this.#target.id, decision.standing === 'approved' ? approval : undefined);
      } else if (named && decision.removals === 'held') {
        const { kind } = prepared;
        const refusedPlanId = decision.afterRefusal ? refusedPlan(held) : null;
        const runId = this.#id ?? null;
        const anew = { kind, digest, reason: decision.reason, ...named, runId, refusedPlanId };
        await hold(tx, this.#store.dialect, this.#target.id, anew, at);
      }
    });
    return { open: !nothing, held: decision.removals === 'held' ? decision.reason : null };
  }

  #approves(held: HeldPlan): boolean {
    const { approve, named, plan } = this.#request;
    return plan === held.id || (approve && (held.refusal === null || named));
  }

  async #decide(prepared: Prepared, digest: string, held: HeldPlan | undefined): Promise<Decision> {
    const { kind, plan, verdict } = prepared;
    const removals = newRemovals(plan).map(({ objectId }) => objectId);
    const standing = held && {
      plan: held,
      refused: await refusedRemovals(this.#store.db, held),
      approved: this.#approves(held),
    };
    const decision = decide({ kind, digest, removals, verdict }, standing);
    if (decision.removals === 'refused' && held?.refusal) {
      this.#refused = refusalSentence(held.refusal, removals.length);
    }
    return decision;
  }

  async #send(): Promise<void> {
    const directory = await this.#open();
    if (this.#id === undefined) throw new Error('nothing is sent without a record');
    await sendIntents(this.#store, directory, this.#target, this.#id, this.#tally, this.#work);
  }

  /** The directory, once the group has been found fit; from here on the run is on record. */
  async #open(): Promise<GroupDirectory> {
    if (this.#directory) return this.#directory;
    const { clock, signal } = this.#work;
    this.#id = await beginRun(this.#store, this.#target, this.#kind, this.#request.requestedBy, clock.now());
    const members = memberTypes(this.#target);
    const shared = await this.#directories(this.#target.cloudServiceId, members);
    const directory = shared.countedApart();
    this.#counted = { requests: directory.counters.requests, writes: directory.counters.writes };
    this.#directory = directory;
    const { displayName } = await checkTarget(directory, this.#target, signal);
    if (displayName !== this.#target.name) {
      await this.#store.db
        .updateTable('target_group')
        .set({ name: displayName, name_key: fold(displayName) })
        .where('id', '=', this.#target.id)
        .execute();
    }
    return directory;
  }

  async #named({ plan, names }: Prepared) {
    const name = (changes: Plan['additions']) =>
      nameChanges(this.#store, this.#target.cloudServiceId, changes, names);
    return { additions: await name(plan.additions), removals: await name(plan.removals) };
  }

  async #end(ending: Ending): Promise<SyncResult> {
    const [target, now, kind] = [this.#target, this.#work.clock.now(), this.#kind];
    const counters = this.#directory?.counters;
    if (counters) {
      this.#tally.requests = counters.requests - this.#counted.requests;
      this.#tally.writes = counters.writes - this.#counted.writes;
    }
    const status =
      this.#id === undefined
        ? await this.#store.transaction(tx => noteStanding(tx, target, kind, ending, now))
        : await endRun(this.#store, target, { id: this.#id, kind, tally: this.#tally, ending }, now);
    const isGone = ending.how === 'problem' && ending.problem.code === 'group-not-found';
    await this.#dropWhenDone(isGone);
    return resultOf(target, kind, status, {
      tally: this.#tally,
      held: ending.how === 'done' ? ending.held : null,
      refused: this.#refused,
      problem: ending.how === 'problem' ? ending.problem : null,
    });
  }

  /** A group that nothing feeds any more goes once nothing of it is open, or once Entra has it no more. */
  async #dropWhenDone(isGone: boolean): Promise<void> {
    if (this.#target.feeders.length > 0) return;
    await this.#store.db
      .deleteFrom('target_group')
      .where('id', '=', this.#target.id)
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('mapping').select('id').whereRef('target_group_id', '=', 'target_group.id'))),
      )
      .$if(!isGone, query =>
        query.where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('ledger')
                .select('object_id')
                .whereRef('target_group_id', '=', 'target_group.id')
                .where('state', '<>', 'done'),
            ),
          ),
        ),
      )
      .execute();
  }
}
