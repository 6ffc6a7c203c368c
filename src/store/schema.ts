import type { Generated } from 'kysely';

// The tables as Kysely sees them. Instants are ISO 8601 text in UTC; flags are 0 or 1; JSON is text.
// Tables of inventory classes (class_<id>) come and go with the inventory and are not listed here:
// inventory/classes.ts makes them.

export type ResourceType = 'device' | 'user';
export type Flag = 0 | 1;

/** Single values that the product keeps for itself: site code, counters, watermarks. */
export interface SettingTable {
  key: string;
  value: string;
}

// ── inventory ────────────────────────────────────────────────────────────────

/** A class that the inventory has brought: SMS_R_System, SMS_R_User, SMS_G_System_… or a custom one. */
export interface InventoryClassTable {
  id: Generated<number>;
  name: string;
  name_key: string;
  resource_type: ResourceType;
  /** 'resource': one row a resource (SMS_R_…); 'inventory': any number of rows a resource. */
  kind: 'resource' | 'inventory';
}

/** A property of a class. Scalars live in column p<id> of table class_<class_id>, arrays in resource_value. */
export interface InventoryPropertyTable {
  id: Generated<number>;
  class_id: number;
  name: string;
  name_key: string;
  type: PropertyType;
  is_array: Flag;
}

/** string: folded text; integer, real: numbers; boolean: 0 or 1; datetime: milliseconds since 1970 in UTC. */
export type PropertyType = 'string' | 'integer' | 'real' | 'boolean' | 'datetime';

export interface ResourceTable {
  id: number;
  type: ResourceType;
  name: string;
  name_key: string;
  /** Which source brought it: 'import' unless the import named another, 'entra' for discovered ones. */
  source: string;
  external_id: string | null;
  /** Lower-case deviceId of Entra (devices). */
  entra_device_id: string | null;
  /** Lower-case object id (users). */
  entra_user_id: string | null;
  user_principal_name: string | null;
  /** Folded. */
  upn_key: string | null;
  on_premises_sid: string | null;
  /** JSON {properties, inventory} with values as they were given; class tables are made from it. */
  document: string;
  /** The import that saw it last, for --complete. */
  seen_import: number | null;
  created_at: string;
  updated_at: string;
}

/** One value of an array property. Strings are folded, as in the class tables. */
export interface ResourceValueTable {
  property_id: number;
  resource_id: number;
  value: string | number;
}

/** The change feed: which resource changed in which properties. Read by evaluation from its watermark on. */
export interface ResourceChangeTable {
  seq: Generated<number>;
  resource_id: number;
  resource_type: ResourceType;
  /** Property ids, ascending, joined by commas; '*' for a new or deleted resource. */
  touched: string;
  at: string;
}

/** One import run: its counts, and what it held back. */
export interface ImportTable {
  id: Generated<number>;
  source: string;
  started_at: string;
  finished_at: string | null;
  created: number;
  changed: number;
  unchanged: number;
  deleted: number;
  rejected: number;
  held: number;
}

// ── Entra as discovered ──────────────────────────────────────────────────────

export interface EntraObjectTable {
  cloud_service_id: number;
  object_id: string;
  kind: ResourceType;
  display_name: string | null;
  /** Lower-case. */
  device_id: string | null;
  trust_type: string | null;
  user_principal_name: string | null;
  upn_key: string | null;
  on_premises_sid: string | null;
  account_enabled: Flag | null;
  /** JSON of what a resource made of it would bear; null while the tenant brings none. */
  properties: string | null;
  /** The discovery generation that saw it last; a full discovery drops what it did not see. */
  generation: number;
}

/** Where a discovery stands: enough to go on in the middle of pages after a crash. */
export interface DiscoveryStateTable {
  cloud_service_id: number;
  kind: ResourceType;
  /** Where the next delta starts; null before the first full discovery has ended. */
  delta_link: string | null;
  /** The next page of a discovery under way. */
  next_link: string | null;
  /** Set while a full discovery is under way. */
  full_started_at: string | null;
  generation: number;
  last_full_at: string | null;
  last_delta_at: string | null;
  object_count: number;
  held_removals: number;
  /** The last row of identity_change when Entra's own resources were last settled; null: never. */
  settled_seq: number | null;
  error: string | null;
}

