// Microsoft Entra through Graph: connected tenants, and what their directories hold.
export { expiryWarning } from './check/expiry.ts';
export { checkTenant, type TenantCheck } from './check/tenant.ts';
export { type Directory, openDirectory } from './directory.ts';
export type { ObjectKeys } from './graph/find-object.ts';

export {
  DeltaExpired,
  type DeltaPage,
  type EntraObject,
  type FailureKind,
  type GroupFacts,
  type GroupMember,
  type MemberChanges,
  type MemberOutcome,
} from './graph/types.ts';
export { openConnections } from './http/dispatcher.ts';
export { Governors } from './rate/governors.ts';

export type { DirectoryOptions } from './session.ts';
export type { DeviceCode } from './signin/device-code.ts';

export { type KnownExpiry, knownExpiries, saveExpiry } from './tenant/expiry-store.ts';
export type { TenantInput } from './tenant/input.ts';
export { openSecrets, type Secrets } from './tenant/secrets.ts';
export { connectTenant, disconnectTenant, getTenant, listTenants, updateTenant } from './tenant/store.ts';
export type { Tenant } from './tenant/tenant.ts';
export { trialTenant } from './tenant/trial.ts';
export { openUserSignIn, type UserSignIn } from './user-sign-in.ts';
