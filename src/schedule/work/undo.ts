import type { WorkContext } from '../../base/index.ts';
import { type UndoResult, undo } from '../../cloudsync/index.ts';
import type { JobArguments } from '../jobs/index.ts';
import type { Workshop } from '../workshop.ts';

/** Puts a group back as it was before a run, as it was shown and approved. */
export async function undoNow(
  shop: Workshop,
  args: JobArguments<'undo'> & { requestedBy: string },
  work: WorkContext,
): Promise<UndoResult> {
  return await undo(shop.store, id => shop.directories.of(id), args, work);
}
