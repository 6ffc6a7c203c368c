import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { members, membersAmong } from './support/members.ts';
import { makeSite, type Site } from './support/site.ts';
import { smallClasses, smallResources } from './support/small-site.ts';

let site: Site;
beforeAll(async () => {
  site = await makeSite(smallClasses, smallResources);
});
afterAll(() => site.close());

const all = [1, 2, 3, 4, 5, 6];
const devices = 'select * from SMS_R_System where ';
const software =
  'select SMS_R_System.ResourceID from SMS_R_System inner join SMS_G_System_SOFTWARE as s on s.ResourceID = SMS_R_System.ResourceID where ';
const status =
  'select r.ResourceID from SMS_R_System r join SMS_G_System_STATUS on SMS_G_System_STATUS.ResourceID = r.ResourceID where ';

describe('text', () => {
  it.each<[string, number[]]>([
    ["Name = 'paris'", [3, 5]],
    ["Name = 'münchen-01'", [1]],
    ["Name = 'MU\u0308NCHEN-01'", [1]],
    ["Name = 'paris  '", [3, 5]],
    ["Name <> 'paris'", [1, 2, 4, 6]],
    ["Build = ''", [5]],
    ["Build <> '7'", [1, 2, 5, 6]],
    ["Build < '10.0.2'", [1, 5]],
    ["Build > '10.0.2'", [2, 4, 6]],
    ["Build >= 'TRUE'", [6]],
    [`Name = "O'Brien [test]"`, [4]],
    [`Name = 'O\\'Brien [test]'`, [4]],
    [`Name = 'Tab\tand\\\\slash'`, [6]],
    [`name = 'Tab\tand\\slash'`, []],
    ["Upper(Name) = 'paris'", [3, 5]],
    ["Substring(Name, 1, 3) = 'PAR'", [3, 5]],
    ["Substring(Name, 0, 3) = 'PA'", [3, 5]],
    ["'paris' = Name", [3, 5]],
    ["(Name) = ('paris')", [3, 5]],
    ["Name0 = 'paris'", [3, 5]],
  ])('%s', async (where, expected) => {
    expect(await members(site, devices + where)).toEqual(expected);
  });
});

describe('like', () => {
  it.each<[string, number[]]>([
    ["Name like 'PAR%'", [3, 5]],
    ["Name like '%ar%'", [3, 5]],
    ["Name like 'par_s'", [3, 5]],
    ["Name like 'par_'", []],
    ["Name like 'mün%'", [1]],
    ["Name like '%Ü%'", [1]],
    ["Name like 'M_NCHEN%'", [1]],
    ["Name like '[a-c]%'", [2]],
    ["Name like '[A-C]%'", [2]],
    ["Name like '[^a-p]%'", [6]],
    ["Name like '%100[%][_]x'", [2]],
    ["Name like '%[[]test]'", [4]],
    ["Name like '%\\\\slash'", [6]],
    ["Name like 'paris'", [3, 5]],
    ["Name like 'paris '", []],
    ["Name like '%'", all],
    ["Name like ''", []],
    ["Build like ''", [5]],
    ["Name like '%*%'", []],
    ["Name like 'p?ris'", []],
    ["Name like 'p[%ris'", []],
    ["Name like '[-o]%'", [4]],
    ["Name not like 'par%'", [1, 2, 4, 6]],
    ["not Name like 'par%'", [1, 2, 4, 6]],
    ["Build not like '10%'", [4, 5, 6]],
    ["Client like '1%'", [1, 4]],
    ["CreationDate like 'Feb%2026%'", [1]],
    ["CreationDate like '%12:00PM'", [2]],
  ])('%s', async (where, expected) => {
    expect(await members(site, devices + where)).toEqual(expected);
  });
});

