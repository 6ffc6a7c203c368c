/** A resource as it is imported (docs/command-line.md, Import). */
export interface SampleRecord {
  type: 'device' | 'user';
  name: string;
  externalId: string;
  entraDeviceId?: string;
  userPrincipalName?: string;
  onPremisesSid?: string;
  properties: Record<string, string | number | boolean | string[]>;
  inventory?: Record<string, Record<string, string | number | boolean>[]>;
}

/** A user by the names of Microsoft Graph. */
export interface EntraUser {
  id: string;
  displayName: string;
  userPrincipalName: string;
  mail: string | null;
  userType: 'Member' | 'Guest';
  onPremisesSyncEnabled?: boolean;
  onPremisesSecurityIdentifier?: string;
  onPremisesSamAccountName?: string;
  onPremisesDomainName?: string;
}

/** A device by the names of Microsoft Graph: `id` is what groups need, `deviceId` what Windows knows. */
export interface EntraDevice {
  id: string;
  deviceId: string;
  displayName: string;
  trustType: 'AzureAd' | 'ServerAd' | 'Workplace';
  operatingSystem: string;
  operatingSystemVersion: string;
  accountEnabled: boolean;
  approximateLastSignInDateTime: string;
}
