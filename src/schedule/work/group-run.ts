import type { ProblemData } from '../../base/index.ts';
import type { SyncResult } from '../../cloudsync/index.ts';

/** How a run as a whole ended: the worst that befell one of its groups. */
export type Outcome = 'done' | 'some-failed' | 'held' | 'failed';
