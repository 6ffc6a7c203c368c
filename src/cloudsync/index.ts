// Keeps Entra groups in step with collections: mappings, plans, runs, status.

export {
  type HeldChange,
  type HeldGroupPlan,
  type HeldSummary,
  heldChanges,
  heldPlan,
  heldPlans,
  refusePlan,
} from './held/held-plans.ts';
export { type AddedMapping, addMapping } from './mappings/add-mapping.ts';
export { type CheckedMapping, checkMapping, type MappingTenant } from './mappings/check-mapping.ts';
export { checkGroup, type Intended } from './mappings/checks.ts';
export { findGroup } from './mappings/find-group.ts';
export { type RemovedMapping, removeMapping } from './mappings/remove-mapping.ts';
export { type MappingChanges, setMapping } from './mappings/set-mapping.ts';
export {
  type Identify,
  type MemberStep,
  type PushedMember,
  type PushRequest,
  pushMember,
} from './member/push-member.ts';
export type { NamedChange } from './names.ts';
export type { Why } from './plan.ts';
export type { Directories, GroupDirectory } from './ports.ts';
export { findMapping, noSuchMapping } from './refs.ts';
export { type DueGroup, dueGroups } from './run/effort.ts';
export type { SyncResult } from './run/result.ts';
export { pruneRunChanges } from './run/run-changes.ts';
export { type SynchronizeOptions, synchronize } from './run/synchronize.ts';
export { type Activity, activitySince, pruneActivity, writesSince } from './status/activity.ts';
export { refreshCounts } from './status/counts.ts';
export { type RunMember, runMembers, type SyncRun, syncHistory } from './status/history.ts';
export {
  type GroupPlan,
  planMapping,
  type Verification,
  verifyMapping,
} from './status/look.ts';
export {
  type MappingMember,
  type MemberStatusWord,
  type MembersQuery,
  mappingMembers,
} from './status/members.ts';
export type { ExplainedChange } from './status/plan-reasons.ts';
export {
  getMapping,
  type MappingStatus,
  mappingStatus,
  mappingStatusPage,
  type StatusQuery,
} from './status/status.ts';
export type { StatusWord } from './status/status-words.ts';
export {
  type FailureSummary,
  failuresByCode,
  type MappingsSummary,
  summarizeMappings,
  type Visible,
  type WaitingApproval,
  waitingApprovals,
} from './status/summary.ts';
export { type ShownUndo, showUndo, type UndoResult, undo } from './undo/undo.ts';
export type { UndoRequest } from './undo/undo-reading.ts';
