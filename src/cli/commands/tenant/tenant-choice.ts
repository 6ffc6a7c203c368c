import type { Client, Tenant } from '../../../api/index.ts';
import { Problem } from '../../../base/index.ts';
import { usage } from '../../failure.ts';

/**
 * The tenant of a name; the only one where no name is given.
 * @throws Problem when there is none, or several and no name
 */
export async function tenantNamed(client: Client, name: string | undefined): Promise<Tenant> {
  if (name !== undefined) return client.call('getTenant', { params: { ref: name } });
  const { items } = await client.call('listTenants', {});
  const [only, ...others] = items;
  if (!only) {
    const hint = 'Connect one with: rollcall tenant connect NAME --tenant-id … --client-id …';
    throw new Problem('not-found', 'no-tenant', 'No tenant is connected.', hint);
  }
  if (others.length === 0) return only;
  throw usage(
    `${items.length} tenants are connected, so one must be named.`,
    `Name one of: ${items.map(tenant => tenant.name).join(', ')}.`,
  );
}
