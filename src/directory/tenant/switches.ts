import type { Tenant } from './tenant.ts';

/** What of a tenant can be switched or set, beside how it is reached. */
export type Switches = Pick<
  Tenant,
  | 'groupSync'
  | 'discovery'
  | 'discoveryMinutes'
  | 'fullDiscoveryDays'
  | 'entraAuthenticationDisabled'
  | 'maxRemovals'
  | 'maxRemovalPercent'
  | 'quotaShare'
  | 'allowRoleAssignable'
  | 'entraResources'
  | 'wholeReadDays'
>;

/** How a tenant is set that was connected without saying otherwise. */
export const defaultSwitches: Readonly<Switches> = {
  groupSync: true,
  discovery: true,
  discoveryMinutes: 5,
  fullDiscoveryDays: 7,
  entraAuthenticationDisabled: false,
  maxRemovals: 500,
  maxRemovalPercent: 30,
  quotaShare: 90,
  allowRoleAssignable: false,
  entraResources: false,
  wholeReadDays: 7,
};
