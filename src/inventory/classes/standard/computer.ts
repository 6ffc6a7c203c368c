import type { ClassTexts } from './definition.ts';

/** The machine itself: system, board, firmware, processor, memory (SMS_G_System_…). */
export const computerClasses: ClassTexts = {
  COMPUTER_SYSTEM: {
    string: `BootupState Caption Description Domain InitialLoadInfo LastLoadInfo Manufacturer Model Name NameFormat
      OEMLogoBitmap OEMStringArray PauseAfterReset PowerManagementCapabilities PrimaryOwnerContact PrimaryOwnerName
      Roles Status SupportContactDescription SystemStartupOptions SystemType UserName SystemFamily SystemSKUNumber
      Workgroup DNSHostName`,
    integer: `AdminPasswordStatus AutomaticResetBootOption AutomaticResetCapability BootOptionOnLimit
      BootOptionOnWatchDog BootROMSupported ChassisBootupState CurrentTimeZone DaylightInEffect DomainRole
      FrontPanelResetStatus InfraredSupported KeyboardPasswordStatus NetworkServerModeEnabled NumberOfProcessors
      NumberOfLogicalProcessors PartOfDomain PCSystemType PowerManagementSupported PowerOnPasswordStatus PowerState
      PowerSupplyState ResetCapability ResetCount ResetLimit SystemStartupDelay SystemStartupSetting ThermalState
      TotalPhysicalMemory WakeUpType HypervisorPresent EnableDaylightSavingsTime`,
    datetime: 'InstallDate',
  },
  COMPUTER_SYSTEM_EXT: {
    string: 'Name UniqueName',
    integer: 'AutomaticManagedPagefile PCSystemType',
  },
  COMPUTER_SYSTEM_PRODUCT: {
    string: 'Caption Description IdentifyingNumber Name SKUNumber UUID Vendor Version',
  },
  BASEBOARD: {
    string: `Caption ConfigOptions Description Manufacturer Model Name OtherIdentifyingInfo PartNumber Product
      RequirementsDescription SerialNumber SKU SlotLayout Status Tag Version`,
    integer: `Depth Height HostingBoard HotSwappable PoweredOn Removable Replaceable RequiresDaughterBoard
      SpecialRequirements Weight Width`,
    datetime: 'InstallDate',
  },
  MOTHERBOARD_DEVICE: {
    string: `Caption Description DeviceID ErrorDescription Name PNPDeviceID PowerManagementCapabilities
      PrimaryBusType RevisionNumber SecondaryBusType Status SystemName`,
    integer: `Availability ConfigManagerErrorCode ConfigManagerUserConfig ErrorCleared LastErrorCode
      PowerManagementSupported StatusInfo`,
    datetime: 'InstallDate',
  },
  PC_BIOS: {
    string: `BiosCharacteristics BIOSVersion BuildNumber Caption CodeSet CurrentLanguage Description
      IdentificationCode LanguageEdition ListOfLanguages Manufacturer Name OtherTargetOS SerialNumber
      SMBIOSBIOSVersion SoftwareElementID Status Version`,
    integer: `InstallableLanguages PrimaryBIOS SMBIOSMajorVersion SMBIOSMinorVersion SMBIOSPresent
      SoftwareElementState TargetOperatingSystem`,
    datetime: 'InstallDate ReleaseDate',
  },
  FIRMWARE: { integer: 'SecureBoot UEFI' },
  SYSTEM_ENCLOSURE: {
    string: `BreachDescription CableManagementStrategy Caption ChassisTypes Description Manufacturer Model
      Name OtherIdentifyingInfo PartNumber SerialNumber ServiceDescriptions ServicePhilosophy SKU
      SMBIOSAssetTag Status Tag TypeDescriptions Version`,
    integer: `AudibleAlarm CurrentRequiredOrProduced Depth HeatGeneration Height HotSwappable LockPresent
      NumberOfPowerCords PoweredOn Removable Replaceable SecurityBreach SecurityStatus VisibleAlarm
      Weight Width`,
    datetime: 'InstallDate',
  },
  SYSTEM_DEVICES: {
    string: 'CompatibleIDs DeviceID HardwareIDs Name',
    integer: 'IsPnP',
  },
  PROCESSOR: {
    string: `Caption CPUHash CPUKey Description DeviceID ErrorDescription Manufacturer Name
      OtherFamilyDescription PNPDeviceID PowerManagementCapabilities ProcessorId Role
      SocketDesignation Status Stepping SystemName UniqueId Version Workgroup`,
    integer: `AddressWidth Architecture Availability BrandID ConfigManagerErrorCode ConfigManagerUserConfig
      CpuStatus CurrentClockSpeed CurrentVoltage DataWidth ErrorCleared ExtClock Family Is64Bit
      IsHyperthreadCapable IsHyperthreadEnabled IsMobile IsMulticore IsTrustedExecutionCapable
      IsVitualizationCapable L2CacheSize L2CacheSpeed L3CacheSize L3CacheSpeed LastErrorCode Level
      LoadPercentage MaxClockSpeed NormSpeed NumberOfCores NumberOfLogicalProcessors PartOfDomain
      PCache PowerManagementSupported ProcessorType Revision StatusInfo UpgradeMethod VoltageCaps`,
    datetime: 'InstallDate',
  },
  PHYSICAL_MEMORY: {
    string: `BankLabel Caption CreationClassName Description DeviceLocator Manufacturer Model Name
      OtherIdentifyingInfo PartNumber SerialNumber SKU Status Tag Version`,
    integer: `Capacity DataWidth FormFactor HotSwappable InterleaveDataDepth InterleavePosition MemoryType
      PositionInRow PoweredOn Removable Replaceable Speed TotalWidth TypeDetail`,
    datetime: 'InstallDate',
  },
  X86_PC_MEMORY: {
    string: 'Name',
    integer: 'AvailableVirtualMemory TotalPageFileSpace TotalPhysicalMemory TotalVirtualMemory',
  },
  DEVICE_MEMORY_ADDRESS: {
    string: 'Caption Description EndingAddress MemoryType Name StartingAddress Status',
    datetime: 'InstallDate',
  },
  DMA_CHANNEL: {
    string: 'Caption Description Name Status TransferWidths',
    integer: `AddressSize Availability BurstMode ByteMode ChannelTiming DMAChannel MaxTransferSize Port
      TypeCTiming WordMode`,
    datetime: 'InstallDate',
  },
  IRQ: {
    string: 'Caption Description Name Status',
    integer: 'Availability Hardware IRQNumber TriggerLevel TriggerType Vector Shareable',
    datetime: 'InstallDate',
  },
  BATTERY: {
    string: `Caption Description DesignVoltage DeviceID ErrorDescription Name PNPDeviceID
      PowerManagementCapabilities SmartBatteryVersion Status SystemName`,
    integer: `Availability BatteryRechargeTime BatteryStatus Chemistry ConfigManagerErrorCode
      ConfigManagerUserConfig DesignCapacity ErrorCleared EstimatedChargeRemaining EstimatedRunTime
      ExpectedBatteryLife ExpectedLife FullChargeCapacity LastErrorCode MaxRechargeTime
      PowerManagementSupported StatusInfo TimeOnBattery TimeToFullCharge`,
    datetime: 'InstallDate',
  },
  PORTABLE_BATTERY: {
    string: `Caption Description DesignVoltage DeviceID ErrorDescription Location ManufactureDate
      Manufacturer Name PNPDeviceID PowerManagementCapabilities SmartBatteryVersion Status SystemName`,
    integer: `Availability BatteryRechargeTime BatteryStatus CapacityMultiplier Chemistry
      ConfigManagerErrorCode ConfigManagerUserConfig DesignCapacity ErrorCleared
      EstimatedChargeRemaining EstimatedRunTime ExpectedBatteryLife ExpectedLife FullChargeCapacity
      LastErrorCode MaxBatteryError MaxRechargeTime PowerManagementSupported StatusInfo TimeOnBattery
      TimeToFullCharge`,
    datetime: 'InstallDate',
  },
  POWER_SUPPLY: {
    string: `Caption CommandFile Description DeviceID ErrorDescription Name OtherIdentifyingInfo PNPDeviceID
      PowerManagementCapabilities Status SystemName UPSPort`,
    integer: `ActiveInputVoltage Availability BatteryInstalled CanTurnOffRemotely ConfigManagerErrorCode
      ConfigManagerUserConfig ErrorCleared EstimatedChargeRemaining EstimatedRunTime FirstMessageDelay
      IsSwitchingSupply LastErrorCode LowBatterySignal MessageInterval PowerFailSignal
      PowerManagementSupported Range1InputFrequencyHigh Range1InputFrequencyLow Range1InputVoltageHigh
      Range1InputVoltageLow Range2InputFrequencyHigh Range2InputFrequencyLow Range2InputVoltageHigh
      Range2InputVoltageLow RemainingCapacityStatus StatusInfo TimeOnBackup TotalOutputPower
      TypeOfInputSwitching TypeOfRangeSwitching`,
    datetime: 'InstallDate',
  },
};
