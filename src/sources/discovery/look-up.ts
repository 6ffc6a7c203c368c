import type { WorkContext } from '../../base/index.ts';
import type { Directory, ObjectKeys } from '../../directory/index.ts';
import type { Store } from '../../store/index.ts';
import type { ResourceTenant } from './entra-resources.ts';
import { applyPage } from './page.ts';
import { loadState } from './state.ts';

/**
 * Looks up one device or user in Entra and takes what it finds into what is known of the tenant, as a discovery
 * would, without waiting for the next one.
 * @returns how many objects were found
 * @throws Problem when Entra can not be asked
 */
export async function lookUp(
  store: Store,
  directory: Pick<Directory, 'findObjects'>,
  tenant: ResourceTenant,
  keys: ObjectKeys,
  work: WorkContext,
): Promise<number> {
  const objects = await directory.findObjects(keys, work.signal);
  if (objects.length === 0) return 0;
  const at = work.clock.now().toISOString();
  await store.transaction(async tx => {
    const state = await loadState(tx, tenant.id, keys.kind);
    await applyPage(
      tx,
      store.dialect,
      tenant,
      state,
      { objects, removed: [], nextLink: null, deltaLink: null },
      at,
    );
  });
  return objects.length;
}
