// The company that the sample site belongs to: invented, and small enough to be looked through.

/** Where it works. */
export interface Office {
  city: string;
  code: string;
  country: string;
  subnet: string;
  /** Its share of people and machines. */
  weight: number;
}

export const offices: readonly [Office, ...Office[]] = [
  { city: 'Berlin', code: 'BER', country: 'Germany', subnet: '10.10', weight: 30 },
  { city: 'Munich', code: 'MUC', country: 'Germany', subnet: '10.20', weight: 20 },
  { city: 'Zurich', code: 'ZRH', country: 'Switzerland', subnet: '10.30', weight: 15 },
  { city: 'London', code: 'LON', country: 'United Kingdom', subnet: '10.40', weight: 20 },
  { city: 'Austin', code: 'AUS', country: 'United States', subnet: '10.50', weight: 15 },
];

/** A department, its share of people, and a program that its machines have. */
export interface Department {
  name: string;
  weight: number;
  program: string;
  publisher: string;
}

export const departments: readonly [Department, ...Department[]] = [
  {
    name: 'Engineering',
    weight: 30,
    program: 'Microsoft Visual Studio Enterprise 2022',
    publisher: 'Microsoft',
  },
  { name: 'Sales', weight: 18, program: 'Salesforce Outlook Integration', publisher: 'Salesforce' },
  { name: 'Operations', weight: 15, program: 'SAP GUI for Windows 8.00', publisher: 'SAP SE' },
  { name: 'Finance', weight: 12, program: 'SAP Analysis for Microsoft Office', publisher: 'SAP SE' },
  { name: 'Marketing', weight: 9, program: 'Adobe Creative Cloud', publisher: 'Adobe Inc.' },
  { name: 'IT', weight: 7, program: 'Wireshark 4.4.2 x64', publisher: 'The Wireshark developer community' },
  { name: 'HR', weight: 5, program: 'Workday Studio', publisher: 'Workday' },
  { name: 'Legal', weight: 4, program: 'Adobe Acrobat (64-bit)', publisher: 'Adobe' },
];

export const domain = {
  dns: 'contoso.com',
  netbios: 'CONTOSO',
  sid: 'S-1-5-21-1004336348-1177238915-682003330',
};

/** All levels of an OU path, as ConfigMgr's system discovery lists them: from the top down. */
export function ouLevels(...names: readonly string[]): string[] {
  const root = domain.dns.toUpperCase();
  return names.map((_, i) => [root, ...names.slice(0, i + 1)].join('/').toUpperCase());
}
