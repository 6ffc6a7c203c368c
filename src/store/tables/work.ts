import type { Flag } from './flag.ts';

/** What holds for the whole site, long work, and who does it. */
export interface WorkTables {
  setting: SettingTable;
  job: JobTable;
  lease: LeaseTable;
}

/** Single values that the product keeps for itself: site code, counters, watermarks. */
export interface SettingTable {
  key: string;
  value: string;
}

/** Long work asked for through the API or the schedule. */
export interface JobTable {
  id: string;
  kind: string;
  arguments: string;
  state: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  progress: string | null;
  result: string | null;
  problem: string | null;
  requested_by: string;
  /** The engine that is to run it, or runs it; its lease tells whether it lives. */
  engine: string;
  cancel_requested: Flag;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
}

/** One holder at a time: of a group's synchronization, an evaluation, a discovery. */
export interface LeaseTable {
  name: string;
  owner: string;
  until: string;
}
