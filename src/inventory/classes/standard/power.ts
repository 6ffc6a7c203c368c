import type { ClassTexts } from './definition.ts';

const hours = Array.from({ length: 24 }, (_, hour) => `hr${hour}_${(hour + 1) % 24}`).join(' ');

/** Power management and AMT (SMS_G_System_…). */
export const powerClasses: ClassTexts = {
  POWER_MANAGEMENT_CAPABILITIES: {
    string: 'MinDeviceWakeState RTCWake',
    integer: `ApmPresent BatteriesAreShortTerm FullWake LidPresent PreferredPMProfile ProcessorThrottle
      SystemBatteriesPresent SystemS1 SystemS2 SystemS3 SystemS4 SystemS5 UpsPresent VideoDimPresent`,
  },
  POWER_MANAGEMENT_CLIENTOPTOUT_SETTINGS: {
    integer: 'AdminAllowOptout EffectiveClientOptOut IsClientOptOut',
  },
  POWER_MANAGEMENT_CONFIGURATION: {
    string: `NonPeakPowerPlan NonPeakPowerPlanName PeakPowerPlan PeakPowerPlanName PeakStartTimeHoursMin
      PowerConfigID WakeUpTimeHoursMin`,
    integer: 'DurationInSec',
  },
  POWER_MANAGEMENT_DAY: {
    string: 'TypeOfEvent',
    integer: `${hours} minutesTotal`,
    datetime: 'Date',
  },
  POWER_MANAGEMENT_MONTH: {
    string: 'TypeOfEvent',
    integer: `minutesComputerActive minutesComputerOn minutesComputerShutdown minutesComputerSleep
      minutesMonitorOn minutesTotal`,
    datetime: 'MonthStart',
  },
  POWER_MANAGEMENT_SETTINGS: {
    string: 'ACSettingIndex ACValue DCSettingIndex DCValue GUID Name UnitSpecifier',
  },
  POWER_MANAGEMENT_SUSPEND_ERROR: {
    string: 'AdditionalInfo Requester RequesterInfo RequesterType RequestType',
    integer: 'AdditionalCode UnknownRequester',
    datetime: 'Time',
  },
  AMT_AGENT: {
    string: `AMT AMTApps BIOSVersion BuildNumber Flash LegacyMode Netstack RecoveryBuildNum RecoveryVersion Sku
      VendorID`,
    integer: 'DeviceID ProvisionMode ProvisionState TLSMode ZTCEnabled',
  },
};