describe('numbers and booleans', () => {
  it.each<[string, number[]]>([
    ['Client = 1', [1, 4]],
    ["Client = '1'", [1, 4]],
    ["Client = '1.0'", [1, 4]],
    ['Client = 0x3', [5]],
    ["Client = 'yes'", []],
    ["Client <> 'yes'", [1, 2, 4, 5]],
    ["Client < 'yes'", []],
    ['Client >= 1', [1, 4, 5]],
    ['Client > -1', [1, 2, 4, 5]],
    ['Client != 1', [2, 5]],
    ['1 = Client', [1, 4]],
    ["IsVirtualMachine = 'True'", [1]],
    ['IsVirtualMachine = TRUE', [1]],
    ['IsVirtualMachine = 1', [1]],
    ["IsVirtualMachine = '0'", [2, 4]],
    ["IsVirtualMachine = 'false'", [2, 4]],
    ['IsVirtualMachine <> 0', [1]],
    ['Client = true', [1, 4]],
    ['Build = 7', [4]],
    ['Build = 7.0', [4]],
    ['Build < 8', [4]],
    ['Build <> 7', [1, 2, 5, 6]],
    ['not Build = 8', [1, 2, 4, 5, 6]],
    ['not Build < 8', []],
    ['Build = true', [6]],
    ["Client in (0, '3')", [2, 5]],
    ["Client not in ('1')", [2, 5]],
    ["Name in ('PARIS', 'x')", [3, 5]],
    ["Name not in ('paris', 'münchen-01')", [2, 4, 6]],
    ['Client in (1, null)', [1, 4]],
    ['Client not in (1, null)', []],
    [`Name in (${Array.from({ length: 400 }, (_, i) => `'pc${i}'`).join(', ')}, 'Paris')`, [3, 5]],
    [`Client not in (${Array.from({ length: 400 }, (_, i) => i + 10).join(', ')}, '1')`, [2, 5]],
  ])('%s', async (where, expected) => {
    expect(await members(site, devices + where)).toEqual(expected);
  });
});

describe('unknown values', () => {
  it.each<[string, number[]]>([
    ['Client is null', [3, 6]],
    ['Client = null', [3, 6]],
    ['Client is not null', [1, 2, 4, 5]],
    ['Client <> null', [1, 2, 4, 5]],
    ['Client < null', []],
    ['not (Client = 1)', [2, 5]],
    ['not (Client = 1 or IsVirtualMachine = 1)', [2]],
    ["not (Client = 1 and Name = 'paris')", [1, 2, 4, 5, 6]],
    ["not (Client = 1 and Name like 'p%')", [1, 2, 4, 5, 6]],
    ['not not Client = 1', [1, 4]],
    ['Client = 1 or Client is null', [1, 3, 4, 6]],
    ['ResourceID in (select ResourceID from SMS_R_System where Client = 1)', [1, 4]],
    ['ResourceID not in (select ResourceID from SMS_R_System where Client = 1)', [2, 3, 5, 6]],
    ['Client not in (select Client from SMS_R_System where Client is null)', []],
    ['Client not in (select Client from SMS_R_System where Client = 1)', [2, 5]],
  ])('%s', async (where, expected) => {
    expect(await members(site, devices + where)).toEqual(expected);
  });
});

describe('array properties', () => {
  it.each<[string, number[]]>([
    ["SystemOUName = 'contoso/pcs'", [1]],
    ["SystemOUName like 'CONTOSO/%'", [1, 2]],
    ["SystemOUName like '%SÜD'", [1]],
    ["SystemOUName <> 'contoso/pcs'", [1, 2, 4]],
    ["SystemOUName not like 'contoso/pcs/%'", [1, 2, 4]],
    ["SystemOUName not in ('contoso/servers')", [1, 4]],
    ["SystemOUName in ('contoso/servers', 'fabrikam')", [2, 4]],
    ["not SystemOUName = 'contoso/pcs'", [2, 4]],
    ["not (SystemOUName = 'contoso/pcs' or Client = 0)", [4]],
    ['SystemOUName is null', [3, 5, 6]],
    ['SystemOUName is not null', [1, 2, 4]],
    ["SystemOUName = 'contoso/pcs' and SystemOUName = 'contoso/pcs/süd'", [1]],
    ["AgentTime < '2026-02-01'", [1]],
    ['DateDiff(day, AgentTime, GetDate()) = 1', [1]],
    ["SystemOUName in (select SystemOUName from SMS_R_System where Name = 'münchen-01')", [1]],
    ['Name in (select SystemOUName from SMS_R_System)', []],
  ])('%s', async (where, expected) => {
    expect(await members(site, devices + where)).toEqual(expected);
  });

  it('belong to users too', async () => {
    expect(await members(site, "select * from SMS_R_User where UserGroupName = 'contoso\\\\hr'")).toEqual([
      11,
    ]);
  });
});

