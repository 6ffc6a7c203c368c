import { problemData, type WorkContext } from '../../base/index.ts';
import type { Queries, Store } from '../../store/index.ts';
import type { Directories, GroupDirectory } from '../ports.ts';
import { findCollection, mappedGroups } from '../refs.ts';
import { loadTarget } from '../targets.ts';
import { inOrder } from './effort.ts';
import { settleIdle } from './idle.ts';
import { resultOf, type SyncResult } from './result.ts';
import { runTarget } from './run.ts';

/** Groups that are synchronized at the same time. */
const sideBySide = 4;

/** What is to be synchronized, and how. */
export interface SynchronizeOptions {
  /** Ids or names; absent: all mapped collections. */
  collections?: string[];
  /** Ids of target groups, in place of collections: what a round of the schedule has found due, in its order. */
  targets?: readonly number[];
  /** Make the groups equal to what is wanted (Synchronize Membership); else only what changed. */
  full: boolean;
  /** With `collections`: only those of their groups with this object id or name. */
  group?: string;
  /**
   * Let the held plans pass that are still the same; those that were refused only where collections are named.
   */
  approve: boolean;
  /** Let this very held plan pass, refused or not. */
  plan?: number;
  /** Who asks: for the history. 'schedule' passes over groups for which nothing has changed. */
  requestedBy: string;
}

/**
 * Synchronizes groups, several side by side, those with the least to do first. A group that fails never stops the
 * others: what went wrong is in its result.
 * @throws Problem when a named collection does not exist or is not mapped; the signal's reason when aborted
 */
export async function synchronize(
  store: Store,
  directories: Directories,
  options: SynchronizeOptions,
  work: WorkContext,
): Promise<SyncResult[]> {
  const { collections, full, approve, plan, requestedBy } = options;
  const targets = await chosen(store, options, work.clock.now());
  const order = options.targets ?? (await leastFirst(store, targets, work.clock.now()));
  const once = remember(directories);
  const request = { full, approve, plan, requestedBy, named: collections !== undefined };
  const results = new Map<number, SyncResult | undefined>();
  const waiting = order.values();
  const worker = async () => {
    for (const id of waiting) {
      if (work.signal.aborted) return;
      results.set(id, await settled(store, id, () => runTarget(store, once, id, request, work)));
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, worker));
  work.signal.throwIfAborted();
  return targets.map(id => results.get(id)).filter(result => result !== undefined);
}

async function leastFirst(store: Store, targets: readonly number[], now: Date): Promise<number[]> {
  return (await inOrder(store, targets, now)).map(({ id }) => id);
}

/** Ids of the target groups that are meant. */
async function chosen(
  store: Store,
  { collections, group, targets, full, approve, requestedBy }: SynchronizeOptions,
  now: Date,
): Promise<readonly number[]> {
  if (targets) return targets;
  if (collections) return targetsOf(store.db, collections, group);
  return requestedBy === 'schedule' && !full && !approve ? settleIdle(store, now) : allTargets(store.db);
}

async function settled(
  store: Store,
  targetId: number,
  run: () => Promise<SyncResult | undefined>,
): Promise<SyncResult | undefined> {
  try {
    return await run();
  } catch (error) {
    const target = await loadTarget(store.db, targetId);
    return target && resultOf(target, 'incremental', 'Failed', { problem: problemData(error) });
  }
}

/** Opens each directory once, also when several groups ask at the same time. */
function remember(directories: Directories): Directories {
  const opened = new Map<string, Promise<GroupDirectory>>();
  return (cloudServiceId, members = []) => {
    const kinds = [...new Set(members)].sort();
    const key = [cloudServiceId, ...kinds].join(' ');
    const directory = opened.get(key) ?? directories(cloudServiceId, kinds);
    opened.set(key, directory);
    return directory;
  };
}

async function targetsOf(db: Queries, refs: readonly string[], group: string | undefined): Promise<number[]> {
  const targets = new Set<number>();
  for (const ref of refs) {
    const groups = await mappedGroups(db, await findCollection(db, ref), group);
    for (const { targetId } of groups) targets.add(targetId);
  }
  return [...targets];
}

async function allTargets(db: Queries): Promise<number[]> {
  const rows = await db.selectFrom('target_group').select('id').orderBy('id').execute();
  return rows.map(({ id }) => id);
}
