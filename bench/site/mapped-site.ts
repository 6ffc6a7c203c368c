import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/index.ts';
import { systemClock } from '../../src/base/index.ts';
import { addMapping } from '../../src/cloudsync/index.ts';
import { connectTenant } from '../../src/directory/index.ts';
import { importResources } from '../../src/inventory/index.ts';
import { openEngineContext } from '../../src/schedule/index.ts';
import { progress } from '../report.ts';
import { work } from '../surroundings.ts';
import { makeCollections } from './collections.ts';
import { siteLines } from './devices.ts';

/** How large a site is to be. */
export interface SiteSize {
  devices: number;
  collections: number;
  /** How many of the collections are mapped to a group each. */
  mappings: number;
}

/**
 * Makes a data folder with a site in it, and an emulated tenant that has all of its devices and a group for each
 * mapping. Nothing is evaluated or synchronized yet.
 */
export async function makeMappedSite(
  dataDir: string,
  { devices, collections, mappings }: SiteSize,
  options: EmulatorOptions,
): Promise<Emulator> {
  const emulator = await startEmulator(options);
  const context = await openEngineContext(dataDir, {}, systemClock);
  try {
    progress(`importing ${devices} devices`);
    await importResources(
      context.store,
      inEntraToo(emulator, devices),
      { source: 'bench', complete: false, approve: false },
      work,
    );
    await makeCollections(context.store, collections, devices);
    const { tenantId, clientId, clientSecret: secret } = emulator.credentials;
    const { loginUrl, graphUrl, caPem: ca } = emulator;
    const credential = { kind: 'client-secret', secret } as const;
    const input = { name: 'Contoso', tenantId, clientId, credential, loginUrl, graphUrl, ca };
    const tenant = await connectTenant(context.store, context.secrets, input, systemClock);
    const directory = await context.directories.of(tenant.id);
    progress(`making ${mappings} mappings`);
    for (let n = 0; n < mappings; n += 1) {
      const { id: group } = emulator.tenant.addGroup({ displayName: `Group ${n}` });
      await addMapping(
        context.store,
        directory,
        tenant,
        { collection: `Collection ${n}`, group },
        systemClock,
      );
    }
    return emulator;
  } catch (error) {
    await emulator.close();
    throw error;
  } finally {
    await context.close();
  }
}

/** The devices of a site, each of which the tenant gets on the way. */
async function* inEntraToo(emulator: Emulator, devices: number): ReturnType<typeof siteLines> {
  for await (const line of siteLines(devices)) {
    if ('record' in line) {
      const { name: displayName, entraDeviceId: deviceId } = line.record;
      emulator.tenant.addDevice({ displayName, deviceId });
    }
    yield line;
  }
}
