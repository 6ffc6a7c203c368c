import { problemData, type WorkContext } from '../../base/index.ts';
import { refreshCounts } from '../../cloudsync/index.ts';
import { saveCycle } from '../cycle-record.ts';
import type { Log } from '../engine/log.ts';
import type { Handlers } from '../engine/runner.ts';
import type { EngineContext } from '../engine-context.ts';
import { insertBeside, type JobArguments, unfinished } from '../jobs/index.ts';
import { discoverDue, discoverNow } from './discover.ts';
import { type Evaluated, evaluateNow } from './evaluate.ts';
import { importFile } from './import.ts';
import { pushNow } from './member.ts';
import { type Backlog, type RunResult, runBacklog, runCycle, runNow } from './synchronize.ts';
import { undoNow } from './undo.ts';

/** How each kind of job is done. After what may change how mappings stand, they are counted anew. */
export function jobHandlers(context: EngineContext, log: Log): Handlers {
  const counted = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } finally {
      await refreshCounts(context.store).catch(error =>
        log.warn({ problem: problemData(error) }, 'the mappings are not counted anew'),
      );
    }
  };
  return {
    import: (args, _job, work) => importFile(context, args, work),
    discover: (args, _job, work) => counted(discoverNow(context, log, args, work)),
    evaluate: (args, _job, work) => counted(evaluateAsked(context, log, args, work)),
    synchronize: (args, job, work) =>
      counted(runNow(context, log, { ...args, requestedBy: job.requestedBy }, work)),
    member: async (args, job, work) => {
      // A push looks its resource up by itself, but is no use before anything is known of the tenant.
      await discoverDue(context, log, work, 'unknown');
      return await counted(pushNow(context, { ...args, requestedBy: job.requestedBy }, work));
    },
    undo: (args, job, work) => counted(undoNow(context, { ...args, requestedBy: job.requestedBy }, work)),
    cycle: (_args, job, work) => counted(recordedCycle(context, log, backlogOf(context, job), work)),
    backlog: ({ targets }, _job, work) => counted(runBacklog(context, targets, work)),
  };
}

async function evaluateAsked(
  context: EngineContext,
  log: Log,
  { discover = false, ...asked }: JobArguments<'evaluate'>,
  work: WorkContext,
): Promise<Evaluated> {
  if (discover) await discoverDue(context, log, work);
  return await evaluateNow(context, asked, work);
}

/** The backlog is made of jobs, which begin when that of the round has ended. */
function backlogOf({ store, clock }: EngineContext, round: { id: string; requestedBy: string }): Backlog {
  return {
    groups: async () => new Set((await unfinished(store, 'backlog')).flatMap(({ targets }) => targets)),
    add: async targets => {
      await insertBeside(store, round, { kind: 'backlog', arguments: { targets } }, clock);
    },
  };
}

async function recordedCycle(
  context: EngineContext,
  log: Log,
  backlog: Backlog,
  work: WorkContext,
): Promise<RunResult> {
  const startedAt = work.clock.now();
  const times = () => ({ startedAt, finishedAt: work.clock.now() });
  try {
    const result = await runCycle(context, log, backlog, work);
    await saveCycle(context.store.db, times(), { result });
    return result;
  } catch (error) {
    await saveCycle(context.store.db, times(), { problem: problemData(error) });
    throw error;
  }
}
