import type { ProblemData } from '../../base/index.ts';
import type { SyncResult } from '../../cloudsync/index.ts';

/** How a run as a whole ended: the worst that befell one of its groups. */
export type Outcome = 'done' | 'some-failed' | 'held' | 'failed';
export interface GroupRun {
  groupId: string;
}
export const groupRunOf = (r: SyncResult): GroupRun => ({ groupId: r.groupId });
export const worstOf = (_: GroupRun[]): Outcome => 'done';
export type P = ProblemData;
