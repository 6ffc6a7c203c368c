import { rm } from 'node:fs/promises';
import type { WorkContext } from '../../base/index.ts';
import { type ImportResult, importResources } from '../../inventory/index.ts';
import { openResourceFile } from '../../sources/index.ts';
import type { JobArguments } from '../jobs/index.ts';
import { inTurn } from '../turns.ts';
import type { Workshop } from '../workshop.ts';

/** Takes a spooled file into the inventory and deletes it. One import of a source at a time. */
export async function importFile(
  shop: Workshop,
  { file, format, source, complete, approve }: JobArguments<'import'>,
  work: WorkContext,
): Promise<ImportResult> {
  try {
    return await inTurn(shop.store, `the import from ${source}`, work, async turn =>
      importResources(shop.store, await openResourceFile(file, format), { source, complete, approve }, turn),
    );
  } finally {
    await rm(file, { force: true });
  }
}
