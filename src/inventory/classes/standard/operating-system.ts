import type { ClassTexts } from './definition.ts';

/** Windows and what belongs to it: settings, services, accounts, use (SMS_G_System_…). */
export const operatingSystemClasses: ClassTexts = {
  OPERATING_SYSTEM: {
    string: `BootDevice BuildNumber BuildType Caption CodeSet CountryCode CSDVersion Description
      EncryptionLevel InstallationType Locale Manufacturer MUILanguages Name Organization OSArchitecture
      OtherTypeDescription PlusProductID PlusVersionNumber RegisteredUser SerialNumber Status SystemDevice
      SystemDirectory SystemDrive Version WindowsDirectory`,
    integer: `CurrentTimeZone Debug Distributed ForegroundApplicationBoost FreePhysicalMemory
      FreeSpaceInPagingFiles FreeVirtualMemory MaxNumberOfProcesses MaxProcessMemorySize NumberOfLicensedUsers
      NumberOfProcesses NumberOfUsers OSLanguage OperatingSystemSKU OSProductSuite OSType Primary ProductType
      QuantumLength QuantumType ServicePackMajorVersion ServicePackMinorVersion SizeStoredInPagingFiles
      TotalSwapSpaceSize TotalVirtualMemorySize TotalVisibleMemorySize SuiteMask`,
    datetime: 'InstallDate LastBootUpTime LocalDateTime',
  },
  OPERATING_SYSTEM_EXT: { string: 'Name', integer: 'SKU' },
  OS_RECOVERY_CONFIGURATION: {
    string: 'Caption DebugFilePath Description ExpandedDebugFilePath MiniDumpDirectory Name SettingID',
    integer: `AutoReboot DebugInfoType KernelDumpOnly OverwriteExistingDebugFile SendAdminAlert WriteDebugInfo
      WriteToSystemLog`,
  },
  BOOT_CONFIGURATION: {
    string: `BootDirectory Caption ConfigurationPath Description LastDrive Name ScratchDirectory SettingID
      TempDirectory`,
  },
  PAGE_FILE_SETTING: {
    string: 'Caption Description Name SettingID',
    integer: 'InitialSize MaximumSize',
  },
  REGISTRY: {
    string: 'Caption Description Name Status',
    integer: 'CurrentSize MaximumSize ProposedSize',
    datetime: 'InstallDate',
  },
  TIME_ZONE: {
    string: 'Caption DaylightName Description SettingID StandardName',
    integer: `Bias DaylightBias DaylightDay DaylightDayOfWeek DaylightHour DaylightMillisecond DaylightMinute
      DaylightMonth DaylightSecond DaylightYear StandardBias StandardDay StandardDayOfWeek StandardHour
      StandardMillisecond StandardMinute StandardMonth StandardSecond StandardYear`,
  },
  ENVIRONMENT: {
    string: 'Caption Description Name Status UserName VariableValue',
    integer: 'SystemVariable',
    datetime: 'InstallDate',
  },
  DESKTOP: {
    string: `Caption Description IconFont IconTitleFaceName Name Pattern ScreenSaverExecutable SettingID
      Wallpaper`,
    integer: `BorderWidth CoolSwitch CursorBlinkRate DragFullWindows GridGranularity IconSpacing IconTitleSize
      IconTitleWrap ScreenSaverActive ScreenSaverSecure ScreenSaverTimeout WallpaperStretched WallpaperTiled`,
  },
  SERVICE: {
    string: `Caption Description DisplayName ErrorControl Name PathName ServiceType StartMode StartName State
      Status SystemName`,
    integer: `AcceptPause AcceptStop CheckPoint DesktopInteract ExitCode ProcessId ServiceSpecificExitCode
      Started TagId WaitHint DelayedAutoStart`,
    datetime: 'InstallDate',
  },
  SYSTEM_DRIVER: {
    string: `Caption Description DisplayName ErrorControl Name PathName ServiceType StartMode StartName State
      Status SystemName`,
    integer: 'AcceptPause AcceptStop DesktopInteract ExitCode ServiceSpecificExitCode Started TagId',
    datetime: 'InstallDate',
  },
  DRIVER_VXD: {
    string: `BuildNumber Caption CodeSet Control Description DeviceDescriptorBlock IdentificationCode
      LanguageEdition Manufacturer Name OtherTargetOS PM_API SerialNumber SoftwareElementID Status
      V86_API Version`,
    integer: 'ServiceTableSize SoftwareElementState TargetOperatingSystem',
    datetime: 'InstallDate',
  },
  PROCESS: {
    string: `Caption CommandLine Description ExecutablePath Handle KernelModeTime Name OSName
      OtherOperationCount OtherTransferCount PrivatePageCount ReadOperationCount ReadTransferCount
      Status WindowsVersion WriteOperationCount WriteTransferCount`,
    integer: `ExecutionState HandleCount MaximumWorkingSetSize MinimumWorkingSetSize PageFaults PageFileUsage
      ParentProcessId PeakPageFileUsage PeakVirtualSize PeakWorkingSetSize Priority ProcessId
      QuotaNonPagedPoolUsage QuotaPagedPoolUsage QuotaPeakNonPagedPoolUsage QuotaPeakPagedPoolUsage
      SessionId ThreadCount UserModeTime VirtualSize WorkingSetSize`,
    datetime: 'CreationDate InstallDate TerminationDate',
  },
  LOAD_ORDER_GROUP: {
    string: 'Caption Description Name Status',
    integer: 'DriverEnabled GroupOrder',
    datetime: 'InstallDate',
  },
  NT_EVENTLOG_FILE: {
    string: `Caption CompressionMethod CreationClassName CSName Description Drive EightDotThreeFileName
      EncryptionMethod Extension FileName FileType FSCreationClassName FSName InUseCount LogfileName
      Manufacturer Name OverWritePolicy Path Sources Status Version`,
    integer: `AccessMask Archive Compressed Encrypted FileSize Hidden MaxFileSize NumberOfRecords
      OverwriteOutDated Readable System Writeable`,
    datetime: 'CreationDate InstallDate LastAccessed LastModified',
  },
  SERVER_FEATURE: { string: 'Name', integer: 'ID ParentID' },
  OPTIONAL_FEATURE: {
    string: 'Caption Description Name Status',
    integer: 'InstallState',
    datetime: 'InstallDate',
  },
  SYSTEM_ACCOUNT: {
    string: 'Caption Description Domain Name SID Status',
    integer: 'LocalAccount SIDType',
    datetime: 'InstallDate',
  },
  USER_PROFILE: {
    string: `LastAttemptedProfileDownloadTime LastAttemptedProfileUploadTime LastBackgroundRegistryUploadTime
      LocalPath RoamingPath SID`,
    integer: 'HealthStatus Loaded RefCount RoamingConfigured RoamingPreference Special Status',
    datetime: 'LastDownloadTime LastUploadTime LastUseTime',
  },
  FOLDER_REDIRECTION_HEALTH: {
    string: 'FolderId FolderName FolderPath OfflineFileNameFolderGUID SID',
    integer: 'HealthStatus LastSyncStatus OfflineAccessEnabled Redirected',
    datetime: 'LastSuccessfulSyncTime LastSyncTime',
  },
  SYSTEM_CONSOLE_USAGE: {
    string: 'TopConsoleUser',
    integer: 'TotalConsoleTime TotalConsoleUsers TotalSecurityLogTime',
    datetime: 'SecurityLogStartDate',
  },
  SYSTEM_CONSOLE_USAGE_MAXGROUP: {
    string: 'TopConsoleUser',
    integer: 'TotalConsoleTime TotalConsoleUsers TotalSecurityLogTime',
    datetime: 'SecurityLogStartDate',
  },
  SYSTEM_CONSOLE_USER: {
    string: 'SystemConsoleUser',
    integer: 'NumberOfConsoleLogons TotalUserConsoleMinutes',
    datetime: 'LastConsoleUse',
  },
  SYSTEMBOOTDATA: {
    string: 'OSVersion SystemVolumeSize',
    integer: `BiosDuration BootDiskMediaType BootDuration EventLogStart GPDuration SystemStartTime
      UpdateDuration`,
  },
  SYSTEMBOOTSUMMARY: {
    string: 'BootDiskMediaType OSVersion',
    integer: `AverageBootFrequency LatestBiosDuration LatestBootDuration LatestCoreBootDuration
      LatestEventLogStart LatestGPDuration LatestUpdateDuration MaxBiosDuration MaxBootDuration
      MaxCoreBootDuration MaxEventLogStart MaxGPDuration MaxUpdateDuration MedianBiosDuration
      MedianBootDuration MedianCoreBootDuration MedianEventLogStart MedianGPDuration
      MedianUpdateDuration`,
  },
  VIRTUAL_MACHINE: {
    string: 'InstanceKey PhysicalHostName PhysicalHostNameFullyQualified',
  },
  VIRTUAL_MACHINE_64: {
    string: 'InstanceKey PhysicalHostName PhysicalHostNameFullyQualified',
  },
  VIRTUAL_MACHINE_EXT: {
    string: 'DNSName HostGUID HostName IPAddress MACAddress Name OSName Path ResourcePool State UUID VMGUID',
    integer: `CPUUtilization DiskBytesRead DiskBytesWritten DiskSpaceUsed HeartbeatCount HeartbeatInterval
      HeartbeatPercentage HeartbeatRate NetworkBytesReceived NetworkBytesSent PhysicalMemoryAllocated
      PowerState Uptime`,
  },
  EMBEDDED_DEVICE_INFO: {
    string: 'DeviceType EmbeddedDeviceInfo InstanceKey Model Name OEMName',
  },
  WRITE_FILTER_STATE: {
    integer: 'WriteFilterEnabled WriteFilterState',
  },
};
