import type { ClassTexts } from './definition.ts';

/** Microsoft Office and Microsoft 365 Apps (SMS_G_System_…). */
export const officeClasses: ClassTexts = {
  OFFICE365PROPLUSCONFIGURATIONS: {
    string: `AutoUpgrade CCMManaged CDNBaseUrl cfgUpdateChannel ClientCulture ClientFolder GPOChannel
      GPOOfficeMgmtCOM InstallationPath KeyName LastScenario LastScenarioResult OfficeMgmtCOM Platform
      SharedComputerLicensing UpdateChannel UpdatePath UpdatesEnabled UpdateUrl VersionToReport`,
  },
  OFFICE_ADDIN: {
    string: `Architecture CLSID CompanyName Description FileName FileVersion FriendlyName FriendlyNameHash ID
      IDHash OfficeApp ProductName ProductVersion Type`,
    integer: `AverageLoadTimeInMilliseconds CrashCount ErrorCount FileSize FileTimestamp LoadBehavior LoadCount
      LoadFailCount`,
  },
  OFFICE_CLIENTMETRIC: {
    string: 'OfficeApp',
    integer: `CompatibilityErrorCount CrashedSessionCount MacroCompileErrorCount MacroRuntimeErrorCount
      SessionCount`,
  },
  OFFICE_DEVICESUMMARY: { integer: 'IsProPlusInstalled IsTelemetryEnabled' },
  OFFICE_DOCUMENTMETRIC: {
    string: 'OfficeApp',
    integer: `TotalCloudDocs TotalLegacyDocs TotalLocalDocs TotalMacroDocs TotalNonMacroDocs TotalUNCDocs`,
  },
  OFFICE_DOCUMENTSOLUTION: {
    string: 'DocumentSolutionId ExampleFileName OfficeApp Type',
    integer: `CompatibilityErrorCount CrashCount LoadCount LoadFailCount MacroCompileErrorCount
      MacroRuntimeErrorCount`,
  },
  OFFICE_MACROERROR: {
    string: 'DocumentSolutionId Type',
    integer: 'Count ErrorCode LastOccurrence',
  },
  OFFICE_PRODUCTINFO: {
    string: 'Architecture Channel Language LicenseState ProductName ProductVersion',
    integer: 'IsProPlusInstalled',
  },
  OFFICE_VBARULEVIOLATION: { string: 'OfficeApp', integer: 'FileCount RuleId' },
  OFFICE_VBASUMMARY: {
    integer: `Design Design64 DuplicateVBA HasResults HasVBA Inaccessible Issues Issues64 IssuesNone IssuesNone64
      Locked NoVBA Protected RemLimited RemLimited64 RemSignificant RemSignificant64 Score Score64 Total
      Validation Validation64`,
  },
};
