// Keeps Entra groups in step with collections: mappings, plans, runs, status.
export { type Activity, activitySince, pruneActivity, writesSince } from './activity.ts';
export { type AddedMapping, addMapping, type MappingTenant } from './add-mapping.ts';
export { checkGroup, type Intended } from './checks.ts';
export { refreshCounts } from './counts.ts';
export { findGroup } from './find-group.ts';
export { type SyncRun, syncHistory } from './history.ts';
export {
  type GroupPlan,
  planMapping,
  type Verification,
  verifyMapping,
} from './look.ts';
export {
  type MappingMember,
  type MemberStatusWord,
  type MembersQuery,
  mappingMembers,
} from './members.ts';
export type { NamedChange } from './names.ts';
export type { Why } from './plan.ts';
export type { Directories, GroupDirectory } from './ports.ts';
export { type RemovedMapping, removeMapping } from './remove-mapping.ts';
export type { SyncResult } from './result.ts';
export { type MappingStatus, mappingStatus, mappingStatusPage, type StatusQuery } from './status.ts';
export type { StatusWord } from './status-words.ts';
export {
  type FailureSummary,
  failuresByCode,
  type HeldSummary,
  heldPlans,
  type MappingsSummary,
  summarizeMappings,
  type Visible,
} from './summary.ts';
export { type SynchronizeOptions, synchronize } from './synchronize.ts';
