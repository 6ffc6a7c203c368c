import { Problem } from '../../base/index.ts';
import type { ResourceType, Store } from '../../store/index.ts';

/**
 * Refuses to synchronize a group before its kind of member has been discovered: nobody would be in Entra as far as
 * Rollcall knows, and a full run would empty the group (a source that could not be
 * read never counts as "no members").
 * @param members the kinds of members of the group
 * @throws Problem `not-discovered` when one of them has never been read whole from the tenant
 */
export async function requireDiscovered(
  store: Store,
  cloudServiceId: number,
  members: readonly ResourceType[],
): Promise<void> {
  const tenant = await store.db
    .selectFrom('cloud_service')
    .select('name')
    .where('id', '=', cloudServiceId)
    .executeTakeFirst();
  if (!tenant) return;
  const states = await store.db
    .selectFrom('discovery_state')
    .select(['kind', 'last_full_at', 'error'])
    .where('cloud_service_id', '=', cloudServiceId)
    .execute();
  for (const kind of members) {
    const state = states.find(each => each.kind === kind);
    if (state?.last_full_at) continue;
    const why = state?.error ? ` The last try ended so: ${state.error}` : '';
    throw new Problem(
      'conflict',
      'not-discovered',
      `The ${kind}s of ${tenant.name} have not been discovered yet, so nobody can be told from their absence.`,
      `Run: rollcall discover --full --tenant ${JSON.stringify(tenant.name)}.${why}`,
    );
  }
}