describe('dates', () => {
  it.each<[string, number[]]>([
    ["CreationDate > '2026-01-01'", [1]],
    ["CreationDate = '2026-02-28T23:30:00Z'", [1]],
    ["CreationDate = '20260228233000.000000+***'", [1]],
    ["CreationDate = '20260301003000.000000+060'", [1]],
    ["CreationDate = '02/28/2026 23:30:00'", [1]],
    ["CreationDate <= '2/29/2024 12:00 PM'", [2]],
    ["CreationDate <> '2024-02-29 12:00'", [1]],
    ['CreationDate < GetDate()', [1, 2]],
    ['CreationDate > DateAdd(day, -7, GetDate())', [1]],
    ['CreationDate > DateAdd("month", -1, GetDate())', [1]],
    ["DateAdd(year, 1, CreationDate) = '2025-02-28 12:00'", [2]],
    ['DateDiff(day, CreationDate, GetDate()) = 1', [1]],
    ['DateDiff(dd, CreationDate, GetDate()) <= 1', [1]],
    ['DateDiff(hh, CreationDate, GetDate()) = 13', [1]],
    ["DateDiff('mi', CreationDate, GetDate()) = 750", [1]],
    ['DateDiff(month, CreationDate, GetDate()) = 1', [1]],
    ['DateDiff(yy, CreationDate, GetDate()) = 2', [2]],
    ['DateDiff(quarter, CreationDate, GetDate()) = 0', [1]],
    ['DateDiff(ww, CreationDate, GetDate()) = 1', [1]],
    ['DateDiff(day, CreationDate, GetDate()) > 1', [2]],
    ['14 < DateDiff(day, CreationDate, GetDate())', [2]],
    ["DateDiff(day, CreationDate, GetDate()) > '14'", [2]],
    ['DateDiff(day, GetDate(), CreationDate) > -2', [1]],
    ['DateDiff(day, CreationDate, GetDate()) <> 1', [2]],
    ['not DateDiff(day, CreationDate, GetDate()) = 1', [2]],
    ['DatePart(year, CreationDate) = 2024', [2]],
    ['DatePart(dw, CreationDate) = 7', [1]],
    ['DatePart(week, CreationDate) = 9', [1, 2]],
    ['DatePart(dayofyear, CreationDate) = 60', [2]],
    ['DatePart(hour, CreationDate) = DatePart(hour, GetDate())', [2]],
  ])('%s', async (where, expected) => {
    expect(await members(site, devices + where)).toEqual(expected);
  });

  it.each<[string, number[]]>([
    ["s.InstallDate = '20260215'", [1]],
    ['DateDiff(day, s.InstallDate, GetDate()) = 14', [1]],
    ['DateDiff(day, s.InstallDate, GetDate()) = 9', [1]],
    ['s.InstallDate < GetDate()', [1]],
  ])('kept as text: %s', async (where, expected) => {
    expect(await members(site, software + where)).toEqual(expected);
  });
});

describe('rows of inventory', () => {
  it.each<[string, number[]]>([
    ["s.DisplayName like 'acrobat%'", [1, 2]],
    ["s.DisplayName like 'acrobat%' and s.Version = '16.0'", []],
    ["s.DisplayName not like 'acrobat%'", [1]],
    ["s.DisplayName <> 'Visio'", [1, 2]],
    ["not s.DisplayName = 'Visio'", [1, 2]],
    ['s.Size > 150', [2, 4]],
    ['s.DisplayName is null', [4]],
    ["s.Version > '9'", [1]],
    ['s.Version > 9', [1, 2]],
    ["SMS_R_System.Name like 'm%' or s.Size = 300", [1, 4]],
    ['SMS_G_System_STATUS.Score > 1', [1, 2]],
    ["SMS_G_System_STATUS.Owner = 'BOB' and s.Size = 300", [4]],
  ])('each stand for themselves: %s', async (where, expected) => {
    expect(await members(site, software + where)).toEqual(expected);
  });

  it.each<[string, number[]]>([
    ['SMS_G_System_STATUS.Score = 1.5', [1]],
    ["SMS_G_System_STATUS.Score = '10'", [2]],
    ['Score < 0', [4]],
    ['SMS_G_System_STATUS.Owner = 42', [2]],
    ['SMS_G_System_STATUS.LastHardwareScan is null', [2]],
    ['DateDiff(day, LastHardwareScan, GetDate()) > 14', [1, 4]],
  ])('of STATUS: %s', async (where, expected) => {
    expect(await members(site, status + where)).toEqual(expected);
  });

  it('come in by themselves where a class is named without a join', async () => {
    expect(await members(site, `${devices}SMS_G_System_SOFTWARE.DisplayName = 'visio'`)).toEqual([1]);
    expect(
      await members(
        site,
        `${devices}SMS_G_System_SOFTWARE.DisplayName like 'a%' and SMS_G_System_SOFTWARE.Version = '16.0'`,
      ),
    ).toEqual([]);
    expect(
      await members(site, 'select SMS_R_System.ResourceID, SMS_G_System_SOFTWARE.Size from SMS_R_System'),
    ).toEqual([1, 2, 4]);
  });
});

