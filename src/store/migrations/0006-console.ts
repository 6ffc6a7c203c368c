import { type CreateTableBuilder, type Kysely, sql } from 'kysely';
import type { MigrationDialect } from './dialect.ts';

/** What the console and the API keep: counts and activity for the overview, accounts, sessions, the audit log. */
export async function forConsole(db: Kysely<unknown>, dialect: MigrationDialect): Promise<void> {
  const table = (name: string) => db.schema.createTable(name);
  const clustered = <T extends string, C extends string>(builder: CreateTableBuilder<T, C>) =>
    dialect.clustered(builder);
  const required = (column: import('kysely').ColumnDefinitionBuilder) => column.notNull();
  const counter = (column: import('kysely').ColumnDefinitionBuilder) => column.notNull().defaultTo(0);

  // ── overview
  await table('mapping_count')
    .addColumn('mapping_id', 'integer', c =>
      c.notNull().primaryKey().references('mapping.id').onDelete('cascade'),
    )
    .addColumn('members', 'integer', counter)
    .addColumn('completed', 'integer', counter)
    .addColumn('failed', 'integer', counter)
    .addColumn('absent', 'integer', counter)
    .execute();
  await clustered(
    table('activity')
      .addColumn('hour', 'text', required)
      .addColumn('cloud_service_id', 'integer', c =>
        c.notNull().references('cloud_service.id').onDelete('cascade'),
      )
      .addColumn('runs', 'integer', counter)
      .addColumn('failed_runs', 'integer', counter)
      .addColumn('held_runs', 'integer', counter)
      .addColumn('added', 'integer', counter)
      .addColumn('removed', 'integer', counter)
      .addColumn('failed', 'integer', counter)
      .addColumn('requests', 'integer', counter)
      .addColumn('writes', 'integer', counter)
      .addPrimaryKeyConstraint('activity_key', ['hour', 'cloud_service_id']),
  ).execute();
  await sql`create index sync_run_running on sync_run (id) where status = 'running'`.execute(db);
  await sql`create index held_target on target_group (held_plan_id) where held_plan_id is not null`.execute(
    db,
  );
  await sql`create index stopped_target on target_group (id) where problem is not null`.execute(db);
  await sql`create index job_by_kind on job (kind, id)`.execute(db);
  await sql`create index job_by_requested_by on job (requested_by, id)`.execute(db);
  await table('credential_expiry')
    .addColumn('cloud_service_id', 'integer', c =>
      c.notNull().primaryKey().references('cloud_service.id').onDelete('cascade'),
    )
    .addColumn('expires_at', 'text')
    .addColumn('looked_at', 'text', required)
    .execute();

  // ── who may sign in
  await dialect
    .numbered(table('account'), 'id')
    .addColumn('name', 'text', required)
    .addColumn('name_key', 'text', required)
    .addColumn('kind', 'text', required)
    .addColumn('password', 'text')
    .addColumn('issuer', 'text')
    .addColumn('subject', 'text')
    .addColumn('role', 'text', required)
    .addColumn('scoped', 'integer', counter)
    .addColumn('disabled', 'integer', counter)
    .addColumn('created_at', 'text', required)
    .addColumn('updated_at', 'text', required)
    .addColumn('last_sign_in_at', 'text')
    .execute();
  await sql`create unique index account_unique_name_key on account (name_key)`.execute(db);
  await sql`create unique index account_unique_subject on account (issuer, subject) where subject is not null`.execute(
    db,
  );
  await sql`alter table api_token add column account_id integer references account (id) on delete cascade`.execute(
    db,
  );
  await sql`alter table api_token add column scoped integer not null default 0`.execute(db);
  for (const [owner, name] of [
    ['account', 'account_scope'],
    ['api_token', 'token_scope'],
  ] as const) {
    await clustered(
      table(name)
        .addColumn('owner_id', 'integer', c => c.notNull().references(`${owner}.id`).onDelete('cascade'))
        .addColumn('collection_num', 'integer', c =>
          c.notNull().references('collection.num').onDelete('cascade'),
        )
        .addPrimaryKeyConstraint(`${name}_key`, ['owner_id', 'collection_num']),
    ).execute();
    await sql`create index ${sql.ref(`${name}_by_collection`)} on ${sql.table(name)} (collection_num)`.execute(
      db,
    );
  }
  await dialect
    .numbered(table('session'), 'id')
    .addColumn('hash', 'text', required)
    .addColumn('account_id', 'integer', c => c.references('account.id').onDelete('cascade'))
    .addColumn('token_id', 'integer', c => c.references('api_token.id').onDelete('cascade'))
    .addColumn('created_at', 'text', required)
    .addColumn('last_seen_at', 'text', required)
    .addColumn('expires_at', 'text', required)
    .addColumn('address', 'text', required)
    .addColumn('agent', 'text', required)
    .execute();
  await sql`create unique index session_unique_hash on session (hash)`.execute(db);
  await sql`create index session_by_account on session (account_id)`.execute(db);
  await sql`create index session_by_token on session (token_id)`.execute(db);

  // ── audit log
  await dialect
    .numbered(table('audit'), 'id')
    .addColumn('at', 'text', required)
    .addColumn('finished_at', 'text')
    .addColumn('actor', 'text', required)
    .addColumn('account_id', 'integer')
    .addColumn('token_id', 'integer')
    .addColumn('address', 'text', required)
    .addColumn('action', 'text', required)
    .addColumn('object', 'text', required)
    .addColumn('before', 'text')
    .addColumn('after', 'text')
    .addColumn('outcome', 'text', required)
    .addColumn('code', 'text')
    .execute();
  await sql`create index audit_by_at on audit (at)`.execute(db);
  await sql`create index audit_by_action on audit (action, id)`.execute(db);
  await sql`create index audit_by_actor on audit (actor, id)`.execute(db);
  for (const statement of dialect.appendOnly('audit')) await statement.execute(db);
}
