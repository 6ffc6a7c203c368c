import type { ClassTexts } from './definition.ts';

/** Devices that hang on a machine: displays, printers, controllers, ports (SMS_G_System_…). */
export const deviceClasses: ClassTexts = {
  VIDEO_CONTROLLER: {
    string: `AcceleratorCapabilities AdapterCompatibility AdapterDACType CapabilityDescriptions Caption
      CurrentNumberOfColors Description DeviceID DeviceSpecificPens DriverVersion ErrorDescription
      InfFilename InfSection InstalledDisplayDrivers Name PNPDeviceID PowerManagementCapabilities
      Status SystemName VideoModeDescription VideoProcessor`,
    integer: `AdapterRAM Availability ColorTableEntries ConfigManagerErrorCode ConfigManagerUserConfig
      CurrentBitsPerPixel CurrentHorizontalResolution CurrentNumberOfColumns CurrentNumberOfRows
      CurrentRefreshRate CurrentScanMode CurrentVerticalResolution DitherType ErrorCleared ICMIntent
      ICMMethod LastErrorCode MaxMemorySupported MaxNumberControlled MaxRefreshRate MinRefreshRate
      Monochrome NumberOfColorPlanes NumberOfVideoPages PowerManagementSupported ProtocolSupported
      ReservedSystemPaletteEntries SpecificationVersion StatusInfo SystemPaletteEntries
      VideoArchitecture VideoMemoryType VideoMode`,
    datetime: 'DriverDate InstallDate TimeOfLastReset',
  },
  DESKTOP_MONITOR: {
    string: `Caption Description DeviceID ErrorDescription MonitorManufacturer MonitorType Name PNPDeviceID
      PowerManagementCapabilities Status SystemName`,
    integer: `Availability Bandwidth ConfigManagerErrorCode ConfigManagerUserConfig DisplayType ErrorCleared
      IsLocked LastErrorCode PixelsPerXLogicalInch PixelsPerYLogicalInch PowerManagementSupported ScreenHeight
      ScreenWidth StatusInfo`,
    datetime: 'InstallDate',
  },
  SOUND_DEVICE: {
    string: `Caption Description DeviceID ErrorDescription Manufacturer Name PNPDeviceID
      PowerManagementCapabilities ProductName Status SystemName`,
    integer: `Availability ConfigManagerErrorCode ConfigManagerUserConfig DMABufferSize ErrorCleared
      LastErrorCode MPU401Address PowerManagementSupported StatusInfo`,
    datetime: 'InstallDate',
  },
  KEYBOARD_DEVICE: {
    string: `Caption Description DeviceID ErrorDescription Layout Name PNPDeviceID PowerManagementCapabilities
      Status SystemName`,
    integer: `Availability ConfigManagerErrorCode ConfigManagerUserConfig ErrorCleared IsLocked LastErrorCode
      NumberOfFunctionKeys Password PowerManagementSupported StatusInfo`,
    datetime: 'InstallDate',
  },
  POINTING_DEVICE: {
    string: `Caption Description DeviceID ErrorDescription HardwareType InfFileName InfSection Manufacturer Name
      PNPDeviceID PowerManagementCapabilities Status SystemName`,
    integer: `Availability ConfigManagerErrorCode ConfigManagerUserConfig DeviceInterface DoubleSpeedThreshold
      ErrorCleared Handedness IsLocked LastErrorCode NumberOfButtons PointingType PowerManagementSupported
      QuadSpeedThreshold Resolution SampleRate StatusInfo Synch`,
    datetime: 'InstallDate',
  },
  USB_CONTROLLER: {
    string: `Caption Description DeviceID ErrorDescription Manufacturer Name PNPDeviceID
      PowerManagementCapabilities Status SystemName`,
    integer: `Availability ConfigManagerErrorCode ConfigManagerUserConfig ErrorCleared LastErrorCode
      MaxNumberControlled PowerManagementSupported ProtocolSupported StatusInfo`,
    datetime: 'InstallDate TimeOfLastReset',
  },
  USB_DEVICE: {
    string: `Caption Description DeviceID Name PNPDeviceID Service Status SystemName Manufacturer ClassGuid
      CompatibleID HardwareID CreationClassName SystemCreationClassName`,
    integer: 'ConfigManagerErrorCode ConfigManagerUserConfig Availability',
  },
  '1394_CONTROLLER': {
    string: `Caption Description DeviceID ErrorDescription Manufacturer Name PNPDeviceID
      PowerManagementCapabilities Status SystemName`,
    integer: `Availability ConfigManagerErrorCode ConfigManagerUserConfig ErrorCleared LastErrorCode
      MaxNumberControlled PowerManagementSupported ProtocolSupported StatusInfo`,
    datetime: 'InstallDate TimeOfLastReset',
  },
  PCMCIA_CONTROLLER: {
    string: `Caption Description DeviceID ErrorDescription Manufacturer Name PNPDeviceID
      PowerManagementCapabilities Status SystemName`,
    integer: `Availability ConfigManagerErrorCode ConfigManagerUserConfig ErrorCleared LastErrorCode
      MaxNumberControlled PowerManagementSupported ProtocolSupported StatusInfo`,
    datetime: 'InstallDate TimeOfLastReset',
  },
  PNP_DEVICE_DRIVER: {
    string: `Caption ClassGuid CreationClassName Description DeviceID ErrorDescription Manufacturer Name
      PNPDeviceID PowerManagementCapabilities Service Status SystemCreationClassName SystemName`,
    integer: `Availability ConfigManagerErrorCode ConfigManagerUserConfig ErrorCleared LastErrorCode
      PowerManagementSupported StatusInfo`,
    datetime: 'InstallDate',
  },
  MODEM_DEVICE: {
    string: `AttachedTo BlindOff BlindOn Caption CompatibilityFlags CompressionOff CompressionOn
      ConfigManagerErrorText ConfigurationDialog CountriesSupported CountrySelected CurrentPasswords
      DCB Default Description DeviceID DeviceLoader DeviceType ErrorControlForced ErrorControlOff
      ErrorControlOn ErrorDescription FlowControlHard FlowControlOff FlowControlSoft InactivityScale
      InfFileName InfSection Model ModelVersion ModemInfPath ModemInfSection ModulationBell
      ModulationCCITT Name PNPDeviceID PortSubClass PowerManagementCapabilities Prefix Properties
      ProviderName Pulse Reset ResponsesKeyName SpeakerModeDial SpeakerModeOff SpeakerModeOn
      SpeakerModeSetup SpeakerVolumeHigh SpeakerVolumeLow SpeakerVolumeMed Status StringFormat
      SystemName Terminator Tone VoiceSwitchFeature`,
    integer: `AnswerMode Availability CompressionInfo ConfigManagerErrorCode ConfigManagerUserConfig DialType
      ErrorCleared ErrorControlInfo InactivityTimeout Index LastErrorCode MaxBaudRateToPhone
      MaxBaudRateToSerialPort MaxNumberOfPasswords ModulationScheme PowerManagementSupported
      RingsBeforeAnswer SpeakerVolumeInfo StatusInfo SupportsCallback SupportsSynchronousConnect`,
    datetime: 'DriverDate InstallDate TimeOfLastReset',
  },
  PRINTER_DEVICE: {
    string: `AvailableJobSheets Capabilities CapabilityDescriptions Caption CharSetsSupported Comment
      CurrentCapabilities CurrentCharSet CurrentLanguage CurrentMimeType CurrentNaturalLanguage
      CurrentPaperType DefaultCapabilities DefaultMimeType DefaultPaperType Description DeviceID
      DriverName ErrorDescription ErrorInformation LanguagesSupported Location MimeTypesSupported Name
      NaturalLanguagesSupported PaperSizesSupported PaperTypesAvailable Parameters PNPDeviceID
      PortName PowerManagementCapabilities PrinterPaperNames PrintJobDataType PrintProcessor
      SeparatorFile ServerName ShareName Status SystemName`,
    integer: `Attributes Availability AveragePagesPerMinute ConfigManagerErrorCode ConfigManagerUserConfig
      Copies Default DefaultCopies DefaultLanguage DefaultNumberUp DefaultPriority DetectedErrorState
      ErrorCleared ExtendedDetectedErrorState ExtendedPrinterStatus HorizontalResolution
      JobCountSinceLastReset LastErrorCode Local MarkingTechnology MaxCopies MaxNumberUp
      MaxSizeSupported Network PowerManagementSupported PrinterState PrinterStatus Priority Shared
      SpoolEnabled StatusInfo VerticalResolution`,
    datetime: 'InstallDate StartTime TimeOfLastReset UntilTime',
  },
  PRINTER_CONFIGURATION: {
    string: 'Caption Description DeviceName FormName Name PaperSize SettingID Status',
    integer: `BitsPerPel Collate Color Copies DisplayFlags DisplayFrequency DitherType DriverVersion Duplex
      HorizontalResolution ICMIntent ICMMethod LogPixels MediaType Orientation PaperLength PaperWidth
      PelsHeight PelsWidth PrintQuality Scale SpecificationVersion TTOption VerticalResolution
      XResolution YResolution`,
  },
  PRINT_JOB: {
    string: `Caption DataType Description Document DriverName HostPrintQueue JobStatus Name Notify Owner
      Parameters PrintProcessor Status`,
    integer: 'JobId PagesPrinted Priority Size StatusMask TotalPages',
    datetime: 'ElapsedTime InstallDate StartTime TimeSubmitted UntilTime',
  },
  PARALLEL_PORT: {
    string: `Capabilities CapabilityDescriptions Caption Description DeviceID ErrorDescription Name PNPDeviceID
      PowerManagementCapabilities Status SystemName`,
    integer: `Availability ConfigManagerErrorCode ConfigManagerUserConfig DMASupport ErrorCleared LastErrorCode
      MaxNumberControlled OSAutoDiscovered PowerManagementSupported ProtocolSupported StatusInfo`,
    datetime: 'InstallDate TimeOfLastReset',
  },
  SERIAL_PORT: {
    string: `Capabilities CapabilityDescriptions Caption Description DeviceID ErrorDescription Name PNPDeviceID
      PowerManagementCapabilities ProviderType Status SystemName`,
    integer: `Availability Binary ConfigManagerErrorCode ConfigManagerUserConfig ErrorCleared LastErrorCode
      MaxBaudRate MaximumInputBufferSize MaximumOutputBufferSize MaxNumberControlled OSAutoDiscovered
      PowerManagementSupported ProtocolSupported SettableBaudRate SettableDataBits SettableFlowControl
      SettableParity SettableParityCheck SettableRLSD SettableStopBits StatusInfo Supports16BitMode
      SupportsDTRDSR SupportsElapsedTimeouts SupportsIntTimeouts SupportsParityCheck SupportsRLSD
      SupportsRTSCTS SupportsSpecialCharacters SupportsXOnXOff SupportsXOnXOffSet`,
    datetime: 'InstallDate TimeOfLastReset',
  },
  SERIAL_PORT_CONFIGURATION: {
    string: 'Caption Description DTRFlowControlType Name Parity RTSFlowControlType SettingID StopBits',
    integer: `AbortReadWriteOnError BaudRate BinaryModeEnabled BitsPerByte ContinueXMitOnXOff
      CTSOutflowControl DiscardNULLBytes DSROutflowControl DSRSensitivity EOFCharacter
      ErrorReplaceCharacter ErrorReplacementEnabled EventCharacter IsBusy ParityCheckEnabled
      XOffCharacter XOffXMitThreshold XOnCharacter XOnXMitThreshold XOnXOffInFlowControl
      XOnXOffOutFlowControl`,
  },
  PORT: {
    string: 'Caption Description EndingAddress Name StartingAddress Status',
    integer: 'Alias',
    datetime: 'InstallDate',
  },
};
