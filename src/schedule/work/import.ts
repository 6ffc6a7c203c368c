import { rm } from 'node:fs/promises';
import type { WorkContext } from '../../base/index.ts';
import { type ImportResult, importResources } from '../../inventory/index.ts';
import { openResourceFile } from '../../sources/index.ts';
import type { JobArguments } from '../jobs/index.ts';
import { inTurn } from '../turns.ts';
import { sweepCacheMiB, type Workshop } from '../workshop.ts';

/** Takes a spooled file into the inventory and deletes it. One import of a source at a time. */
export async function importFile(
  shop: Workshop,
  { file, format, source, complete, approve }: JobArguments<'import'>,
  work: WorkContext,
): Promise<ImportResult> {
  try {
    return await inTurn(shop.store, `the import from ${source}`, work, async turn => {
      const lines = await openResourceFile(file, format);
      return shop.store.dialect.withCache(sweepCacheMiB, () =>
        importResources(shop.store, lines, { source, complete, approve }, turn),
      );
    });
  } finally {
    await rm(file, { force: true });
  }
}