/** Which Entra object a resource is, in one cloud service; no row: Not in Entra. */
export interface EntraIdentityTable {
  cloud_service_id: number;
  resource_id: number;
  object_id: string;
}

/** The feed of identities that came, went or changed. */
export interface IdentityChangeTable {
  seq: Generated<number>;
  cloud_service_id: number;
  resource_id: number;
  old_object_id: string | null;
  new_object_id: string | null;
  at: string;
}

// ── collections ──────────────────────────────────────────────────────────────

export interface CollectionTable {
  num: Generated<number>;
  /** Site code and five hex digits, or SMS00001 and the like. */
  id: string;
  name: string;
  name_key: string;
  type: ResourceType;
  limiting_num: number | null;
  built_in: Flag;
  incremental: Flag;
  /** Cron, or null: no scheduled evaluation. */
  schedule: string | null;
  comment: string | null;
  member_count: number;
  /** How many changes of its rules no evaluation has seen yet; above 0 only a full one will do. */
  stale: number;
  evaluated_at: string | null;
  fully_evaluated_at: string | null;
  evaluation_ms: number | null;
  last_joined: number;
  last_left: number;
  membership_changed_at: string | null;
  /** The last failure in evaluating it, as a sentence; null when the last evaluation succeeded. */
  error: string | null;
  created_at: string;
}

export type RuleKind = 'direct' | 'query' | 'include' | 'exclude';

export interface CollectionRuleTable {
  id: Generated<number>;
  collection_num: number;
  kind: RuleKind;
  name: string;
  name_key: string;
  query: string | null;
  resource_id: number | null;
  other_num: number | null;
}

export interface MembershipTable {
  collection_num: number;
  resource_id: number;
}

/** Who joined (1) or left (-1) a collection: the feed of cloud sync and the history of the collection. */
export interface MembershipChangeTable {
  seq: Generated<number>;
  collection_num: number;
  resource_id: number;
  change: 1 | -1;
  at: string;
}

// ── cloud services and cloud sync ────────────────────────────────────────────

export interface CloudServiceTable {
  id: Generated<number>;
  name: string;
  name_key: string;
  tenant_id: string;
  client_id: string;
  cloud: 'public' | 'usgov' | 'usgov-dod' | 'china' | 'custom';
  login_url: string;
  graph_url: string;
  /** PEM of an extra certificate authority. */
  ca: string | null;
  credential_kind: 'client-secret' | 'certificate' | 'managed-identity' | 'federated-token-file';
  /** Sealed by directory/secrets.ts; for a managed identity or a token file, its plain reference. */
  credential: string | null;
  group_sync: Flag;
  discovery: Flag;
  discovery_minutes: number;
  full_discovery_days: number;
  entra_authentication_disabled: Flag;
  max_removals: number;
  max_removal_percent: number;
  quota_share: number;
  allow_role_assignable: Flag;
  /** Devices and users that no other source has become resources. */
  entra_resources: Generated<Flag>;
  /** Days after which a group that is followed by what changed is read whole again; 0: it is never followed. */
  whole_read_days: Generated<number>;
  created_at: string;
  updated_at: string;
}

/** An Entra group that at least one mapping feeds, and where its synchronization stands. */
export interface TargetGroupTable {
  id: Generated<number>;
  cloud_service_id: number;
  group_id: string;
  name: string;
  name_key: string;
  /** How far the feeds have been carried into the ledger. */
  membership_seq: number;
  identity_seq: number;
  /** Above 0: the next run must be full (first run, new mapping, a full run that broke off). Counts the reasons. */
  full_needed: number;
  /** Status and time of the last runs, for the status table. */
  last_full_status: string | null;
  last_full_at: string | null;
  last_sync_status: string | null;
  last_sync_at: string | null;
  /** JSON of the problem that stopped the last run as a whole, if one did. */
  problem: string | null;
  /** The held plan, if one waits for approval or was refused. */
  held_plan_id: number | null;
  /** The undo that is under way: the next run finishes it. */
  undo_run_id: number | null;
}

export interface MappingTable {
  id: Generated<number>;
  collection_num: number;
  target_group_id: number;
  created_at: string;
  max_removals: number | null;
  max_removal_percent: number | null;
  /** Its group is left as it is until this is 0 again. */
  paused: Generated<Flag>;
  /** How many members the collection had at the last full run of the group, and at the last run. */
  last_full_count: number | null;
  last_sync_count: number | null;
}

