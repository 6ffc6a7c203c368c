import type { Clock } from '../base/index.ts';
import {
  type Directory,
  Governors,
  getTenant,
  openDirectory,
  type Secrets,
  type Tenant,
} from '../directory/index.ts';
import type { Store } from '../store/index.ts';

/** The connections to Entra, one for each tenant, kept while the process lives: with them token and rate. */
export interface Directories {
  /** The directory of a tenant by its number. @throws Problem `tenant-not-found` */
  of(cloudServiceId: number): Promise<Directory>;
  /** A tenant with its directory, by name or id; without a reference the only one. */
  find(ref?: string | number): Promise<{ tenant: Tenant; directory: Directory }>;
  close(): Promise<void>;
}

/** Opens directories as they are asked for; a tenant whose settings have changed gets a new one. */
export function openDirectories(store: Store, secrets: Secrets, clock: Clock): Directories {
  const open = new Map<number, { updatedAt: string; directory: Directory }>();
  const governors = new Governors(clock);
  // A run may still be using the old one.
  const retired: Directory[] = [];

  function directoryOf(tenant: Tenant): Directory {
    const kept = open.get(tenant.id);
    if (kept && kept.updatedAt === tenant.updatedAt) return kept.directory;
    if (kept) retired.push(kept.directory);
    const directory = openDirectory(tenant, secrets, { clock, governors });
    open.set(tenant.id, { updatedAt: tenant.updatedAt, directory });
    return directory;
  }

  return {
    of: async cloudServiceId => directoryOf(await getTenant(store, cloudServiceId)),
    async find(ref) {
      const tenant = await getTenant(store, ref);
      return { tenant, directory: directoryOf(tenant) };
    },
    async close() {
      const all = [...retired, ...open.values().map(one => one.directory)];
      open.clear();
      await Promise.all(all.map(directory => directory.close()));
    },
  };
}
