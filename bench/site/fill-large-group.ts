// Makes a store with one large mapped collection: node bench/site/fill-large-group.ts FILE GROUP SIZE
import { openSqlite } from '../../src/store/index.ts';
import { TestClock } from '../../test/cloudsync/test-clock.ts';
import { fillLargeGroup } from './large-group.ts';

const [file, group, size] = process.argv.slice(2);
if (!file || !group || !size) throw new RangeError('FILE, GROUP and SIZE are needed.');
const store = await openSqlite(file);
await fillLargeGroup(store, group, Number(size), new TestClock().now().toISOString());
await store.close();
