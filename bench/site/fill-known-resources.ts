// Puts into a store the devices and users of the benchmark's directory as a source on-premises knows them; in a process of
// its own, so that the memory that is measured is not that of filling:
// node bench/site/fill-known-resources.ts FILE DEVICES USERS
import { firstResourceId } from '../../src/inventory/index.ts';
import { openSqlite } from '../../src/store/index.ts';
import { deviceId, sid } from './object-id.ts';

const [file, devices, users] = process.argv.slice(2);
if (!file || !devices || !users) throw new RangeError('FILE, DEVICES and USERS are needed.');
const at = new Date().toISOString();
const columns =
  'id type name name_key source entra_device_id on_premises_sid document created_at updated_at'.split(' ');

function* each(many: number, row: (n: number) => (string | number | null)[]) {
  for (let n = 0; n < many; n += 1) yield row(n);
}
const device = (n: number) => {
  const id = firstResourceId.device + n;
  return [id, 'device', `PC${n}`, `pc${n}`, 'import', deviceId(n), null, '{}', at, at];
};
const user = (n: number) => {
  const id = firstResourceId.user + n;
  return [id, 'user', `CONTOSO\\user${n}`, `contoso\\user${n}`, 'import', null, sid(n), '{}', at, at];
};

const store = await openSqlite(file);
await store.transaction(async tx => {
  await store.dialect.insertMany(tx, 'resource', columns, each(Number(devices), device));
  await store.dialect.insertMany(tx, 'resource', columns, each(Number(users), user));
});
await store.close();
