// What runs when: jobs, the engine that does them in a thread of its own, the 5-minute cycle.

export { makeFolder } from '../store/index.ts';
export { getAuditDays, setAuditDays } from './audit-retention.ts';
export { type Cycle, startCycle } from './cycle.ts';
export { lastCycle } from './cycle-record.ts';
export { type Directories, openDirectories } from './directories.ts';
export type { Engine } from './engine/engine.ts';

export { type Log, noLog } from './engine/log.ts';
export { createEngine } from './engine/open.ts';
export {
  engineCacheMiB,
  engineLimits,
  openEngineContext,
  spoolFolder,
  storeFile,
} from './engine-context.ts';
export {
  isFinished,
  type Job,
  listJobs,
} from './jobs/index.ts';

export { type DiscoveryState, discoveryStates } from './work/discovery-states.ts';
