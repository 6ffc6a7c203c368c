import { Problem, problemData, type WorkContext } from '../base/index.ts';
import { type Store, withLease } from '../store/index.ts';
import { applyPlan } from './apply.ts';
import { digestOf, type HeldPlan, hold, loadHeld, release, withoutNewRemovals } from './held.ts';
import { storeIntents } from './ledger.ts';
import { nameChanges } from './names.ts';
import type { Plan } from './plan.ts';
import type { Directories, GroupDirectory } from './ports.ts';
import { checkTarget, type Kind, type Prepared, prepareFull, prepareIncremental } from './prepare.ts';
import { noTally, resultOf, type SyncResult } from './result.ts';
import { beginRun, type Ending, endRun, noteStanding } from './run-record.ts';
import { switchedOff } from './switches.ts';
import { loadTarget, type Target } from './targets.ts';

/** What is asked of a run. */
export interface RunRequest {
  full: boolean;
  /** Let pass the plan that is held, if it still is the same. */
  approve: boolean;
  /** Look at the group in Entra even where there is nothing to send. */
  checkAlways: boolean;
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
    const full = this.#request.full || this.#target.fullNeeded > 0 || held?.kind === 'full';
    // A group that nothing feeds any more is only cleared of what was under way.
    this.#kind = full && this.#target.feeders.length > 0 ? 'full' : 'incremental';
    if (this.#kind === 'full') {
      const directory = await this.#open();
      return this.#carryOut(await prepareFull(this.#store, directory, this.#target, 'run', this.#work), held);
    }
    const prepared = await prepareIncremental(this.#store, this.#target, this.#work.clock.now());
    return this.#carryOut(prepared, held);
  }

  async #carryOut(prepared: Prepared, held: HeldPlan | undefined): Promise<string | null> {
    const { verdict } = prepared;
    const digest = digestOf(prepared);
    const same = held !== undefined && held.kind === prepared.kind && held.digest === digest;
    const holding = verdict.held && !(this.#request.approve && same);
    const plan = holding ? withoutNewRemovals(prepared.plan) : prepared.plan;
    this.#tally.plannedAdditions = prepared.plan.additions.length;
    this.#tally.plannedRemovals = prepared.plan.removals.length;
    const nothing = plan.additions.length + plan.removals.length === 0;
    if (!nothing || this.#request.checkAlways || this.#target.problem !== null || (holding && !same)) {
      await this.#open();
    }
    const named = holding && !same ? await this.#named(prepared) : undefined;
    await storeIntents(this.#store, this.#target.id, plan, async tx => {
      await tx
        .updateTable('target_group')
        .set({ membership_seq: Math.max(prepared.marks.membership, this.#target.membershipSeq) })
        .set({ identity_seq: Math.max(prepared.marks.identity, this.#target.identitySeq) })
        .where('id', '=', this.#target.id)
        .execute();
      const now = this.#work.clock.now();
      if (!holding) {
        const by = this.#request.requestedBy;
        await release(tx, this.#target.id, this.#request.approve && same ? { by, at: now } : undefined);
      } else if (named && verdict.held) {
        const { kind } = prepared;
        await hold(tx, this.#target.id, { kind, digest, reason: verdict.reason, ...named }, now);
      }
    });
    await this.#send(plan);
    return holding && verdict.held ? verdict.reason : null;
  }

  async #send(plan: Plan): Promise<void> {
    if (plan.additions.length + plan.removals.length === 0) return;
    await applyPlan(this.#store, await this.#open(), this.#target, plan, this.#tally, this.#work);
  }

  /** The directory, once the group has been found fit; from here on the run is on record. */
  async #open(): Promise<GroupDirectory> {
    if (this.#directory) return this.#directory;
    const { clock, signal } = this.#work;
    this.#id = await beginRun(this.#store, this.#target, this.#kind, this.#request.requestedBy, clock.now());
    const members = this.#target.feeders.map(feeder => feeder.type);
    const shared = await this.#directories(this.#target.cloudServiceId, members);
    const directory = shared.countedApart();
    this.#counted = { requests: directory.counters.requests, writes: directory.counters.writes };
    this.#directory = directory;
    const { displayName } = await checkTarget(directory, this.#target, signal);
    if (displayName !== this.#target.name) {
      await this.#store.db
        .updateTable('target_group')
        .set({ name: displayName })
        .where('id', '=', this.#target.id)
        .execute();
    }
    return directory;
  }

  async #named({ plan, names }: Prepared) {
    const name = (changes: Plan['additions']) =>
      nameChanges(this.#store.db, this.#target.cloudServiceId, changes, names);
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
    await this.#dropWhenDone();
    return resultOf(target, kind, status, {
      tally: this.#tally,
      held: ending.how === 'done' ? ending.held : null,
      problem: ending.how === 'problem' ? ending.problem : null,
    });
  }

  /** A group that nothing feeds any more goes once nothing of it is open. */
  async #dropWhenDone(): Promise<void> {
    if (this.#target.feeders.length > 0) return;
    await this.#store.db
      .deleteFrom('target_group')
      .where('id', '=', this.#target.id)
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('mapping').select('id').whereRef('target_group_id', '=', 'target_group.id'))),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('ledger')
              .select('object_id')
              .whereRef('target_group_id', '=', 'target_group.id')
              .where('state', '<>', 'done'),
          ),
        ),
      )
      .execute();
  }
}
