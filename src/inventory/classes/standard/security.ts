import type { ClassTexts } from './definition.ts';

/** Trusted platform modules and protection against malware (SMS_G_System_…). */
export const securityClasses: ClassTexts = {
  TPM: {
    string: 'ManufacturerVersion ManufacturerVersionInfo PhysicalPresenceVersionInfo SpecVersion',
    integer: `IsActivated_InitialValue IsEnabled_InitialValue IsOwned_InitialValue ManufacturerId`,
  },
  TPM_STATUS: { integer: 'Information IsApplicable IsReady' },
  AntimalwareHealthStatus: {
    string: `AntispywareSignatureVersion AntivirusSignatureVersion EngineVersion NisEngineVersion
      NisSignatureVersion Version`,
    integer: `AntispywareSignatureAge AntivirusSignatureAge LastFullScanAge LastFullScanSource LastQuickScanAge
      LastQuickScanSource ProductStatus RealTimeScanDirection`,
    boolean: `AntispywareEnabled AntivirusEnabled BehaviorMonitorEnabled Enabled IoavProtectionEnabled NisEnabled
      OnAccessProtectionEnabled RtpEnabled`,
    datetime: `AntispywareSignatureUpdateDateTime AntivirusSignatureUpdateDateTime LastFullScanDateTimeEnd
      LastFullScanDateTimeStart LastQuickScanDateTimeEnd LastQuickScanDateTimeStart`,
  },
  AntimalwareInfectionStatus: {
    integer: 'ComputerStatus',
    boolean: 'PendingFullScan PendingManualSteps PendingOfflineScan PendingReboot',
    datetime: 'LastInfectionTime',
  },
  AdvancedThreatProtectionHealthStatus: {
    string: 'OrgId',
    integer: 'OnboardingState',
    boolean: 'SenseIsRunning',
    datetime: 'LastConnected',
  },
  AmPolicyStatus: {
    string: 'AssignmentUniqueID CollectionName Error Name UniqueID',
    integer: 'ErrorCode ID PolicyType Priority State',
    datetime: 'LastUpdateTime',
  },
  EPDeploymentState: {
    string: 'Error',
    integer: 'DeploymentState ErrorCode',
    datetime: 'LastMessageTime',
  },
  EPPolicyApplication: {
    string: 'AssignmentUniqueID Error PolicyName',
    integer: 'ErrorCode PolicyApplicationState',
    datetime: 'LastMessageTime',
  },
  EndpointProtectionStatus: {
    boolean: `AmFullscanRequired AmManualStepsRequired AmOfflineScanRequired AmRecentlyCleaned
      AmRemediationFailed AmRestartRequired AmThreatActivity AtRisk EnforcementFailed EnforcementSucceeded
      Inactive InstallFailed NoSignature NotClient NotYetInstalled PendingReboot Protected
      SignatureOlderThan7Days SignatureUpTo1DayOld SignatureUpTo3DaysOld SignatureUpTo7DaysOld Unhealthy
      Unsupported`,
  },
  Threats: {
    string: 'Category DetectionID Path Process ProductVersion Severity ThreatName UserName',
    integer: `CategoryID CleaningAction DetectionSource ErrorCode ExecutionStatus PendingActions SeverityID
      ThreatID`,
    boolean: 'ActionSuccess',
    datetime: 'ActionTime DetectionTime',
  },
  DEVICE_CERTIFICATES: {
    string: 'IssuedBy IssuedTo Thumbprint Type',
    datetime: 'ValidFrom ValidTo',
  },
};
