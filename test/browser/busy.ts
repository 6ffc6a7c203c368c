import type { Site } from './site.ts';

/** What Microsoft Graph says of the device that can not be added in `fillBusy`. */
export const graphsWords = 'Resource is not allowed in this group by policy.';

/** The groups that `fillBusy` leaves behind, by name. */
export interface BusyGroups {
  success: string;
  partial: string;
  held: string;
}

/**
 * Gives a site something to show: a mapping that succeeded, one with a member that fails, and one whose removals
 * are held: Kiosks holds 3 devices, its group 14.
 */
export async function fillBusy(site: Site): Promise<BusyGroups> {
  const { tenant, app } = site.entra;
  const names = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${prefix}-${String(index + 1).padStart(3, '0')}`);
  const finance = names('FIN', 24);
  const ring = names('RING', 40);
  const kiosks = names('KIOSK', 14);
  const objects = new Map<string, string>();
  const records = [...finance, ...ring, ...kiosks].map(name => {
    const device = tenant.addDevice({ displayName: name });
    objects.set(name, device.id);
    return { type: 'device', name, entraDeviceId: device.deviceId };
  });
  const makeGroup = (displayName: string, members: readonly string[] = []) =>
    tenant.addGroup({
      displayName,
      owners: [app.servicePrincipalId],
      members: members.map(name => objects.get(name) ?? ''),
    }).id;
  const groups = {
    success: makeGroup('Finance laptops'),
    partial: makeGroup('Pilot ring'),
    held: makeGroup('Kiosks', kiosks),
  };
  refuse(site.entra, objects.get('RING-007') ?? '');

  const { client } = site;
  const lines = [...records, { type: 'device', name: 'RING-NEW' }].map(record => JSON.stringify(record));
  await site.ended(await client.call('importResources', { query: {}, body: lines.join('\n') }));
  await mapped(site, 'Finance laptops', finance);
  await mapped(site, 'Pilot ring', [...ring, 'RING-NEW']);
  await mapped(site, 'Kiosks', kiosks.slice(0, 3));
  await site.ended(await client.call('synchronize', { body: {} }));
  return groups;
}

/** Makes a collection of these devices and maps it to the group of the same name. */
async function mapped({ client }: Site, name: string, resources: string[]): Promise<void> {
  await client.call('createCollection', { body: { name, type: 'device' } });
  await client.call('addRule', { params: { ref: name }, body: { kind: 'direct', resources } });
  await client.call('addMapping', { body: { collection: name, group: name } });
}

/** From now on Graph refuses an object as a member of any group. */
export function refuse({ faults }: Site['entra'], objectId: string): void {
  faults.add({
    ...{ where: 'batch', body: objectId, times: 1_000 },
    action: { kind: 'status', status: 400, code: 'Request_BadRequest', message: graphsWords },
  });
}
