import type { ClassTexts } from './definition.ts';

/** Discovery data: the classes whose rows are resources (SMS_R_…). */
export const resourceClasses: ClassTexts = {
  System: {
    string: `AADDeviceID AADTenantID ADSiteName AMTFullVersion Build BuildExt Build01 ClientVersion CPUType
      DistinguishedName DNSForestGuid EASDeviceID ESUValue FullDomainName HardwareID LastLogonUserDomain
      LastLogonUserName MDMComplianceStatus MDMDeviceCategoryID Name NetbiosName OperatingSystemNameandVersion
      OSBranch OSBranch01 PreviousSMSUUID PublisherDeviceID ResourceDomainORWorkgroup SenseID SerialNumber SID
      SMBIOSGUID SMSUniqueIdentifier SNMPCommunityName VirtualMachineHostName WTGUniqueKey description
      operatingSystem operatingSystemVersion operatingSystemServicePack`,
    integer: `Active AlwaysInternet AMTStatus Client ClientEdition ClientType Decommissioned DeviceOwner
      InternetEnabled IsClientAMT30Compatible ManagementAuthority Obsolete PrimaryGroupID ResourceType
      SuppressAutoProvision Unknown UserAccountControl VirtualMachineType WipeStatus`,
    boolean: `DisableWindowsUpdateAccess DoNotConnectToWULocations IsAOACCapable IsAssignedToUser
      IsMachineChangesPersisted IsPortableOperatingSystem IsVirtualMachine IsWriteFilterCapable`,
    datetime: 'CreationDate LastLogonTimestamp SMSUUIDChangeDate',
    'string[]': `AgentName AgentSite IPAddresses IPSubnets IPv6Addresses IPv6Prefixes MACAddresses ResourceNames
      SecurityGroupName SMSAssignedSites SMSInstalledSites SMSResidentSites SystemContainerName SystemGroupName
      SystemOUName SystemRoles`,
    'datetime[]': 'AgentTime',
    'integer[]': 'ObjectGUID',
  },
  User: {
    string: `AADTenantID AADUserID CloudUserID DistinguishedName FullDomainName FullUserName Mail Name
      NetworkOperatingSystem SID UniqueUserName UserName UserPrincipalName WindowsNTDomain
      Department Title Company Office Country City displayName givenName sn telephoneNumber employeeID
      employeeType manager description`,
    integer: 'PrimaryGroupID ResourceType UserAccountControl',
    datetime: 'ADObjectCreationTime CreationDate',
    'string[]': `AgentName AgentSite SecurityGroupName UserContainerName UserGroupName UserOUName`,
    'datetime[]': 'AgentTime',
    'integer[]': 'ObjectGUID',
  },
  UserGroup: {
    string: `AADGroupID AADTenantID Name NetworkOperatingSystem SID UniqueUsergroupName UsergroupName
      WindowsNTDomain ADDomainName`,
    integer: 'ResourceType GroupType',
    datetime: 'CreationDate',
    'string[]': 'AgentName AgentSite ActiveDirectoryContainerName ActiveDirectoryOrganizationalUnit',
    'datetime[]': 'AgentTime',
    'integer[]': 'ObjectGUID',
  },
  UnknownSystem: {
    string: 'CPUType Description Name SiteCode SMSUniqueIdentifier',
    integer: 'Decommissioned ResourceType',
    datetime: 'CreationDate',
    'string[]': 'AgentName AgentSite SMSAssignedSites',
    'datetime[]': 'AgentTime',
  },
  IPNetwork: {
    string: 'Name SubnetAddress SubnetMask SubnetName SubnetTopology',
    integer: 'ResourceType',
    datetime: 'CreationDate',
    'string[]': 'AgentName AgentSite',
    'datetime[]': 'AgentTime',
  },
  ProvisioningSystem: {
    string: 'CPUType Description Name SiteCode SMSUniqueIdentifier',
    integer: 'Decommissioned ResourceType',
    datetime: 'CreationDate',
    'string[]': 'AgentName AgentSite',
    'datetime[]': 'AgentTime',
  },
};