describe('joins', () => {
  const from = 'select r.ResourceID from SMS_R_System as r ';
  it.each<[string, number[]]>([
    ['left join SMS_G_System_STATUS s on s.ResourceID = r.ResourceID where s.ResourceID is null', [3, 5, 6]],
    ['left outer join SMS_G_System_STATUS s on s.ResourceID = r.ResourceID and s.Score > 1', all],
    ["left join SMS_G_System_STATUS s on s.ResourceID = r.ResourceID where s.Owner <> 'ann'", [2, 4]],
    ['right join SMS_G_System_STATUS s on s.ResourceID = r.ResourceID', [1, 2, 4]],
    ['full join SMS_G_System_STATUS s on s.ResourceID = r.ResourceID', all],
    ['full outer join SMS_R_System q on q.Name = r.Name where q.ResourceID <> r.ResourceID', [3, 5]],
    ['inner join SMS_R_System q on q.Name = r.Name and q.ResourceID > r.ResourceID', [3]],
    [', SMS_G_System_STATUS s where s.ResourceID = r.ResourceID and s.Score = 10', [2]],
    [
      'join SMS_G_System_STATUS s on s.ResourceID = r.ResourceID join SMS_R_User u on u.Name = s.Owner',
      [1, 4],
    ],
  ])('%s', async (rest, expected) => {
    expect(await members(site, from + rest)).toEqual(expected);
  });

  it.each<[string, number[]]>([
    ['SMS_G_System_STATUS s left join SMS_R_System r on r.ResourceID = s.ResourceID', [1, 2, 4]],
    ['SMS_G_System_STATUS s right join SMS_R_System r on r.ResourceID = s.ResourceID', all],
    [
      'SMS_G_System_STATUS s full join SMS_R_System r on r.ResourceID = s.ResourceID where s.Score is null',
      [3, 4, 5, 6],
    ],
    ['SMS_G_System_STATUS s inner join SMS_R_System r on r.ResourceID = s.ResourceID', [1, 2, 4]],
  ])('with the resource on the other side: %s', async (from, expected) => {
    expect(await members(site, `select r.ResourceID from ${from}`)).toEqual(expected);
  });
});

describe('a restriction to changed resources', () => {
  it.each([
    `${devices}Client = 1`,
    `${devices}ResourceID not in (select ResourceID from SMS_R_System where Client = 0)`,
    `${software}s.Size >= 100`,
    `${devices}SystemOUName like '%'`,
  ])('leaves the others out: %s', async wql => {
    const everybody = await members(site, wql);
    expect(await membersAmong(site, wql, [1, 2, 5])).toEqual(everybody.filter(id => [1, 2, 5].includes(id)));
  });

  it('does not hide other resources from a subselect that looks at them', async () => {
    const wql = `select r.ResourceID from SMS_R_System r join SMS_R_System q on q.Name = r.Name
      where q.ResourceID in (select ResourceID from SMS_R_System where Client = 3)`;
    expect(await membersAmong(site, wql, [3])).toEqual([3]);
  });
});

describe('what makes no difference', () => {
  it.each([
    "SELECT DISTINCT SMS_R_System.* FROM sms_r_system WHERE NAME LIKE 'paris' ORDER BY SMS_R_System.Name DESC, Client",
    "select ResourceId,ResourceType from\n\tSMS_R_System\r\nwhere((Name='paris'))",
    "select R.Name, r.RESOURCEID from SMS_R_System as R where SMS_R_System.Name = 'paris'",
  ])('%s', async wql => {
    const query = wql.replace(',ResourceType', ',Name');
    expect(await members(site, query)).toEqual([3, 5]);
  });
});
