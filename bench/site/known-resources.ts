import { firstResourceId } from '../../src/inventory/index.ts';
import type { Store } from '../../src/store/index.ts';
import { deviceId, sid } from './object-id.ts';

const columns = [
  'id',
  'type',
  'name',
  'name_key',
  'source',
  'entra_device_id',
  'on_premises_sid',
  'document',
  'created_at',
  'updated_at',
];
const atOnce = 10_000;

/**
 * Puts straight into a store: the devices and users of the benchmark's directory as a source on-premises knows them.
 * A piece at a time, so that filling takes no more memory than what is measured after.
 */
export async function fillKnownResources(
  store: Store,
  { devices, users }: { devices: number; users: number },
): Promise<void> {
  const at = new Date().toISOString();
  const device = (n: number) => {
    const id = firstResourceId.device + n;
    return [id, 'device', `PC${n}`, `pc${n}`, 'import', deviceId(n), null, '{}', at, at];
  };
  const user = (n: number) => {
    const id = firstResourceId.user + n;
    return [id, 'user', `CONTOSO\\user${n}`, `contoso\\user${n}`, 'import', null, sid(n), '{}', at, at];
  };
  for (const [row, many] of [
    [device, devices],
    [user, users],
  ] as const) {
    for (let from = 0; from < many; from += atOnce) {
      const rows = Array.from({ length: Math.min(atOnce, many - from) }, (_, n) => row(from + n));
      await store.transaction(tx => store.dialect.insertMany(tx, 'resource', columns, rows));
    }
  }
}
