// A process that synchronizes a store once and says when it begins: to be killed by a test.
import { silent, systemClock } from '../../src/base/index.ts';
import { synchronize } from '../../src/cloudsync/index.ts';
import { openDirectory } from '../../src/directory/index.ts';
import { openSqlite } from '../../src/store/index.ts';
import { plainSecrets, tenantOf } from '../directory/tenant-of.ts';

const [file = '', emulator = '', kind] = process.argv.slice(2);
const store = await openSqlite(file);
const directory = openDirectory(tenantOf(JSON.parse(emulator)), plainSecrets, { env: {} });
// The token is fetched before, so that the test's kill falls among the changes.
await directory.verify();
process.stdout.write('begins\n');
const work = { clock: systemClock, report: silent, signal: new AbortController().signal };
const options = { full: kind === 'full', approve: false, requestedBy: 'test' };
await synchronize(store, async () => directory, options, work);
await directory.close();
await store.close();
