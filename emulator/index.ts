// An emulated Entra tenant: token endpoint and Microsoft Graph over HTTPS, for tests and for `npm start`.

export { makeClientCertificate } from './certificate.ts';
export { type Emulator, type EmulatorOptions, startEmulator } from './emulator.ts';
export type { Fault, FaultAction, FaultMatch } from './faults.ts';
export type { Counters, LogEntry } from './log.ts';
export { type FederatedIssuer, makeFederatedIssuer } from './login/federation.ts';
export type { App, AppInput, FederatedCredential } from './tenant/apps.ts';
export { usualPermissions } from './tenant/apps.ts';
export type { SeedGroup, SeedGroupKind } from './tenant/seed.ts';
export type { Seen, Tenant } from './tenant/tenant.ts';
