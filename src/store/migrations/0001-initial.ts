import { type CreateTableBuilder, type Kysely, sql } from 'kysely';
import type { MigrationDialect } from './dialect.ts';

/** All tables of the first version. */
export async function initial(db: Kysely<unknown>, dialect: MigrationDialect): Promise<void> {
  const table = (name: string) => db.schema.createTable(name);
  // A number that the store hands out and never hands out again: feeds rely on it growing.
  const numbered = (name: string, key = 'id') => dialect.numbered(table(name), key);
  // A table whose rows lie in the order of their primary key.
  const clustered = <T extends string, C extends string>(builder: CreateTableBuilder<T, C>) =>
    dialect.clustered(builder);
  const index = (on: string, ...columns: string[]) =>
    db.schema
      .createIndex(`${on}_by_${columns.join('_')}`)
      .on(on)
      .columns(columns)
      .execute();
  const unique = (on: string, ...columns: string[]) =>
    db.schema
      .createIndex(`${on}_unique_${columns.join('_')}`)
      .on(on)
      .columns(columns)
      .unique()
      .execute();
  const flag = (initially: 0 | 1) => (column: import('kysely').ColumnDefinitionBuilder) =>
    column.notNull().defaultTo(initially);
  const required = (column: import('kysely').ColumnDefinitionBuilder) => column.notNull();
  const counter = flag(0);

  await clustered(
    table('setting')
      .addColumn('key', 'text', c => c.notNull().primaryKey())
      .addColumn('value', 'text', required),
  ).execute();

  // ── inventory
  await numbered('inventory_class')
    .addColumn('name', 'text', required)
    .addColumn('name_key', 'text', required)
    .addColumn('resource_type', 'text', required)
    .addColumn('kind', 'text', required)
    .execute();
  await unique('inventory_class', 'name_key');
  await numbered('inventory_property')
    .addColumn('class_id', 'integer', c => c.notNull().references('inventory_class.id').onDelete('cascade'))
    .addColumn('name', 'text', required)
    .addColumn('name_key', 'text', required)
    .addColumn('type', 'text', required)
    .addColumn('is_array', 'integer', flag(0))
    .execute();
  await unique('inventory_property', 'class_id', 'name_key');
  await table('resource')
    .addColumn('id', 'integer', c => c.notNull().primaryKey())
    .addColumn('type', 'text', required)
    .addColumn('name', 'text', required)
    .addColumn('name_key', 'text', required)
    .addColumn('source', 'text', required)
    .addColumn('external_id', 'text')
    .addColumn('entra_device_id', 'text')
    .addColumn('entra_user_id', 'text')
    .addColumn('user_principal_name', 'text')
    .addColumn('upn_key', 'text')
    .addColumn('on_premises_sid', 'text')
    .addColumn('document', 'text', required)
    .addColumn('seen_import', 'integer')
    .addColumn('created_at', 'text', required)
    .addColumn('updated_at', 'text', required)
    .execute();
  await index('resource', 'type', 'name_key');
  await sql`create unique index resource_unique_external_id on resource (type, external_id) where external_id is not null`.execute(
    db,
  );
  await sql`create index resource_by_entra_device_id on resource (entra_device_id) where entra_device_id is not null`.execute(
    db,
  );
  await sql`create index resource_by_entra_user_id on resource (entra_user_id) where entra_user_id is not null`.execute(
    db,
  );
  await sql`create index resource_by_on_premises_sid on resource (on_premises_sid) where on_premises_sid is not null`.execute(
    db,
  );
  await sql`create index resource_by_upn_key on resource (upn_key) where upn_key is not null`.execute(db);
  await clustered(
    table('resource_value')
      .addColumn('property_id', 'integer', required)
      .addColumn('resource_id', 'integer', required)
      .addColumn('value', dialect.anyValue, required)
      .addPrimaryKeyConstraint('resource_value_key', ['resource_id', 'property_id', 'value']),
  ).execute();
  await index('resource_value', 'property_id', 'value', 'resource_id');
  await numbered('resource_change', 'seq')
    .addColumn('resource_id', 'integer', required)
    .addColumn('resource_type', 'text', required)
    .addColumn('touched', 'text', required)
    .addColumn('at', 'text', required)
    .execute();
  await numbered('import_run')
    .addColumn('source', 'text', required)
    .addColumn('started_at', 'text', required)
    .addColumn('finished_at', 'text')
    .addColumn('created', 'integer', counter)
    .addColumn('changed', 'integer', counter)
    .addColumn('unchanged', 'integer', counter)
    .addColumn('deleted', 'integer', counter)
    .addColumn('rejected', 'integer', counter)
    .addColumn('held', 'integer', counter)
    .execute();

  // ── collections
  await numbered('collection', 'num')
    .addColumn('id', 'text', required)
    .addColumn('name', 'text', required)
    .addColumn('name_key', 'text', required)
    .addColumn('type', 'text', required)
    .addColumn('limiting_num', 'integer', c => c.references('collection.num'))
    .addColumn('built_in', 'integer', flag(0))
    .addColumn('incremental', 'integer', flag(1))
    .addColumn('schedule', 'text')
    .addColumn('comment', 'text')
    .addColumn('member_count', 'integer', counter)
    .addColumn('stale', 'integer', c => c.notNull().defaultTo(1))
    .addColumn('evaluated_at', 'text')
    .addColumn('fully_evaluated_at', 'text')
    .addColumn('evaluation_ms', 'integer')
    .addColumn('last_joined', 'integer', counter)
    .addColumn('last_left', 'integer', counter)
    .addColumn('membership_changed_at', 'text')
    .addColumn('error', 'text')
    .addColumn('created_at', 'text', required)
    .execute();
  await unique('collection', 'id');
  await unique('collection', 'name_key');
  await index('collection', 'limiting_num');
  await numbered('collection_rule')
    .addColumn('collection_num', 'integer', c => c.notNull().references('collection.num').onDelete('cascade'))
    .addColumn('kind', 'text', required)
    .addColumn('name', 'text', required)
    .addColumn('name_key', 'text', required)
    .addColumn('query', 'text')
    .addColumn('resource_id', 'integer')
    .addColumn('other_num', 'integer', c => c.references('collection.num'))
    .execute();
  await index('collection_rule', 'collection_num', 'kind');
  await index('collection_rule', 'resource_id');
  // The graph of collections is read without the direct rules, which can be a hundred times as many.
  await sql`create index collection_rule_graph on collection_rule (collection_num) where kind <> 'direct'`.execute(
    db,
  );
  await index('collection_rule', 'other_num');
  await clustered(
    table('membership')
      .addColumn('collection_num', 'integer', required)
      .addColumn('resource_id', 'integer', required)
      .addPrimaryKeyConstraint('membership_key', ['collection_num', 'resource_id']),
  ).execute();
  await index('membership', 'resource_id');
  await numbered('membership_change', 'seq')
    .addColumn('collection_num', 'integer', required)
    .addColumn('resource_id', 'integer', required)
    .addColumn('change', 'integer', required)
    .addColumn('at', 'text', required)
    .execute();
  await index('membership_change', 'collection_num', 'seq');

  // ── cloud services
  await numbered('cloud_service')
    .addColumn('name', 'text', required)
    .addColumn('name_key', 'text', required)
    .addColumn('tenant_id', 'text', required)
    .addColumn('client_id', 'text', required)
    .addColumn('cloud', 'text', required)
    .addColumn('login_url', 'text', required)
    .addColumn('graph_url', 'text', required)
    .addColumn('ca', 'text')
    .addColumn('credential_kind', 'text', required)
    .addColumn('credential', 'text')
    .addColumn('group_sync', 'integer', flag(1))
    .addColumn('discovery', 'integer', flag(1))
    .addColumn('discovery_minutes', 'integer', c => c.notNull().defaultTo(5))
    .addColumn('full_discovery_days', 'integer', c => c.notNull().defaultTo(7))
    .addColumn('entra_authentication_disabled', 'integer', flag(0))
    .addColumn('max_removals', 'integer', c => c.notNull().defaultTo(500))
    .addColumn('max_removal_percent', 'integer', c => c.notNull().defaultTo(30))
    .addColumn('quota_share', 'integer', c => c.notNull().defaultTo(90))
    .addColumn('allow_role_assignable', 'integer', flag(0))
    .addColumn('created_at', 'text', required)
    .addColumn('updated_at', 'text', required)
    .execute();
  await unique('cloud_service', 'name_key');

  // ── Entra as discovered
  await clustered(
    table('entra_object')
      .addColumn('cloud_service_id', 'integer', c =>
        c.notNull().references('cloud_service.id').onDelete('cascade'),
      )
      .addColumn('object_id', 'text', required)
      .addColumn('kind', 'text', required)
      .addColumn('display_name', 'text')
      .addColumn('device_id', 'text')
      .addColumn('trust_type', 'text')
      .addColumn('user_principal_name', 'text')
      .addColumn('upn_key', 'text')
      .addColumn('on_premises_sid', 'text')
      .addColumn('account_enabled', 'integer')
      .addColumn('generation', 'integer', required)
      .addPrimaryKeyConstraint('entra_object_key', ['cloud_service_id', 'object_id']),
  ).execute();
  await index('entra_object', 'cloud_service_id', 'device_id');
  await index('entra_object', 'cloud_service_id', 'upn_key');
  await index('entra_object', 'cloud_service_id', 'on_premises_sid');
  await table('discovery_state')
    .addColumn('cloud_service_id', 'integer', c =>
      c.notNull().references('cloud_service.id').onDelete('cascade'),
    )
    .addColumn('kind', 'text', required)
    .addColumn('delta_link', 'text')
    .addColumn('next_link', 'text')
    .addColumn('full_started_at', 'text')
    .addColumn('generation', 'integer', counter)
    .addColumn('last_full_at', 'text')
    .addColumn('last_delta_at', 'text')
    .addColumn('object_count', 'integer', counter)
    .addColumn('held_removals', 'integer', counter)
    .addColumn('error', 'text')
    .addPrimaryKeyConstraint('discovery_state_key', ['cloud_service_id', 'kind'])
    .execute();
  await clustered(
    table('entra_identity')
      .addColumn('cloud_service_id', 'integer', c =>
        c.notNull().references('cloud_service.id').onDelete('cascade'),
      )
      .addColumn('resource_id', 'integer', required)
      .addColumn('object_id', 'text', required)
      .addPrimaryKeyConstraint('entra_identity_key', ['cloud_service_id', 'resource_id']),
  ).execute();
  await index('entra_identity', 'cloud_service_id', 'object_id');
  await index('entra_identity', 'resource_id');
  await numbered('identity_change', 'seq')
    .addColumn('cloud_service_id', 'integer', c =>
      c.notNull().references('cloud_service.id').onDelete('cascade'),
    )
    .addColumn('resource_id', 'integer', required)
    .addColumn('old_object_id', 'text')
    .addColumn('new_object_id', 'text')
    .addColumn('at', 'text', required)
    .execute();
  await index('identity_change', 'cloud_service_id', 'seq');

  // ── cloud sync
  await numbered('target_group')
    .addColumn('cloud_service_id', 'integer', c => c.notNull().references('cloud_service.id'))
    .addColumn('group_id', 'text', required)
    .addColumn('name', 'text', required)
    .addColumn('membership_seq', 'integer', counter)
    .addColumn('identity_seq', 'integer', counter)
    .addColumn('full_needed', 'integer', flag(1))
    .addColumn('last_full_status', 'text')
    .addColumn('last_full_at', 'text')
    .addColumn('last_sync_status', 'text')
    .addColumn('last_sync_at', 'text')
    .addColumn('problem', 'text')
    .addColumn('held_plan_id', 'integer')
    .execute();
  await unique('target_group', 'cloud_service_id', 'group_id');
  await numbered('mapping')
    .addColumn('collection_num', 'integer', c => c.notNull().references('collection.num'))
    .addColumn('target_group_id', 'integer', c =>
      c.notNull().references('target_group.id').onDelete('cascade'),
    )
    .addColumn('created_at', 'text', required)
    .addColumn('max_removals', 'integer')
    .addColumn('max_removal_percent', 'integer')
    .addColumn('last_full_count', 'integer')
    .addColumn('last_sync_count', 'integer')
    .execute();
  await unique('mapping', 'collection_num', 'target_group_id');
  await index('mapping', 'target_group_id');
  await clustered(
    table('ledger')
      .addColumn('target_group_id', 'integer', c =>
        c.notNull().references('target_group.id').onDelete('cascade'),
      )
      .addColumn('object_id', 'text', required)
      .addColumn('resource_id', 'integer')
      .addColumn('wanted', 'text', required)
      .addColumn('state', 'text', required)
      .addColumn('maybe_in', 'integer', flag(0))
      .addColumn('code', 'text')
      .addColumn('reason', 'text')
      .addColumn('hint', 'text')
      .addColumn('attempts', 'integer', counter)
      .addColumn('last_tried', 'text')
      .addColumn('next_try', 'text')
      .addColumn('confirmed_at', 'text')
      .addPrimaryKeyConstraint('ledger_key', ['target_group_id', 'object_id']),
  ).execute();
  await index('ledger', 'target_group_id', 'resource_id');
  await sql`create index ledger_open on ledger (target_group_id, state) where state <> 'done'`.execute(db);
  await numbered('held_plan')
    .addColumn('target_group_id', 'integer', c =>
      c.notNull().references('target_group.id').onDelete('cascade'),
    )
    .addColumn('created_at', 'text', required)
    .addColumn('digest', 'text', required)
    .addColumn('kind', 'text', required)
    .addColumn('reason', 'text', required)
    .addColumn('additions', 'text', required)
    .addColumn('removals', 'text', required)
    .addColumn('approved_at', 'text')
    .addColumn('approved_by', 'text')
    .execute();
  await numbered('sync_run')
    .addColumn('target_group_id', 'integer', c =>
      c.notNull().references('target_group.id').onDelete('cascade'),
    )
    .addColumn('kind', 'text', required)
    .addColumn('requested_by', 'text', required)
    .addColumn('started_at', 'text', required)
    .addColumn('finished_at', 'text')
    .addColumn('status', 'text', required)
    .addColumn('planned_additions', 'integer', counter)
    .addColumn('planned_removals', 'integer', counter)
    .addColumn('added', 'integer', counter)
    .addColumn('removed', 'integer', counter)
    .addColumn('failed', 'integer', counter)
    .addColumn('requests', 'integer', counter)
    .addColumn('writes', 'integer', counter)
    .addColumn('problem', 'text')
    .execute();
  await index('sync_run', 'target_group_id', 'id');

  // ── schedule and API
  await table('job')
    .addColumn('id', 'text', c => c.notNull().primaryKey())
    .addColumn('kind', 'text', required)
    .addColumn('arguments', 'text', required)
    .addColumn('state', 'text', required)
    .addColumn('progress', 'text')
    .addColumn('result', 'text')
    .addColumn('problem', 'text')
    .addColumn('requested_by', 'text', required)
    .addColumn('engine', 'text', required)
    .addColumn('cancel_requested', 'integer', flag(0))
    .addColumn('created_at', 'text', required)
    .addColumn('started_at', 'text')
    .addColumn('finished_at', 'text')
    .execute();
  await index('job', 'state', 'engine');
  await table('lease')
    .addColumn('name', 'text', c => c.notNull().primaryKey())
    .addColumn('owner', 'text', required)
    .addColumn('until', 'text', required)
    .execute();
  await numbered('api_token')
    .addColumn('name', 'text', required)
    .addColumn('hash', 'text', required)
    .addColumn('role', 'text', required)
    .addColumn('created_at', 'text', required)
    .addColumn('last_used_at', 'text')
    .addColumn('expires_at', 'text')
    .execute();
  await unique('api_token', 'hash');

  const now = new Date().toISOString();
  await sql`insert into collection (id, name, name_key, type, built_in, incremental, created_at) values
    ('SMS00001', 'All Systems', 'all systems', 'device', 1, 1, ${now}),
    ('SMS00002', 'All Users', 'all users', 'user', 1, 1, ${now})`.execute(db);
}
