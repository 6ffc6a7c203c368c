import type { Selectable } from 'kysely';
import type { CloudServiceTable } from '../../store/index.ts';
import type { Cloud } from './clouds.ts';
import { type CredentialKind, SealedCredential } from './credential.ts';

/** A connected Entra tenant (ConfigMgr: a cloud service). Safe to show: the credential never leaves in JSON. */
export interface Tenant {
  id: number;
  name: string;
  tenantId: string;
  clientId: string;
  cloud: Cloud;
  loginUrl: string;
  graphUrl: string;
  /** PEM of an extra certificate authority, trusted besides the machine's own. */
  ca: string | null;
  credentialKind: CredentialKind;
  credential: SealedCredential;
  /** Off: the mappings of this tenant rest (status Disabled). */
  groupSync: boolean;
  discovery: boolean;
  /** Minutes between delta discoveries. */
  discoveryMinutes: number;
  /** Days between full discoveries. */
  fullDiscoveryDays: number;
  /** ConfigMgr's "Disable Microsoft Entra authentication for this tenant": while set, cloud sync refuses. */
  entraAuthenticationDisabled: boolean;
  /** A run that would remove more members than this is held for approval. */
  maxRemovals: number;
  /** Likewise in percent of the group, for groups of 10 or more. */
  maxRemovalPercent: number;
  /** Percent of Graph's documented quota that Rollcall uses; the rest is left to other apps. */
  quotaShare: number;
  allowRoleAssignable: boolean;
  /** Devices and users that no other source has become resources of the inventory. */
  entraResources: boolean;
  /** Days after which a full run reads a large group whole, whatever Entra told of changes; 0: each does. */
  wholeReadDays: number;
  createdAt: string;
  updatedAt: string;
}

/** A tenant of its row. */
export function tenantOf(row: Selectable<CloudServiceTable>): Tenant {
  return {
    id: row.id,
    name: row.name,
    tenantId: row.tenant_id,
    clientId: row.client_id,
    cloud: row.cloud,
    loginUrl: row.login_url,
    graphUrl: row.graph_url,
    ca: row.ca,
    credentialKind: row.credential_kind,
    credential: new SealedCredential(row.credential ?? ''),
    groupSync: row.group_sync === 1,
    discovery: row.discovery === 1,
    discoveryMinutes: row.discovery_minutes,
    fullDiscoveryDays: row.full_discovery_days,
    entraAuthenticationDisabled: row.entra_authentication_disabled === 1,
    maxRemovals: row.max_removals,
    maxRemovalPercent: row.max_removal_percent,
    quotaShare: row.quota_share,
    allowRoleAssignable: row.allow_role_assignable === 1,
    entraResources: row.entra_resources === 1,
    wholeReadDays: row.whole_read_days,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
