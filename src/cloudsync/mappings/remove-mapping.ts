import { Problem, type WorkContext } from '../../base/index.ts';
import { type Queries, type Store, withLease } from '../../store/index.ts';
import { release } from '../held/held.ts';
import { countOpenRemovals, storeIntents } from '../ledger/ledger.ts';
import type { Plan } from '../plan.ts';
import type { GroupDirectory } from '../ports.ts';
import { findMapping } from '../refs.ts';
import { refuseUnevaluated } from '../run/prepare.ts';
import { type KnownObject, ledgerEntries, wantedObjects } from '../run/reading.ts';
import { alreadyRunning, groupLease, runTarget } from '../run/run.ts';
import { loadTarget, type Target } from '../targets.ts';

/** What became of the members of a mapping that was removed. */
export interface RemovedMapping {
  collectionId: string;
  groupId: string;
  /** Members that Entra has taken out. */
  removedMembers: number;
  /** Members that it has not taken out yet: each is tried again by the schedule. */
  remainingMembers: number;
}

/**
 * Removes a mapping. The members stay in the group as foreign ones; with `removeMembers` those that Rollcall put
 * there go, except whom another mapping of the group still wants. The command itself is the approval of that.
 * @throws Problem when there is no such mapping, the group is being synchronized, members are to go while another of
 *   its collections was never evaluated, or Entra fails (what is left of the removals is then done by the schedule)
 */
export async function removeMapping(
  store: Store,
  directory: GroupDirectory,
  { id, removeMembers }: { id: number; removeMembers: boolean },
  work: WorkContext,
): Promise<RemovedMapping> {
  const { targetId, groupId, collectionId, collectionNum } = await findMapping(store.db, id);
  const leased = await withLease(store, groupLease(targetId), work, async () => {
    const target = await loadTarget(store.db, targetId);
    if (!target) return;
    const rest = { ...target, feeders: target.feeders.filter(({ num }) => num !== collectionNum) };
    if (removeMembers) refuseUnevaluated(rest);
    await unmap(store, rest, id, removeMembers);
  });
  const target = await loadTarget(store.db, targetId);
  if (leased.busy && target) throw alreadyRunning(target);
  if (!removeMembers) return { collectionId, groupId, removedMembers: 0, remainingMembers: 0 };
  const request = { full: false, approve: false, named: false, requestedBy: 'cloud-sync remove' };
  const result = await runTarget(store, async () => directory, targetId, request, work);
  // Nobody is in a group that is not there.
  if (result?.problem && result.problem.code !== 'group-not-found') {
    const { kind, code, message, hint } = result.problem;
    throw new Problem(kind, code, `The mapping is removed, but not all of its members. ${message}`, hint);
  }
  const remainingMembers = await countOpenRemovals(store.db, targetId);
  return { collectionId, groupId, removedMembers: result?.removed ?? 0, remainingMembers };
}

/** Takes a mapping away, and decides about the members that no other mapping of its group wants. */
async function unmap(store: Store, rest: Target, mappingId: number, removeMembers: boolean): Promise<void> {
  const wanted = await wantedObjects(store.db, rest);
  const left: KnownObject[] = [];
  for await (const known of ledgerEntries(store.db, rest.id, new Date(0))) {
    if (!wanted.has(known.objectId)) left.push(known);
  }
  const ours = left.filter(
    ({ entry }) => entry.wanted === 'in' && (entry.state !== 'failed' || entry.maybeIn),
  );
  const plan: Plan = { additions: [], removals: [], adopted: [], forgotten: [] };
  if (removeMembers) {
    plan.removals = ours.map(({ objectId, resourceId }) => ({
      objectId,
      resourceId,
      why: 'left',
      attempts: 0,
      maybeIn: false,
      decided: true,
    }));
  }
  const removed = new Set(plan.removals.map(({ objectId }) => objectId));
  // Removals that an earlier run decided are still to be done, whatever becomes of the mapping.
  plan.forgotten = left
    .filter(({ objectId, entry }) => entry.wanted === 'in' && !removed.has(objectId))
    .map(({ objectId }) => objectId);
  await storeIntents(store, rest.id, plan, async tx => {
    await tx.deleteFrom('mapping').where('id', '=', mappingId).execute();
    await release(tx, rest.id);
    await dropUnused(tx, rest);
  });
}

/** A group that nothing feeds and of which nothing is open is no concern of ours any more. */
async function dropUnused(tx: Queries, rest: Target): Promise<void> {
  if (rest.feeders.length > 0) return;
  const open = await tx
    .selectFrom('ledger')
    .select('object_id')
    .where('target_group_id', '=', rest.id)
    .where('state', '<>', 'done')
    .limit(1)
    .executeTakeFirst();
  if (!open) await tx.deleteFrom('target_group').where('id', '=', rest.id).execute();
}
