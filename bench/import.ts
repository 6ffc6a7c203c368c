// Imports devices with five inventory rows each from an NDJSON file; then the same again with 1 % of them changed.
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { importResources } from '../src/inventory/index.ts';
import { openResourceFile } from '../src/sources/index.ts';
import { openSqlite } from '../src/store/index.ts';
import { measure, over, progress, tell, under } from './report.ts';
import { siteFile } from './site/devices.ts';
import { inFolder, sizeGiven, work } from './surroundings.ts';

const devices = sizeGiven();
const options = { source: 'bench', complete: false, approve: false };

await inFolder(async folder => {
  const store = await openSqlite(join(folder, 'store.db'));
  await run('first import', 0);
  await run('again, 1 % changed', 1);
  await store.close();

  async function run(what: string, changedPercent: number): Promise<void> {
    const file = join(folder, 'devices.ndjson');
    progress('writing the file');
    await pipeline(Readable.from(siteFile(devices, changedPercent)), createWriteStream(file));
    const measured = await measure(what, async () =>
      importResources(store, await openResourceFile(file, 'ndjson'), options, work),
    );
    const { created, changed, rejected } = measured.result;
    if (rejected > 0) throw new Error(`${rejected} devices were rejected.`);
    tell(what, [devices, 'devices'], measured, {
      rate: devices / measured.seconds,
      note: `${created} new, ${changed} changed`,
      figures: [over(devices / measured.seconds, 20_000, 'devices/s'), under(measured.peakMiB, 1024, 'MiB')],
    });
  }
});
