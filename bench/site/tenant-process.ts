// An emulated tenant with the devices of a large group and the group itself, empty; it ends when its stdin does:
// node bench/site/tenant-process.ts GROUP SIZE
import { startEmulator } from '../../emulator/index.ts';
import { objectId } from './object-id.ts';

const [group, size] = process.argv.slice(2);
if (!group || !size) throw new RangeError('GROUP and SIZE are needed.');
const emulator = await startEmulator({ throttling: false });
for (let n = 0; n < Number(size); n += 1)
  emulator.tenant.addDevice({ id: objectId(n), displayName: `PC${n}` });
emulator.tenant.addGroup({ id: group, displayName: 'Large' });
const { loginUrl, graphUrl, caPem, credentials } = emulator;
process.stdout.write(`${JSON.stringify({ loginUrl, graphUrl, caPem, credentials })}\n`);
process.stdin.resume().once('end', () => emulator.close());
