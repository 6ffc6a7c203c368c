import type { WorkContext } from '../../base/index.ts';
import { type UndoResult, undo } from '../../cloudsync/index.ts';
import type { EngineContext } from '../engine-context.ts';
import type { JobArguments } from '../jobs/index.ts';

/** Puts a group back as it was before a run, as it was shown and approved. */
export async function undoNow(
  context: EngineContext,
  args: JobArguments<'undo'> & { requestedBy: string },
  work: WorkContext,
): Promise<UndoResult> {
  return await undo(context.store, id => context.directories.of(id), args, work);
}
