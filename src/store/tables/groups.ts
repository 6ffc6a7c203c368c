import type { Generated } from 'kysely';
import type { Flag } from './flag.ts';

/** Groups that collections feed: what is wanted of them and what Entra answered. */
export interface GroupTables {
  target_group: TargetGroupTable;
  mapping: MappingTable;
  ledger: LedgerTable;
  group_reading: GroupReadingTable;
  group_reading_member: GroupReadingMemberTable;
  held_plan: HeldPlanTable;
  held_change: HeldChangeTable;
  mapping_count: MappingCountTable;
}

/** An Entra group that at least one mapping feeds, and where its synchronization stands. */
export interface TargetGroupTable {
  id: Generated<number>;
  cloud_service_id: number;
  group_id: string;
  name: string;
  name_key: string;
  /** How far the feeds have been carried into the ledger. */
  membership_seq: number;
  identity_seq: number;
  /** Above 0: the next run must be full (first run, new mapping, a full run that broke off). Counts the reasons. */
  full_needed: number;
  /** Status and time of the last runs, for the status table. */
  last_full_status: string | null;
  last_full_at: string | null;
  last_sync_status: string | null;
  last_sync_at: string | null;
  /** JSON of the problem that stopped the last run as a whole, if one did. */
  problem: string | null;
  /** The held plan, if one waits for approval or was refused. */
  held_plan_id: number | null;
  /** The undo that is under way: the next run finishes it. */
  undo_run_id: number | null;
}

export interface MappingTable {
  id: Generated<number>;
  collection_num: number;
  target_group_id: number;
  created_at: string;
  max_removals: number | null;
  max_removal_percent: number | null;
  /** Its group is left as it is until this is 0 again. */
  paused: Generated<Flag>;
  /** How many members the collection had at the last full run of the group, and at the last run. */
  last_full_count: number | null;
  last_sync_count: number | null;
}

/** How the members of a mapping stood when counted last; refreshed where something has changed. */
export interface MappingCountTable {
  mapping_id: number;
  members: number;
  completed: number;
  failed: number;
  absent: number;
}

/** What Rollcall last wanted of a group and an object, and what Entra answered. */
export interface LedgerTable {
  target_group_id: number;
  object_id: string;
  resource_id: number | null;
  /** 'in': should be a member; 'out': should not. */
  wanted: 'in' | 'out';
  /** pending: intent stored, no answer yet; done: Entra has agreed; failed: see code. */
  state: 'pending' | 'done' | 'failed';
  /** 1: wanted in, not confirmed, and yet it may be there: a try that timed out, a removal that never ended. */
  maybe_in: Flag;
  code: string | null;
  reason: string | null;
  hint: string | null;
  attempts: number;
  last_tried: string | null;
  next_try: string | null;
  /** When Entra last confirmed it: a list read soon after may be older than this. */
  confirmed_at: string | null;
}

/** One reading of a group: who was in it per Entra. At most one a group is kept for the runs to come. */
export interface GroupReadingTable {
  id: Generated<number>;
  target_group_id: number;
  /** When the group was last read whole. */
  began_at: string;
  /** Answers that the whole list took. */
  pages: number;
  /** 1: complete, and brought up to date by later runs; 0: being read, or read for one look only. */
  kept: Flag;
  /** Where Entra goes on telling what changed since `link_at`. */
  link: string | null;
  link_at: string | null;
  /** 1: what the link will tell, put upon these members, is the group: the link is older than the list by enough. */
  paired: Flag;
}

export interface GroupReadingMemberTable {
  reading_id: number;
  object_id: string;
  /** As the list showed it. */
  name: string | null;
}

export interface HeldPlanTable {
  id: Generated<number>;
  target_group_id: number;
  created_at: string;
  /** What the approval is for: the same digest later means the same plan. */
  digest: string;
  kind: 'full' | 'incremental';
  reason: string;
  addition_count: number;
  removal_count: number;
  /** Of the removals, those of members that Rollcall never put there. */
  foreign_count: number;
  /** The run that held it. */
  run_id: number | null;
  /** The refused plan in whose place it was held, because some of its removals were refused there. */
  refused_plan_id: number | null;
  approved_at: string | null;
  approved_by: string | null;
  refused_at: string | null;
  refused_by: string | null;
  refused_reason: string | null;
}

/** A change of a held plan, under the name that it had then; removals come first. */
export interface HeldChangeTable {
  held_plan_id: number;
  position: number;
  change: 'add' | 'remove';
  object_id: string;
  name: string;
  is_foreign: Flag;
}
