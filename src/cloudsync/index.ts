// Keeps Entra groups in step with collections: mappings, plans, runs, status.
export { type Activity, activitySince, pruneActivity, writesSince } from './activity.ts';
export { type AddedMapping, addMapping } from './add-mapping.ts';
export { type CheckedMapping, checkMapping, type MappingTenant } from './check-mapping.ts';
export { checkGroup, type Intended } from './checks.ts';
export { refreshCounts } from './counts.ts';
export { findGroup } from './find-group.ts';
export {
  type HeldChange,
  type HeldGroupPlan,
  type HeldSummary,
  heldChanges,
  heldPlan,
  heldPlans,
  refusePlan,
} from './held-plans.ts';
export { type RunMember, runMembers, type SyncRun, syncHistory } from './history.ts';
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
export type { ExplainedChange } from './plan-reasons.ts';
export type { Directories, GroupDirectory } from './ports.ts';
export {
  type Identify,
  type MemberStep,
  type PushedMember,
  type PushRequest,
  pushMember,
} from './push-member.ts';
export { type RemovedMapping, removeMapping } from './remove-mapping.ts';
export type { SyncResult } from './result.ts';
export { pruneRunChanges } from './run-changes.ts';
export { type MappingChanges, setMapping } from './set-mapping.ts';
export { type MappingStatus, mappingStatus, mappingStatusPage, type StatusQuery } from './status.ts';
export type { StatusWord } from './status-words.ts';
export {
  type FailureSummary,
  failuresByCode,
  type MappingsSummary,
  summarizeMappings,
  type Visible,
  type WaitingApproval,
  waitingApprovals,
} from './summary.ts';
export { type SynchronizeOptions, synchronize } from './synchronize.ts';
export { type ShownUndo, showUndo, type UndoResult, undo } from './undo.ts';
export type { UndoRequest } from './undo-reading.ts';
