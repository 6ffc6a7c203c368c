// Long work as rows of the table `job`: who wants what, how far it is, how it ended.
export { isFinished, type Job, problem } from './job.ts';
export {
  type JobArguments,
  type JobKind,
  type JobRequest,
  jobArguments,
  jobKinds,
} from './kinds.ts';
export { engineLease, failRunning, interrupted, recoverJobs } from './recover.ts';
export {
  type ClaimedJob,
  cancelJob,
  cancelled,
  claimJob,
  finishJob,
  getJob,
  insertBeside,
  insertJob,
  isCancelRequested,
  type JobEnd,
  listJobs,
  pruneJobs,
  saveProgress,
  unfinished,
} from './table.ts';
