import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { WorkContext } from '../../base/index.ts';
import { type ImportResult, importResources } from '../../inventory/index.ts';
import { readResourceFile } from '../../sources/index.ts';
import type { JobArguments } from '../jobs/index.ts';
import { inTurn } from '../turns.ts';
import type { Workshop } from '../workshop.ts';

/** Takes a spooled file into the inventory and deletes it. One import of a source at a time. */
export async function importFile(
  shop: Workshop,
  { file, format, source, complete, approve }: JobArguments<'import'>,
  work: WorkContext,
): Promise<ImportResult> {
  const stream = createReadStream(file);
  try {
    return await inTurn(shop.store, `the import from ${source}`, work, turn =>
      importResources(shop.store, readResourceFile(stream, format), { source, complete, approve }, turn),
    );
  } finally {
    stream.destroy();
    await rm(file, { force: true });
  }
}
