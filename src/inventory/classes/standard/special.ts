import type { ClassTexts } from './definition.ts';

/** Classes whose names stand alone, about devices; each is named in full. */
export const specialDeviceClasses: ClassTexts = {
  SMS_CombinedDeviceResources: {
    string: `AADDeviceID AADTenantID ADSiteName BoundaryGroups ClientVersion CNAccessMP CurrentLogonUser
      DeviceAccessState DeviceCategory DeviceOS DeviceOSBuild DeviceThreatLevel DeviceType Domain EASDeviceID
      EPClientVersion IMEI LastLogonUser LastMPServerName MACAddress Name PrimaryUser SenseID SerialNumber
      SiteCode SMBIOSGUID SMSID UserDomainName UserName`,
    integer: `ATPOnboardingState ClientActiveStatus ClientCertType ClientCheckPass ClientEdition
      ClientRemediationSuccess ClientState ClientType DeviceOwner EPDeploymentState EPInfectionStatus
      EPProductStatus IsApproved LastInstallationError ManagementAuthority ResourceType WipeStatus`,
    boolean: `CNIsOnline CNIsOnInternet CoManaged EPEnabled IsActive IsAlwaysInternet IsAssigned IsBlocked
      IsClient IsDecommissioned IsInternetEnabled IsObsolete IsVirtualMachine SuppressAutoProvision Unknown`,
    datetime: `ADLastLogonTime CNLastOfflineTime CNLastOnlineTime LastActiveTime LastClientCheckTime LastDDR
      LastHardwareScan LastPolicyRequest LastSoftwareScan LastStatusMessage`,
  },
  SMS_CollectionMemberClientBaselineStatus: {
    string: `BoundaryGroups ClientVersion CNAccessMP CollectionID Domain LastMPServerName Name SiteCode SMSID`,
    integer: 'ClientActiveStatus ClientCheckPass ClientState IsApproved ResourceType',
    boolean: 'CNIsOnline CNIsOnInternet IsActive IsBlocked IsClient IsObsolete',
    datetime: `CNLastOfflineTime CNLastOnlineTime LastActiveTime LastDDR LastHardwareScan LastPolicyRequest
      LastSoftwareScan LastStatusMessage`,
  },
  SMS_UserMachineRelationship: {
    string: 'CreatedBy MachineResourceName ResourceName ResourceDomain UniqueUserName UserResourceName',
    integer: `MachineResourceClientType MachineResourceID RelationshipResourceID ResourceClientType
      UserResourceID`,
    boolean: 'IsActive HasStatus',
    datetime: 'CreationTime',
    'integer[]': 'Sources Types',
  },
  SMS_ClientOperationStatus: { integer: 'OperationID State', datetime: 'TimeLastUpdated' },
  SMS_UpdateComplianceStatus: {
    integer: 'CI_ID LastEnforcementIsDeployed LastEnforcementMessageID LastErrorCode Status',
    datetime:
      'LastEnforcementMessageTime LastEnforcementStatusMsgID LastStatusChangeTime LastStatusCheckTime',
  },
  SMS_SUMDeploymentAssetDetails: {
    string: 'AssignmentName AssignmentUniqueID CollectionID CollectionName DeviceName',
    integer:
      'AssignmentID IsCompliant LastEnforcementErrorCode StatusEnforcementState StatusErrorCode StatusType',
    datetime: 'StatusTime',
  },
  SMS_AppDeploymentAssetDetails: {
    string: `AppName AssignmentUniqueID CollectionID CollectionName DTName MachineName UserName`,
    integer: `AppCI AppStatusType AssignmentID ComplianceState DeploymentIntent DTCI EnforcementState Revision
      StatusType`,
    datetime: 'StartTime',
  },
  SMS_ClientAdvertisementStatus: {
    string: `AdvertisementID LastAcceptanceMessageIDName LastAcceptanceStateName LastExecutionResult
      LastStateName LastStatusMessageIDName`,
    integer: `LastAcceptanceMessageID LastAcceptanceState LastExecutionContext LastState LastStatusMessageID`,
    datetime: 'LastAcceptanceStatusTime LastStatusTime',
  },
  SMS_MonthlyUsageSummary: {
    string: 'UserName',
    integer: 'FileID MeteredUserID SiteID TSUsageCount UsageCount UsageTime TimeKey',
    datetime: 'LastUsage',
  },
  SMS_MeteredFiles: {
    string: 'ExplorerFileName OriginalFileName ProductName RuleID SiteCode',
    integer: 'MeteredFileID MeteredProductID FileID',
  },
  SMS_MeteredUser: { string: 'Domain FullName UserName', integer: 'MeteredUserID' },
  SMS_WindowsServicingStates: {
    string: 'Branch Build Name Version',
    integer: 'Architecture State',
    datetime: 'ReleaseDate',
  },
  SMS_DistributionPointInfo: {
    string: 'Description GroupID Name NALPath ServerName SiteCode SiteName',
    integer: 'DPType ServiceType',
    boolean: 'IsActive IsMulticast IsPeerDP IsPXE IsPullDP',
  },
  SMS_SystemResourceList: {
    string: 'InternetFQDN NALPath NetworkOSPath ResourceType RoleName ServerName ServerRemoteName SiteCode',
  },
  SMS_BoundaryGroupMembers: { integer: 'BoundaryID GroupID' },
};

/** Classes whose names stand alone, about users. */
export const specialUserClasses: ClassTexts = {
  SMS_UserApplicationRequest: {
    string: 'Application Comments RequestGuid RequestedMachine User',
    integer: 'CurrentState',
    datetime: 'LastModifiedDate',
  },
  SMS_CombinedUserResources: {
    string: 'AADTenantID AADUserID Domain FullUserName Mail Name UniqueUserName UserPrincipalName',
    integer: 'ResourceType',
  },
  SMS_G_User_DCMDeploymentState: {
    string: 'BaselineID CollectionID ResourceName',
    integer: 'ComplianceState',
  },
  SMS_G_User_DCMDeploymentCompliantAssetDetails: { integer: 'AssignmentID BL_ID CI_ID Rule_ID' },
  SMS_G_User_DCMDeploymentErrorAssetDetails: {
    integer: 'AssignmentID BL_ID CI_ID ErrorCode ErrorType ObjectID ObjectType',
  },
  SMS_G_User_DCMDeploymentNonCompliantAssetDetails: {
    integer: 'AssignmentID BL_ID CI_ID Rule_ID RuleSubState',
  },
  SMS_G_User: {},
  SMS_G_UserGroup: {},
};
