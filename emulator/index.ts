// An emulated Entra tenant: token endpoint and Microsoft Graph over HTTPS, for tests and for `npm start`.

export { makeClientCertificate } from './certificate.ts';
export { type Emulator, type EmulatorOptions, startEmulator } from './emulator.ts';
export type { Fault, FaultAction, FaultMatch, Faults } from './faults.ts';
export type { Counters, LogEntry, RequestLog } from './log.ts';
export { type FederatedIssuer, makeFederatedIssuer } from './login/federation.ts';
export type { App, AppInput, FederatedCredential } from './tenant/apps.ts';
export { usualPermissions } from './tenant/apps.ts';
export type { SeedGroup, SeedGroupKind } from './tenant/seed.ts';
export type { Seen, Tenant, TenantState } from './tenant/tenant.ts';
export type { Quota, Quotas } from './throttle.ts';
export type { EmulatorClock } from './time.ts';
