import { type Department, departments, domain, type Office, offices, ouLevels } from './company.ts';
import { familyNames, givenNames } from './names.ts';
import type { Random } from './random.ts';
import type { EntraUser, SampleRecord } from './record.ts';

/** A person of the company. */
export interface Person {
  account: string;
  fullName: string;
  office: Office;
  department: Department;
  contractor: boolean;
  sid: string;
  /** Object id in Entra, or null: not synchronized there. */
  objectId: string | null;
}

/** Invents people; the last few of a hundred are so new that Entra does not know them. */
export function inventPeople(count: number, random: Random): Person[] {
  const taken = new Set<string>();
  return Array.from({ length: count }, (_, i) => {
    const given = random.pick(givenNames);
    const family = random.pick(familyNames);
    const office = random.weighted(offices);
    const department = random.weighted(departments);
    return {
      account: freeAccount(`${plain(given)}.${plain(family)}`, taken),
      fullName: `${given} ${family}`,
      office,
      department,
      contractor: random.chance(0.08),
      sid: `${domain.sid}-${2_000 + i}`,
      objectId: i % 100 < 97 ? random.uuid() : null,
    };
  });
}

/** A person as a user of the inventory. */
export function userRecord(person: Person): SampleRecord {
  const { account, fullName, office, department, contractor } = person;
  return {
    type: 'user',
    name: `${domain.netbios}\\${account}`,
    externalId: person.sid,
    onPremisesSid: person.sid,
    userPrincipalName: upnOf(person),
    properties: {
      FullUserName: fullName,
      UserName: account,
      Mail: upnOf(person),
      WindowsNTDomain: domain.netbios,
      FullDomainName: domain.dns.toUpperCase(),
      SID: person.sid,
      UserOUName: ouLevels('PEOPLE', office.city, department.name),
      UserGroupName: [
        `${domain.netbios}\\Domain Users`,
        `${domain.netbios}\\${department.name}`,
        ...(contractor ? [`${domain.netbios}\\Contractors`] : []),
      ],
      Department: department.name,
      City: office.city,
      Country: office.country,
      EmployeeType: contractor ? 'Contractor' : 'Employee',
    },
  };
}

/** A person as Entra has them, synchronized from Active Directory. */
export function entraUser(person: Person): EntraUser[] {
  if (person.objectId === null) return [];
  return [
    {
      id: person.objectId,
      displayName: person.fullName,
      userPrincipalName: upnOf(person),
      mail: upnOf(person),
      userType: 'Member',
      onPremisesSyncEnabled: true,
      onPremisesSecurityIdentifier: person.sid,
      onPremisesSamAccountName: person.account,
      onPremisesDomainName: domain.dns,
    },
  ];
}

/** People of other companies whom Entra has as guests; the inventory does not know them. */
export function inventGuests(count: number, random: Random): EntraUser[] {
  return Array.from({ length: count }, (_, i) => {
    const name = `${random.pick(givenNames)} ${random.pick(familyNames)}`;
    const alias = `${plain(name.replace(' ', '.'))}_fabrikam.com#EXT#${i + 1}`;
    return {
      id: random.uuid(),
      displayName: `${name} (Fabrikam)`,
      userPrincipalName: `${alias}@contoso.onmicrosoft.com`,
      mail: null,
      userType: 'Guest',
    };
  });
}

function upnOf(person: Person): string {
  return `${person.account}@${domain.dns}`;
}

/** Without umlauts and accents, in small letters. */
function plain(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase();
}

function freeAccount(wanted: string, taken: Set<string>): string {
  let account = wanted;
  for (let n = 2; taken.has(account); n += 1) account = `${wanted}${n}`;
  taken.add(account);
  return account;
}
