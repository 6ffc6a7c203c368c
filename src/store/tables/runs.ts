import type { Generated } from 'kysely';
import type { Flag } from './flag.ts';

/** What was done to groups. */
export interface RunTables {
  sync_run: SyncRunTable;
  run_change: RunChangeTable;
  activity: ActivityTable;
}

export interface SyncRunTable {
  id: Generated<number>;
  target_group_id: number;
  /** 'undo': takes back another run; 'member': one member by itself. */
  kind: 'full' | 'incremental' | 'undo' | 'member';
  requested_by: string;
  started_at: string;
  finished_at: string | null;
  status: 'running' | 'success' | 'partial-success' | 'failed' | 'held' | 'interrupted';
  planned_additions: number;
  planned_removals: number;
  added: number;
  removed: number;
  failed: number;
  requests: number;
  writes: number;
  problem: string | null;
  /** Of an undo: the run before which the group is put back. */
  undoes_run_id: number | null;
  /** What it did to each member is in run_change; 0 once that has been pruned. */
  changes_kept: Generated<Flag>;
}

/** What a run did to one member: stored before it is sent, completed by the answer. */
export interface RunChangeTable {
  run_id: number;
  object_id: string;
  resource_id: number | null;
  change: 'add' | 'remove';
  /** A removal of a member that Rollcall never put there. */
  is_foreign: Flag;
  /** done: Entra has changed it; already: it was so before; null: no answer (yet). */
  outcome: 'done' | 'already' | 'failed' | null;
  code: string | null;
  reason: string | null;
}

/** What the runs of an hour did in a tenant. `hour` is the beginning of its ISO 8601: 2030-01-31T17. */
export interface ActivityTable {
  hour: string;
  cloud_service_id: number;
  runs: number;
  failed_runs: number;
  held_runs: number;
  added: number;
  removed: number;
  failed: number;
  requests: number;
  writes: number;
}
