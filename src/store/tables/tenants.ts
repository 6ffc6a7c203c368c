import type { Generated } from 'kysely';
import type { Flag } from './flag.ts';
import type { ResourceType } from './inventory.ts';

/** Entra tenants, and what was discovered in them. */
export interface TenantTables {
  entra_object: EntraObjectTable;
  discovery_state: DiscoveryStateTable;
  entra_identity: EntraIdentityTable;
  identity_change: IdentityChangeTable;
  cloud_service: CloudServiceTable;
  credential_expiry: CredentialExpiryTable;
}

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

/** When the credential of a tenant ends, as far as it could be found out; null: never, or unknown. */
export interface CredentialExpiryTable {
  cloud_service_id: number;
  expires_at: string | null;
  looked_at: string;
}

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