/** What Rollcall last wanted of a group and an object, and what Entra answered. */
export interface LedgerTable {
  target_group_id: number;
  object_id: string;
  resource_id: number | null;
  /** 'in': should be a member; 'out': should not. */
  wanted: 'in' | 'out';
  /** pending: intent stored, no answer yet; done: Entra has agreed; failed: see code. */
  state: 'pending' | 'done' | 'failed';
  /** 1: wanted in, not confirmed, and yet it may be there: a try that timed out, a removal that never ended. */
  maybe_in: Flag;
  code: string | null;
  reason: string | null;
  hint: string | null;
  attempts: number;
  last_tried: string | null;
  next_try: string | null;
  /** When Entra last confirmed it: a list read soon after may be older than this. */
  confirmed_at: string | null;
}

/** One reading of a group: who was in it per Entra. At most one a group is kept for the runs to come. */
export interface GroupReadingTable {
  id: Generated<number>;
  target_group_id: number;
  /** When the group was last read whole. */
  began_at: string;
  /** Answers that the whole list took. */
  pages: number;
  /** 1: complete, and brought up to date by later runs; 0: being read, or read for one look only. */
  kept: Flag;
  /** Where Entra goes on telling what changed since `link_at`. */
  link: string | null;
  link_at: string | null;
  /** 1: what the link will tell, put upon these members, is the group: the link is older than the list by enough. */
  paired: Flag;
}

export interface GroupReadingMemberTable {
  reading_id: number;
  object_id: string;
  /** As the list showed it. */
  name: string | null;
}

export interface HeldPlanTable {
  id: Generated<number>;
  target_group_id: number;
  created_at: string;
  /** What the approval is for: the same digest later means the same plan. */
  digest: string;
  kind: 'full' | 'incremental';
  reason: string;
  addition_count: number;
  removal_count: number;
  /** Of the removals, those of members that Rollcall never put there. */
  foreign_count: number;
  /** The run that held it. */
  run_id: number | null;
  /** The refused plan in whose place it was held, because some of its removals were refused there. */
  refused_plan_id: number | null;
  approved_at: string | null;
  approved_by: string | null;
  refused_at: string | null;
  refused_by: string | null;
  refused_reason: string | null;
}

/** A change of a held plan, under the name that it had then; removals come first. */
export interface HeldChangeTable {
  held_plan_id: number;
  position: number;
  change: 'add' | 'remove';
  object_id: string;
  name: string;
  is_foreign: Flag;
}

export interface SyncRunTable {
  id: Generated<number>;
  target_group_id: number;
  /** 'undo': takes back another run; 'member': one member by itself. */
  kind: 'full' | 'incremental' | 'undo' | 'member';
  requested_by: string;
  started_at: string;
  finished_at: string | null;
  status: 'running' | 'success' | 'partial-success' | 'failed' | 'held' | 'interrupted';
  planned_additions: number;
  planned_removals: number;
  added: number;
  removed: number;
  failed: number;
  requests: number;
  writes: number;
  problem: string | null;
  /** Of an undo: the run before which the group is put back. */
  undoes_run_id: number | null;
  /** What it did to each member is in run_change; 0 once that has been pruned. */
  changes_kept: Generated<Flag>;
}

/** What a run did to one member: stored before it is sent, completed by the answer. */
export interface RunChangeTable {
  run_id: number;
  object_id: string;
  resource_id: number | null;
  change: 'add' | 'remove';
  /** A removal of a member that Rollcall never put there. */
  is_foreign: Flag;
  /** done: Entra has changed it; already: it was so before; null: no answer (yet). */
  outcome: 'done' | 'already' | 'failed' | null;
  code: string | null;
  reason: string | null;
}

/** How the members of a mapping stood when counted last; refreshed where something has changed. */
export interface MappingCountTable {
  mapping_id: number;
  members: number;
  completed: number;
  failed: number;
  absent: number;
}

/** What the runs of an hour did in a tenant. `hour` is the beginning of its ISO 8601: 2030-01-31T17. */
export interface ActivityTable {
  hour: string;
  cloud_service_id: number;
  runs: number;
  failed_runs: number;
  held_runs: number;
  added: number;
  removed: number;
  failed: number;
  requests: number;
  writes: number;
}

