import { computerClasses } from './computer.ts';
import type { ClassTexts } from './definition.ts';

/** What the client reports of itself, and how it is managed (SMS_G_System_…). */
export const clientClasses: ClassTexts = {
  SYSTEM: { string: 'Domain Name SMSID SystemRole SystemType' },
  History: computerClasses.COMPUTER_SYSTEM ?? {},
  WORKSTATION_STATUS: {
    string: 'LastReportVersion',
    integer: 'SystemDefaultLocaleID TimezoneOffset',
    datetime: 'LastHardwareScan',
  },
  LastSoftwareScan: {
    integer: 'LastScanOpCode',
    datetime: 'LastCollectedFileScanDate LastScanDate',
  },
  CH_ClientSummary: {
    string: 'LastMPServerName',
    integer: 'ClientActiveStatus ClientCheckPass ClientRemediationSuccess',
    datetime: `ADLastLogonTime LastActiveTime LastClientCheckTime LastDDR LastHardwareScan LastPolicyRequest
      LastSoftwareScan LastStatusMessage`,
  },
  SMS_ADVANCED_CLIENT_STATE: { string: 'DisplayName Name Version' },
  AppClientState: {
    string: 'AppModelName AppName MachineName UserName',
    integer: 'AppCI AppModelID ComplianceState Revision',
  },
  CI_ComplianceState: {
    string: 'CI_UniqueID ComplianceStateName LocalizedDisplayName UserName',
    integer: `CI_ID CIVersion ComplianceState DesiredState IsApplicable IsDetected LastComplianceErrorID
      MaxNoncomplianceCriticality SDMPackageVersion UserID`,
  },
  ClientActionStatus: {
    string: 'ActionUniqueID Error OperationUniqueID',
    integer: 'ActionID ActionResult ActionState ActionType ErrorCode OperationID State',
    datetime: 'TimeLastUpdated',
  },
  ClientEvents: { string: 'EventName', integer: 'Count' },
  ClientOperationStatus: {
    string: 'UniqueID',
    integer: 'OperationID State',
    boolean: 'IsCompleted IsFailed IsOffline IsUnknown',
    datetime: 'TimeLastUpdated',
  },
  DCMDeploymentState: {
    string: 'BaselineID CollectionID ResourceName',
    integer: 'ComplianceState',
  },
  DCMDeploymentCompliantAssetDetails: { integer: 'AssignmentID BL_ID CI_ID Rule_ID' },
  DCMDeploymentErrorAssetDetails: {
    integer: 'AssignmentID BL_ID CI_ID ErrorCode ErrorType ObjectID ObjectType',
  },
  DCMDeploymentNonCompliantAssetDetails: {
    integer: 'AssignmentID BL_ID CI_ID Rule_ID RuleSubState',
  },
  ResourceClientSettingsAssignment: {
    string: 'AssignmentUniqueID CollectionName Name UniqueID',
    integer: 'ID Priority Type',
  },
  ConditionalAccessCompliance: {
    string: 'AADDeviceID ComplianceEvalTime ComplianceSetTime ErrorDetails',
    integer: 'ErrorLocation SiteNumber UserItemKey',
    boolean: 'IsCompliant',
    datetime: 'LastUpdateTime',
  },
  UAComputerStatus: { integer: 'UpgradeAnalyticsStatus' },
};
