import type { Store } from '../../src/store/index.ts';

/** Maps a collection to a group that has read the feed of memberships up to `carried`. */
export async function mapToGroup(store: Store, name: string, carried: number): Promise<void> {
  const { num } = await store.db
    .selectFrom('collection')
    .select('num')
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  const at = '2026-01-01T00:00:00.000Z';
  await store.db
    .insertInto('cloud_service')
    .values({
      id: 1,
      name: 'T',
      name_key: 't',
      tenant_id: 't',
      client_id: 'c',
      cloud: 'public',
      login_url: '',
      graph_url: '',
      credential_kind: 'managed-identity',
      group_sync: 1,
      discovery: 1,
      discovery_minutes: 5,
      full_discovery_days: 7,
      entra_authentication_disabled: 0,
      max_removals: 1,
      max_removal_percent: 1,
      quota_share: 1,
      allow_role_assignable: 0,
      created_at: at,
      updated_at: at,
    })
    .execute();
  const group = {
    id: 1,
    cloud_service_id: 1,
    group_id: 'g',
    name: 'Group',
    name_key: 'group',
    identity_seq: 0,
    full_needed: 0 as const,
  };
  await store.db
    .insertInto('target_group')
    .values({ ...group, membership_seq: carried })
    .execute();
  await store.db
    .insertInto('mapping')
    .values({ collection_num: num, target_group_id: 1, created_at: at })
    .execute();
}
