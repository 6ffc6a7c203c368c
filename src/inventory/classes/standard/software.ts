import type { ClassTexts, PropertyTexts } from './definition.ts';

const addRemovePrograms: PropertyTexts = {
  string: 'DisplayName InstallDate ProdID Publisher Version',
};

const scannedFile: PropertyTexts = {
  string: 'FileDescription FileName FilePath FileVersion',
  integer: 'FileCount FileID FileSize ProductId',
  datetime: 'CreationDate FileModifiedDate ModifiedDate',
};

/** Software: installed, used, licensed, scanned (SMS_G_System_…). */
export const softwareClasses: ClassTexts = {
  ADD_REMOVE_PROGRAMS: addRemovePrograms,
  ADD_REMOVE_PROGRAMS_64: addRemovePrograms,
  Current: addRemovePrograms,
  ExtHistory: addRemovePrograms,
  INSTALLED_SOFTWARE: {
    string: `ARPDisplayName ChannelCode ChannelID CM_DSLID EvidenceSource InstalledLocation InstallSource
      LocalPackage MPC PackageCode ProductID ProductName ProductVersion Publisher RegisteredUser ServicePack
      SoftwareCode SoftwarePropertiesHash SoftwarePropertiesHashEx UninstallString UpgradeCode`,
    integer: 'InstallDirectoryValidation InstallType Language OsComponent VersionMajor VersionMinor',
    datetime: 'InstallDate',
  },
  INSTALLED_EXECUTABLE: {
    string: `BinFileVersion BinProductVersion Description ExecutableName FilePropertiesHash
      FilePropertiesHashEx FileVersion InstalledFilePath Product ProductCode ProductVersion Publisher`,
    integer: 'FileSize HasPatchAdded IsSystemFile IsVitalFile Language',
  },
  SOFTWARE_SHORTCUT: {
    string: `BinFileVersion BinProductVersion Description FilePropertiesHash FilePropertiesHashEx FileVersion
      ParentName Product ProductCode ProductVersion Publisher ShortcutKey ShortcutName TargetExecutable`,
    integer: 'FileSize Language ShortcutType',
  },
  SOFTWARE_TAG: {
    string: `DisplayVersion ProductName SoftwareCreator SoftwareCreatorRegid SoftwareLicensor
      SoftwareLicensorRegid TagCreator TagCreatorRegid UniqueId`,
    integer: 'EntitlementRequired VersionMajor VersionMinor',
  },
  AUTOSTART_SOFTWARE: {
    string: `BinFileVersion BinProductVersion Description FileName FilePropertiesHash FilePropertiesHashEx
      FileVersion Location Product ProductVersion Publisher StartupType StartupValue`,
  },
  BROWSER_HELPER_OBJECT: {
    string: `BinFileVersion BinProductVersion CLSID Description FileName FilePropertiesHash
      FilePropertiesHashEx FileVersion Product ProductVersion Publisher Version`,
  },
  BROWSER_USAGE: { string: 'BrowserName', integer: 'UsagePercentage' },
  DEFAULT_BROWSER: { string: 'BrowserProgId' },
  CCM_RECENTLY_USED_APPS: {
    string: `AdditionalProductCodes CompanyName ExplorerFileName FileDescription FilePropertiesHash FileVersion
      FolderPath LastUserName msiDisplayName msiPublisher msiVersion OriginalFileName ProductCode ProductName
      ProductVersion SoftwarePropertiesHash`,
    integer: 'FileSize LaunchCount ProductLanguage',
    datetime: 'LastUsedTime',
  },
  SoftwareFile: scannedFile,
  UnknownFile: scannedFile,
  SoftwareProduct: {
    string: 'CompanyName ProductName ProductVersion',
    integer: 'ProductID ProductLanguage',
  },
  SoftwareUsageData: {
    string:
      'CompanyName FileDescription FileName FileVersion MeterDataID ProductName ProductVersion UserName',
    integer: 'FileID FileSize ProductLanguage',
    boolean: 'EndNotCaptured InTSSession StartNotCaptured StillRunning',
    datetime: 'EndTimeGMT EndTimeLocal StartTimeGMT StartTimeLocal',
  },
  CollectedFile: {
    string: 'FileName FilePath LocalFilePath',
    integer: 'FileSize',
    boolean: 'IsDiagnostic',
    datetime: 'CollectionDate FileModifyDate ModifiedDate',
    'integer[]': 'FileData',
  },
  SOFTWARE_LICENSING_PRODUCT: {
    string: `ApplicationID Description ID MachineURL Name OfflineInstallationId PartialProductKey ProcessorURL
      ProductKeyID ProductKeyURL UseLicenseURL`,
    integer: 'GracePeriodRemaining LicenseStatus',
    datetime: 'EvaluationEndDate',
  },
  SOFTWARE_LICENSING_SERVICE: {
    string: `ClientMachineID KeyManagementServiceMachine KeyManagementServiceProductKeyID Version`,
    integer: `IsKeyManagementServiceMachine KeyManagementServiceCurrentCount PolicyCacheRefreshRequired
      RequiredClientCount VLActivationInterval VLRenewalInterval`,
  },
  TS_ISSUED_LICENSE: {
    string: 'sHardwareId sIssuedToComputer sIssuedToUser',
    integer: 'KeyPackId LicenseId LicenseStatus',
    datetime: 'ExpirationDate IssueDate',
  },
  TS_LICENSE_KEY_PACK: {
    string: 'Description ProductVersion',
    integer: 'AvailableLicenses IssuedLicenses KeyPackId KeyPackType ProductType TotalLicenses',
  },
  QUICK_FIX_ENGINEERING: {
    string: `Caption Description FixComments HotFixID InstalledBy InstalledOn Name ServicePackInEffect Status`,
    datetime: 'InstallDate',
  },
  PATCHSTATUSEX: {
    string: 'ID Language LastStateName Product Qnumbers Title Type UpdateSource',
    integer: 'LastState LastStatus RevisionNumber',
    datetime: 'DatePosted DateRevised LastStateTime ScanTime',
  },
  WINDOWSUPDATE: { string: 'InstanceKey', integer: 'AUOptions NoAutoUpdate UseWUServer' },
  WINDOWSUPDATEAGENTVERSION: { string: 'Version' },
  WINDOWS8_APPLICATION: {
    string: `ApplicationName Architecture DependencyApplicationNames FamilyName FullName InstalledLocation
      Publisher PublisherId Version`,
    integer: 'ConfigMgrManaged IsFramework',
  },
  WINDOWS8_APPLICATION_USER_INFO: { string: 'FullName InstallState UserAccountName UserSecurityId' },
  APPV_CLIENT_APPLICATION: {
    string: 'ApplicationId Name PackageId PackageVersionId TargetPath Version',
    integer: 'EnabledForUser EnabledGlobally',
  },
  APPV_CLIENT_PACKAGE: {
    string: `Assets DeploymentMachineData DeploymentUserData Name PackageId Path UserConfigurationData Version
      VersionId`,
    integer: 'HasAssetIntelligence InUse IsPublishedGlobally IsPublishedToUser PackageSize PercentLoaded',
  },
  VIRTUAL_APPLICATIONS: {
    string: 'CachedOSDPath Name OriginalOSDPath PackageGUID Version',
    integer: 'GlobalRunningCount Loading',
    datetime: 'LastLaunchOnSystem',
  },
  VIRTUAL_APPLICATION_PACKAGES: {
    string: 'Name PackageGUID SFTPath Version VersionGUID',
    integer: 'CachedLaunchSize CachedPercentage CachedSize LaunchSize TotalSize',
  },
  WEBAPP_APPLICATION: {
    string: 'AppDeliveryTypeId TargetURL URLFileName URLPath UserSID',
    integer: 'AppDtRevision',
  },
  RAX_APPLICATION: { string: 'AppID FeedURL UserSID' },
};
