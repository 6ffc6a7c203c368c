import type { WorkContext } from '../base/index.ts';
import type { GroupDirectory } from './ports.ts';

/** How long Entra's lists may lag behind a write that Entra has confirmed (facts.md §3, 8), in milliseconds. */
export const settleMs = 30_000;
const askAgainMs = 5_000;

/** What Entra has confirmed lately, by the ledger. */
export interface Fresh {
  objectId: string;
  wanted: 'in' | 'out';
  confirmedAt: Date;
}

/** The members of a group as Entra lists them. */
export interface Actual {
  members: Set<string>;
  /** Display names of those that were asked for. */
  names: Map<string, string>;
}

/**
 * Reads the members of a group. A list that contradicts what Entra confirmed to us moments ago is older than that:
 * then it waits and reads again, until they agree or the list has had time enough to catch up.
 * @param named whose display name is worth keeping
 */
export async function readActual(
  directory: GroupDirectory,
  groupId: string,
  fresh: readonly Fresh[],
  named: (objectId: string) => boolean,
  work: WorkContext,
): Promise<Actual> {
  for (;;) {
    const readAt = work.clock.now().getTime();
    const actual = await readOnce(directory, groupId, named, work);
    const settled = fresh
      .filter(({ objectId, wanted }) => actual.members.has(objectId) !== (wanted === 'in'))
      .reduce((latest, { confirmedAt }) => Math.max(latest, confirmedAt.getTime() + settleMs), 0);
    if (settled <= readAt) return actual;
    work.report({ phase: "Waiting for Entra's list of members to settle", done: 0 });
    await work.clock.sleep(Math.min(askAgainMs, settled - readAt), work.signal);
  }
}

async function readOnce(
  directory: GroupDirectory,
  groupId: string,
  named: (objectId: string) => boolean,
  work: WorkContext,
): Promise<Actual> {
  const actual: Actual = { members: new Set(), names: new Map() };
  for await (const page of directory.listMembers(groupId, work.signal)) {
    for (const { id, displayName } of page) {
      actual.members.add(id);
      if (displayName !== null && named(id)) actual.names.set(id, displayName);
    }
    work.report({ phase: 'Reading the group', done: actual.members.size, unit: 'members' });
  }
  return actual;
}
