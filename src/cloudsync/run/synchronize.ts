import { problemData, type WorkContext } from '../../base/index.ts';
import type { Queries, Store } from '../../store/index.ts';
import type { Directories, GroupDirectory } from '../ports.ts';
import { findCollection, mappedGroups } from '../refs.ts';
import { loadTarget } from '../targets.ts';
import { settleIdle } from './idle.ts';
import { resultOf, type SyncResult } from './result.ts';
import { runTarget } from './run.ts';

/** Groups that are synchronized at the same time. */
const sideBySide = 4;

/** What is to be synchronized, and how. */
export interface SynchronizeOptions {
  /** Ids or names; absent: all mapped collections. */
  collections?: string[];
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
 * Synchronizes groups, several side by side. A group that fails never stops the others: what went wrong is in its
 * result.
 * @throws Problem when a named collection does not exist or is not mapped; the signal's reason when aborted
 */
export async function synchronize(
  store: Store,
  directories: Directories,
  { collections, group, full, approve, plan, requestedBy }: SynchronizeOptions,
  work: WorkContext,
): Promise<SyncResult[]> {
  const targets = collections
    ? await targetsOf(store.db, collections, group)
    : requestedBy === 'schedule' && !full && !approve
      ? await settleIdle(store, work.clock.now())
      : await allTargets(store.db);
  const once = remember(directories);
  const request = { full, approve, plan, requestedBy, named: collections !== undefined };
  const results: (SyncResult | undefined)[] = [];
  const waiting = targets.entries();
  const worker = async () => {
    for (const [index, targetId] of waiting) {
      if (work.signal.aborted) return;
      results[index] = await settled(store, targetId, () => runTarget(store, once, targetId, request, work));
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, worker));
  work.signal.throwIfAborted();
  return results.filter(result => result !== undefined);
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
