// Keeps Entra groups in step with collections: mappings, plans, runs, status.

export {
  heldChanges,
  heldPlan,
  heldPlans,
  refusePlan,
} from './held/held-plans.ts';
export { addMapping } from './mappings/add-mapping.ts';
export { checkMapping } from './mappings/check-mapping.ts';
export { checkGroup } from './mappings/checks.ts';
export { findGroup } from './mappings/find-group.ts';
export { removeMapping } from './mappings/remove-mapping.ts';
export { type MappingChanges, setMapping } from './mappings/set-mapping.ts';
export {
  type Identify,
  type MemberStep,
  type PushedMember,
  pushMember,
} from './member/push-member.ts';

export type { Directories } from './ports.ts';
export { findMapping, noSuchMapping } from './refs.ts';
export { type DueGroup, dueGroups } from './run/effort.ts';
export type { SyncResult } from './run/result.ts';
export { pruneRunChanges } from './run/run-changes.ts';
export { type SynchronizeOptions, synchronize } from './run/synchronize.ts';
export { activitySince, pruneActivity, writesSince } from './status/activity.ts';
export { refreshCounts } from './status/counts.ts';
export { runMembers, syncHistory } from './status/history.ts';
export {
  type GroupPlan,
  planMapping,
  type Verification,
  verifyMapping,
} from './status/look.ts';
export { mappingMembers } from './status/members.ts';

export {
  getMapping,
  mappingStatus,
  mappingStatusPage,
} from './status/status.ts';

export {
  failuresByCode,
  summarizeMappings,
  type Visible,
  waitingApprovals,
} from './status/summary.ts';
export { type ShownUndo, showUndo, type UndoResult, undo } from './undo/undo.ts';
