/** A group of the emulated tenant, in the words of its seed. */
export interface GroupPlan {
  displayName: string;
  description: string;
  kind?: 'security' | 'microsoft365' | 'distribution';
  dynamic?: boolean;
  onPremises?: boolean;
}

/** Groups to map to, and some that can not be mapped to, as every tenant has them. */
export const sampleGroups: readonly GroupPlan[] = [
  { displayName: 'Intune - Kiosks', description: 'Kiosk profile' },
  { displayName: 'Intune - Windows 11 laptops', description: 'Laptop baseline' },
  { displayName: 'Intune - Pilot ring', description: 'Updates on the day they appear' },
  { displayName: 'Intune - First ring', description: 'Updates after three days' },
  { displayName: 'CA - Devices in Germany', description: 'Conditional Access by place' },
  { displayName: 'License - Microsoft 365 E3', description: 'Group-based licensing' },
  { displayName: 'CA - Finance', description: 'Stronger sign-in' },
  { displayName: 'App - Treasury', description: 'Who may open the treasury application' },
  { displayName: 'All company', description: 'Everybody, by rule', kind: 'microsoft365', dynamic: true },
  { displayName: 'Domain Computers', description: 'From Active Directory', onPremises: true },
  { displayName: 'Newsletter', description: 'Mail only', kind: 'distribution' },
];
