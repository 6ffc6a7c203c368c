import type { MembershipColumn, ValueType } from '../checked/checked.ts';

/** Classes that hold the members of all collections: a row a collection and member. */
const allCollections = new Set([
  'sms_fullcollectionmembership',
  'sms_collectionmember',
  'sms_collectionmember_a',
  'sms_collectionmember_d',
  'sms_devicecollectionmember',
]);

const ofOneCollection = /^sms_cm_res_coll_(\w+)$/i;

/** What a class name says about collections: one (its id), all of them, or undefined for any other class. */
export function membershipClass(name: string): { collection: string | null } | undefined {
  const one = ofOneCollection.exec(name)?.[1];
  if (one !== undefined) return { collection: one.toUpperCase() };
  return allCollections.has(name.toLowerCase()) ? { collection: null } : undefined;
}

/** The names of the membership classes, for a near name in an error. */
export const membershipClassNames = [
  'SMS_FullCollectionMembership',
  'SMS_CollectionMember',
  'SMS_CollectionMember_a',
  'SMS_CM_RES_COLL_',
];

/** Where a property of a membership row is found. */
export type MembershipProperty =
  | { kind: 'resource-id' }
  | { kind: 'column'; column: MembershipColumn; type: ValueType }
  | { kind: 'looked-up'; class: string; property: string }
  /** A property of the site that Rollcall does not keep: NULL always. */
  | { kind: 'unknown'; type: ValueType };

const device = 'SMS_R_System';
const summary = 'SMS_G_System_CH_ClientSummary';

/** Properties that repeat what a class of the resource holds: class, then name here = name there. */
const repeated: readonly (readonly [string, string])[] = [
  [
    device,
    `Domain=ResourceDomainORWorkgroup SMSID=SMSUniqueIdentifier ClientType=ClientType ClientVersion=ClientVersion
     ClientEdition=ClientEdition IsClient=Client IsActive=Active IsObsolete=Obsolete IsDecommissioned=Decommissioned
     IsVirtualMachine=IsVirtualMachine IsAlwaysInternet=AlwaysInternet IsInternetEnabled=InternetEnabled
     DeviceOwner=DeviceOwner SerialNumber=SerialNumber SMBIOSGUID=SMBIOSGUID AADDeviceID=AADDeviceID
     AADTenantID=AADTenantID ADSiteName=ADSiteName ManagementAuthority=ManagementAuthority WipeStatus=WipeStatus
     LastLogonUser=LastLogonUserName IsAOACCapable=IsAOACCapable SuppressAutoProvision=SuppressAutoProvision
     Unknown=Unknown AMTStatus=AMTStatus AMTFullVersion=AMTFullVersion EASDeviceID=EASDeviceID SenseID=SenseID
     MACAddress=MACAddresses SiteCode=SMSAssignedSites DeviceOS=OperatingSystemNameandVersion DeviceOSBuild=Build`,
  ],
  [
    summary,
    `ClientActiveStatus=ClientActiveStatus LastActiveTime=LastActiveTime LastDDR=LastDDR
     LastHardwareScan=LastHardwareScan LastSoftwareScan=LastSoftwareScan LastPolicyRequest=LastPolicyRequest
     LastStatusMessage=LastStatusMessage ADLastLogonTime=ADLastLogonTime LastMPServerName=LastMPServerName
     ClientCheckPass=ClientCheckPass LastClientCheckTime=LastClientCheckTime
     ClientRemediationSuccess=ClientRemediationSuccess`,
  ],
];

const notKept: readonly (readonly [ValueType, string])[] = [
  [
    'boolean',
    'IsAssigned IsBlocked CNIsOnline CNIsOnInternet CoManaged IsMDMActive EPEnabled ATPSenseIsRunning CAIsCompliant',
  ],
  [
    'number',
    `IsApproved ClientCertType Priority ClientState RetireStatus PasscodeResetState RemoteLockState
     EPProductStatus EPInfectionStatus ATPOnboardingState SyncNowStatus LastInstallationError`,
  ],
  ['datetime', 'CNLastOnlineTime CNLastOfflineTime LastSuccessSyncTimeUTC ATPLastConnected'],
  [
    'string',
    `DeviceCategory DeviceType DeviceAccessState DeviceThreatLevel CNAccessMP BoundaryGroups CurrentLogonUser
     PrimaryUser UserName UserDomainName IMEI PhoneNumber ExchangeServer ExchangeOrganization Status
     PolicyApplicationStatus EPClientVersion`,
  ],
];

const properties = new Map<string, { name: string; place: MembershipProperty }>();
function define(name: string, place: MembershipProperty): void {
  properties.set(name.toLowerCase(), { name, place });
}
define('ResourceID', { kind: 'resource-id' });
define('CollectionID', { kind: 'column', column: 'collectionid', type: 'string' });
define('Name', { kind: 'column', column: 'name', type: 'string' });
define('ResourceType', { kind: 'column', column: 'resourcetype', type: 'number' });
define('IsDirect', { kind: 'column', column: 'isdirect', type: 'boolean' });
for (const [owner, pairs] of repeated) {
  for (const pair of pairs.split(/\s+/)) {
    const [name = '', property = ''] = pair.split('=');
    define(name, { kind: 'looked-up', class: owner, property });
  }
}
for (const [type, names] of notKept) {
  for (const name of names.trim().split(/\s+/)) define(name, { kind: 'unknown', type });
}

/** Where a membership row's property is, or undefined when it has none of this name. */
export function membershipProperty(name: string): MembershipProperty | undefined {
  return properties.get(name.toLowerCase())?.place;
}

/** The properties of a membership row. */
export function membershipPropertyNames(): string[] {
  return [...properties.values()].map(entry => entry.name);
}
