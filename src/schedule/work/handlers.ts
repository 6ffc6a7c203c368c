import type { Log } from '../engine/log.ts';
import type { Handlers } from '../engine/runner.ts';
import type { Workshop } from '../workshop.ts';
import { discoverNow } from './discover.ts';
import { evaluateNow } from './evaluate.ts';
import { importFile } from './import.ts';
import { pushNow } from './member.ts';
import { runCycle, runNow } from './synchronize.ts';
import { undoNow } from './undo.ts';

/** How each kind of job is done in a workshop. */
export function jobHandlers(shop: Workshop, log: Log): Handlers {
  return {
    import: (args, _job, work) => importFile(shop, args, work),
    discover: (args, _job, work) => discoverNow(shop, args, work),
    evaluate: (args, _job, work) => evaluateNow(shop, args, work),
    synchronize: (args, job, work) => runNow(shop, log, { ...args, requestedBy: job.requestedBy }, work),
    member: (args, job, work) => pushNow(shop, { ...args, requestedBy: job.requestedBy }, work),
    undo: (args, job, work) => undoNow(shop, { ...args, requestedBy: job.requestedBy }, work),
    cycle: (_args, _job, work) => runCycle(shop, log, work),
  };
}
