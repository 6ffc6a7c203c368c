// An emulated tenant of devices and users, as many of each; on a line with a number, so many of each get another name.
// It ends when its stdin does:
// node bench/site/directory-process.ts DEVICES USERS
import { createInterface } from 'node:readline';
import { startEmulator } from '../../emulator/index.ts';
import { deviceId, objectId, sid } from './object-id.ts';

const [devices, users] = process.argv.slice(2).map(Number);
if (!devices || !users) throw new RangeError('DEVICES and USERS are needed.');
const emulator = await startEmulator({ throttling: false });
for (let n = 0; n < devices; n += 1) {
  emulator.tenant.addDevice({
    id: objectId(n),
    deviceId: deviceId(n),
    displayName: `PC${n}`,
    operatingSystem: 'Windows',
    operatingSystemVersion: '10.0.26100.1',
    trustType: 'ServerAd',
  });
}
for (let n = 0; n < users; n += 1) {
  emulator.tenant.addUser({
    id: objectId(devices + n),
    userPrincipalName: `user${n}@contoso.com`,
    displayName: `User ${n}`,
    mail: `user${n}@contoso.com`,
    department: `Department ${n % 50}`,
    onPremisesSecurityIdentifier: sid(n),
    onPremisesSamAccountName: `user${n}`,
    onPremisesDomainName: 'contoso.com',
  });
}
const { loginUrl, graphUrl, caPem, credentials } = emulator;
process.stdout.write(`${JSON.stringify({ loginUrl, graphUrl, caPem, credentials })}\n`);

let changes = 0;
createInterface({ input: process.stdin })
  .on('line', line => {
    changes += 1;
    for (let n = 0; n < Number(line); n += 1) {
      emulator.tenant.updateObject(objectId(n), { displayName: `PC${n} (${changes})` });
      emulator.tenant.updateObject(objectId(devices + n), { displayName: `User ${n} (${changes})` });
    }
    process.stdout.write('done\n');
  })
  .once('close', () => emulator.close());
