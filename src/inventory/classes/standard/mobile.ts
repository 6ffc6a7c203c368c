import type { ClassTexts } from './definition.ts';

/** Mobile devices, whether enrolled or through Exchange (SMS_G_System_…). */
export const mobileClasses: ClassTexts = {
  DEVICE_BLUETOOTH: { integer: 'Enabled' },
  DEVICE_CAMERA: { integer: 'Enabled' },
  DEVICE_IRDA: { integer: 'Enabled' },
  DEVICE_CLIENT: { integer: 'DownloadWhenRoaming SyncWhenRoaming' },
  DEVICE_CLIENTAGENTVERSION: { string: 'Version' },
  DEVICE_COMPUTERSYSTEM: {
    string: `CellularTechnology DeviceClientID DeviceManufacturer DeviceModel DMVersion FirmwareVersion
      HardwareVersion IMEI IMSI MEID OEM PhoneNumber PlatformType Product ProductVersion SerialNumber
      SoftwareVersion SubscriberCarrierNetwork`,
    integer: `IsActivationLockEnabled Jailbroken ProcessorArchitecture ProcessorLevel ProcessorRevision`,
  },
  DEVICE_DISPLAY: {
    string: 'NumberOfColors',
    integer: 'HorizontalResolution VerticalResolution',
  },
  DEVICE_EMAIL: { string: 'OwnerEmailAddress SyncDomain SyncServer SyncUser Type' },
  DEVICE_ENCRYPTION: {
    integer: `EmailEncryptionAlgorithm EmailEncryptionNegotiation EmailEncryptionRequired EmailSigningAlgorithm
      EmailSigningRequired EncryptionCompliance PhoneMemoryEncrypted StorageCardEncrypted`,
  },
  DEVICE_EXCHANGE: {
    string: 'PeakEndTime PeakStartTime',
    integer: `ConflictResolution HTMLEmailTruncation MailFormat MaxCalendarAge MaxEmailAge
      MaxMailFileAttachmentSize OffPeakSyncFrequency PeakDays PeakSyncFrequency PlainTextEmailTruncation
      SendEmailImmediately SyncCalendar SyncContacts SyncEmail SyncTasks SyncWhenRoaming`,
  },
  DEVICE_INFO: { string: 'CertExpiry DeviceName Manufacturer Model OS' },
  DEVICE_INSTALLEDAPPLICATIONS: { string: 'Name Version' },
  DEVICE_MEMORY: {
    integer: `ProgramFree ProgramTotal RemovableStorageFree RemovableStorageTotal StorageFree StorageTotal`,
  },
  DEVICE_OSINFORMATION: { string: 'Language Platform Version' },
  DEVICE_PASSWORD: {
    integer: `AllowRecoveryPassword AutolockTimeout Enabled Expiration History MaxAttemptsBeforeWipe
      MinComplexChars MinLength PasswordQuality Type`,
  },
  DEVICE_POLICY: { string: 'Name', integer: 'Enforced' },
  DEVICE_POWER: { integer: 'BacklightACTimeout BacklightBatTimeout BackupPercent BatteryPercent' },
  DEVICE_WINDOWSSECURITYPOLICY: { string: 'Name', integer: 'ID Value' },
  DEVICE_WLAN: { string: 'EthernetMAC WiFiMAC', integer: 'Enabled' },
  EAS_Property: {
    string: `DeviceAccessControlRule DeviceAccessState DeviceAccessStateReason DeviceID DeviceIMEI
      DeviceMobileOperator DeviceModel DeviceOS DeviceOSLanguage DevicePhoneNumber
      DevicePolicyApplicationStatus DevicePolicyApplied DeviceStatus DeviceType DeviceUserAgent EAS_Identity
      ExchangeServer FriendlyName StatusNote UserDomain UserName`,
    integer: 'SMSWipeStatus',
    boolean: 'IsRemoteWipeSupported',
    datetime: `DeviceWipeAckTimeUTC DeviceWipeRequestTimeUTC DeviceWipeSentTimeUTC FirstSyncTimeUTC
      LastPolicyUpdateTimeUTC LastSuccessSyncTimeUTC LastSyncAttemptTimeUTC`,
  },
  ACTIVESYNC_CONNECTED_DEVICE: {
    string: `DeviceOEMInfo DeviceType InstalledClientID InstalledClientServer InstalledClientVersion
      LastSyncTime OS_AdditionalInfo OS_Build OS_Major OS_Minor OS_Platform ProcessorArchitecture
      ProcessorLevel ProcessorRevision`,
  },
  ACTIVESYNC_SERVICE: { string: 'LastSyncTime', integer: 'MajorVersion MinorVersion' },
  MDM_RemoteFind: { string: 'Latitude Longitude' },
  MDM_SecurityStatus: {
    integer: `HardwareEncryptionCaps PasscodeCompliant PasscodeCompliantWithProfiles PasscodePresent
      RequireEncryption`,
  },
  MDM_DevDetail_Ext01: {
    string: 'DeviceHardwareData InstanceID ParentID WLANMACAddress',
  },
};