/** When the credential of a tenant ends, as far as it could be found out; null: never, or unknown. */
export interface CredentialExpiryTable {
  cloud_service_id: number;
  expires_at: string | null;
  looked_at: string;
}

// ── schedule and API ─────────────────────────────────────────────────────────

/** Long work asked for through the API or the schedule. */
export interface JobTable {
  id: string;
  kind: string;
  arguments: string;
  state: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  progress: string | null;
  result: string | null;
  problem: string | null;
  requested_by: string;
  /** The engine that is to run it, or runs it; its lease tells whether it lives. */
  engine: string;
  cancel_requested: Flag;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
}

/** One holder at a time: of a group's synchronization, an evaluation, a discovery. */
export interface LeaseTable {
  name: string;
  owner: string;
  until: string;
}

export interface ApiTokenTable {
  id: Generated<number>;
  name: string;
  /** SHA-256 of the token in hex; the token itself is shown once and not kept. */
  hash: string;
  role: RoleName;
  created_at: string;
  last_used_at: string | null;
  expires_at: string | null;
  /** Whose it is; null: the machine's own, of the first start or made with that. */
  account_id: number | null;
  /** 1: it sees only the collections in token_scope. */
  scoped: Generated<Flag>;
}

export type RoleName = 'full-administrator' | 'operator' | 'read-only';

/** Somebody who signs in: with a password kept here, or by an OpenID Connect provider. */
export interface AccountTable {
  id: Generated<number>;
  name: string;
  name_key: string;
  kind: 'local' | 'oidc';
  /** scrypt with its parameters and salt (auth/passwords.ts); null: no sign-in by password. */
  password: string | null;
  /** Who the provider says it is; null until the first sign-in by it. */
  issuer: string | null;
  subject: string | null;
  role: RoleName;
  /** 1: it sees only the collections in account_scope and what is limited to them. */
  scoped: Flag;
  disabled: Flag;
  created_at: string;
  updated_at: string;
  last_sign_in_at: string | null;
}

/** The collections that an account or a token is limited to, where `scoped` is set. */
export interface ScopeTable {
  owner_id: number;
  collection_num: number;
}

/** A browser that has signed in, by account or by token. */
export interface SessionTable {
  id: Generated<number>;
  /** SHA-256 of what the cookie holds. */
  hash: string;
  account_id: number | null;
  token_id: number | null;
  created_at: string;
  last_seen_at: string;
  expires_at: string;
  address: string;
  agent: string;
}

/** Who did what, written before it is done ('begun') and completed once. The database refuses to change it later. */
export interface AuditTable {
  id: Generated<number>;
  at: string;
  finished_at: string | null;
  actor: string;
  account_id: number | null;
  token_id: number | null;
  address: string;
  /** The name of the route. */
  action: string;
  object: string;
  /** JSON of what was changed, without secrets. */
  before: string | null;
  after: string | null;
  outcome: 'begun' | 'done' | 'refused' | 'failed';
  code: string | null;
}

export interface Database {
  setting: SettingTable;
  inventory_class: InventoryClassTable;
  inventory_property: InventoryPropertyTable;
  resource: ResourceTable;
  resource_value: ResourceValueTable;
  resource_change: ResourceChangeTable;
  import_run: ImportTable;
  entra_object: EntraObjectTable;
  discovery_state: DiscoveryStateTable;
  entra_identity: EntraIdentityTable;
  identity_change: IdentityChangeTable;
  collection: CollectionTable;
  collection_rule: CollectionRuleTable;
  membership: MembershipTable;
  membership_change: MembershipChangeTable;
  cloud_service: CloudServiceTable;
  target_group: TargetGroupTable;
  mapping: MappingTable;
  ledger: LedgerTable;
  group_reading: GroupReadingTable;
  group_reading_member: GroupReadingMemberTable;
  held_plan: HeldPlanTable;
  held_change: HeldChangeTable;
  sync_run: SyncRunTable;
  run_change: RunChangeTable;
  job: JobTable;
  lease: LeaseTable;
  api_token: ApiTokenTable;
  mapping_count: MappingCountTable;
  activity: ActivityTable;
  credential_expiry: CredentialExpiryTable;
  account: AccountTable;
  account_scope: ScopeTable;
  token_scope: ScopeTable;
  session: SessionTable;
  audit: AuditTable;
}
