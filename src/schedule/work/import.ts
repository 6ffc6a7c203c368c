import { rm } from 'node:fs/promises';
import type { WorkContext } from '../../base/index.ts';
import { type ImportResult, importResources } from '../../inventory/index.ts';
import { openResourceFile } from '../../sources/index.ts';
import { type EngineContext, sweepCacheMiB } from '../engine-context.ts';
import { exclusively } from '../exclusive.ts';
import type { JobArguments } from '../jobs/index.ts';

/** Takes a spooled file into the inventory and deletes it. One import of a source at a time. */
export async function importFile(
  context: EngineContext,
  { file, format, source, complete, approve }: JobArguments<'import'>,
  work: WorkContext,
): Promise<ImportResult> {
  try {
    return await exclusively(context.store, `the import from ${source}`, work, async turn => {
      const lines = await openResourceFile(file, format);
      return context.store.dialect.withCache(sweepCacheMiB, () =>
        importResources(context.store, lines, { source, complete, approve }, turn),
      );
    });
  } finally {
    await rm(file, { force: true });
  }
}
