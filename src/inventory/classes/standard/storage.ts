import type { ClassTexts } from './definition.ts';

/** Disks, volumes, encryption of disks (SMS_G_System_…). */
export const storageClasses: ClassTexts = {
  DISK: {
    string: `Capabilities CapabilityDescriptions Caption CompressionMethod Description DeviceID
      ErrorDescription ErrorMethodology FirmwareRevision InterfaceType Manufacturer MediaType Model
      Name PNPDeviceID PowerManagementCapabilities SerialNumber Status SystemName TotalCylinders
      TotalSectors TotalTracks`,
    integer: `Availability BytesPerSector ConfigManagerErrorCode ConfigManagerUserConfig DefaultBlockSize
      ErrorCleared Index LastErrorCode MaxBlockSize MaxMediaSize MediaLoaded MinBlockSize
      NeedsCleaning NumberOfMediaSupported Partitions PowerManagementSupported SCSIBus SCSILogicalUnit
      SCSIPort SCSITargetId SectorsPerTrack Size StatusInfo TotalHeads TracksPerCylinder`,
    datetime: 'InstallDate',
  },
  PHYSICAL_DISK: {
    string: `CannotPoolReason Description DeviceID FirmwareVersion FriendlyName Manufacturer Model ObjectId
      OperationalStatus OtherCannotPoolReasonDescription PartNumber PhysicalLocation SerialNumber
      SoftwareVersion UniqueId SupportedUsages`,
    integer: `AllocatedSize BusType CanPool EnclosureNumber HealthStatus IsIndicationEnabled IsPartial
      LogicalSectorSize MediaType PhysicalSectorSize Size SlotNumber SpindleSpeed Usage`,
  },
  PARTITION: {
    string: `Caption Description DeviceID ErrorDescription ErrorMethodology Name NumberOfBlocks PNPDeviceID
      PowerManagementCapabilities Purpose Status SystemName Type`,
    integer: `Access Availability BlockSize Bootable BootPartition ConfigManagerErrorCode
      ConfigManagerUserConfig DiskIndex ErrorCleared HiddenSectors Index LastErrorCode
      PowerManagementSupported PrimaryPartition RewritePartition Size StartingOffset StatusInfo`,
    datetime: 'InstallDate',
  },
  LOGICAL_DISK: {
    string: `Caption Description DeviceID ErrorDescription ErrorMethodology FileSystem Name NumberOfBlocks
      PNPDeviceID PowerManagementCapabilities ProviderName Purpose Status SystemName VolumeName
      VolumeSerialNumber`,
    integer: `Access Availability BlockSize Compressed ConfigManagerErrorCode ConfigManagerUserConfig
      DriveType ErrorCleared FreeSpace LastErrorCode MaximumComponentLength MediaType
      PowerManagementSupported Size StatusInfo SupportsFileBasedCompression`,
    datetime: 'InstallDate',
  },
  VOLUME: {
    string: `Caption CreationClassName Description DeviceID DriveLetter ErrorDescription ErrorMethodology
      FileSystem Label Name PNPDeviceID PowerManagementCapabilities Purpose Status
      SystemCreationClassName SystemName`,
    integer: `Access Automount Availability BlockSize BootVolume Capacity Compressed ConfigManagerErrorCode
      ConfigManagerUserConfig DirtyBitSet DriveType ErrorCleared FreeSpace IndexingEnabled
      LastErrorCode MaximumFileNameLength NumberOfBlocks PageFilePresent PowerManagementSupported
      QuotasEnabled QuotasIncomplete QuotasRebuilding SerialNumber StatusInfo SupportsDiskQuotas
      SupportsFileBasedCompression SystemVolume`,
    datetime: 'InstallDate',
  },
  CDROM: {
    string: `Capabilities CapabilityDescriptions Caption CompressionMethod Description DeviceID Drive
      ErrorDescription ErrorMethodology Id Manufacturer MediaType MfrAssignedRevisionLevel Name
      PNPDeviceID PowerManagementCapabilities RevisionLevel Status SystemName VolumeName
      VolumeSerialNumber`,
    integer: `Availability ConfigManagerErrorCode ConfigManagerUserConfig DefaultBlockSize DriveIntegrity
      ErrorCleared FileSystemFlags FileSystemFlagsEx LastErrorCode MaxBlockSize MaximumComponentLength
      MaxMediaSize MediaLoaded MinBlockSize NeedsCleaning NumberOfMediaSupported
      PowerManagementSupported SCSIBus SCSILogicalUnit SCSIPort SCSITargetId Size StatusInfo
      TransferRate`,
    datetime: 'InstallDate',
  },
  TAPE_DRIVE: {
    string: `Capabilities CapabilityDescriptions Caption CompressionMethod Description DeviceID
      ErrorDescription ErrorMethodology Id Manufacturer MediaType Name PNPDeviceID
      PowerManagementCapabilities Status SystemName`,
    integer: `Availability Compression ConfigManagerErrorCode ConfigManagerUserConfig DefaultBlockSize ECC
      EOTWarningZoneSize ErrorCleared FeaturesHigh FeaturesLow LastErrorCode MaxBlockSize MaxMediaSize
      MaxPartitionCount MinBlockSize NeedsCleaning NumberOfMediaSupported Padding
      PowerManagementSupported ReportSetMarks StatusInfo`,
    datetime: 'InstallDate',
  },
  IDE_CONTROLLER: {
    string: `Caption Description DeviceID ErrorDescription Manufacturer Name PNPDeviceID
      PowerManagementCapabilities Status SystemName`,
    integer: `Availability ConfigManagerErrorCode ConfigManagerUserConfig ErrorCleared LastErrorCode
      MaxNumberControlled PowerManagementSupported ProtocolSupported StatusInfo`,
    datetime: 'InstallDate TimeOfLastReset',
  },
  SCSI_CONTROLLER: {
    string: `Caption Description DeviceID DeviceMap DriverName ErrorDescription HardwareVersion Manufacturer
      MaxTransferRate Name PNPDeviceID PowerManagementCapabilities Status SystemName`,
    integer: `Availability ConfigManagerErrorCode ConfigManagerUserConfig ControllerTimeouts ErrorCleared
      Index LastErrorCode MaxDataWidth MaxNumberControlled PowerManagementSupported
      ProtectionManagement ProtocolSupported StatusInfo`,
    datetime: 'InstallDate TimeOfLastReset',
  },
  SHARE: {
    string: 'AccessMask Caption Description Name Path Status',
    integer: 'AllowMaximum MaximumAllowed Type',
    datetime: 'InstallDate',
  },
  ENCRYPTABLE_VOLUME: {
    string: 'DeviceID DriveLetter PersistentVolumeID',
    integer: 'ProtectionStatus',
  },
  BITLOCKER_DETAILS: {
    string: `BitlockerPersistentVolumeId DeviceID DriveLetter EnforcePolicyDate KeyProtectorTypes
      MbamPersistentVolumeId NoncomplianceDetectedDate ReasonsForNonCompliance`,
    integer: `Compliant ConversionStatus EncryptionMethod IsAutoUnlockEnabled MbamVolumeType ProtectionStatus`,
  },
  MBAM_POLICY: {
    string: 'EncodedComputerName KeyName LastConsoleUser',
    integer: `EncryptionMethod FixedDataDriveAutoUnlock FixedDataDriveEncryption FixedDataDrivePassphrase
      MBAMMachineError MBAMPolicyEnforced OsDriveEncryption OsDriveProtector`,
    datetime: 'UserExemptionDate',
  },
  PROTECTED_VOLUME_INFO: { string: 'DriveLetter Name', integer: 'ProtectionType' },
};
