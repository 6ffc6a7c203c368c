import type { SyncResult } from '../../cloudsync/index.ts';

/** How a run as a whole ended: the worst that befell one of its groups. */
export type Outcome = 'done' | 'some-failed' | 'held' | 'failed';

const order: readonly Outcome[] = ['done', 'some-failed', 'held', 'failed'];

/** The worst of the groups: one that was stopped, then one that waits for approval, then one with failed members. */
export function worstOf(groups: readonly SyncResult[]): Outcome {
  const worst = Math.max(0, ...groups.map(group => order.indexOf(outcomeOf(group))));
  return order[worst] ?? 'done';
}

function outcomeOf({ status, problem, held }: SyncResult): Outcome {
  if (problem !== null) return 'failed';
  if (held !== null || status === 'Awaiting Approval') return 'held';
  return status === 'Failed' || status === 'Partial Success' ? 'some-failed' : 'done';
}
