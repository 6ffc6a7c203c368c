import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mustCheck } from './support/members.ts';
import { makeSite, type Site } from './support/site.ts';
import { smallClasses } from './support/small-site.ts';

let site: Site;
beforeAll(async () => {
  site = await makeSite(smallClasses, []);
});
afterAll(() => site.close());

const from = 'select r.ResourceID from SMS_R_System r ';
const software = 'join SMS_G_System_SOFTWARE s on s.ResourceID = r.ResourceID ';

describe('a query reads', () => {
  it.each<[string, string[]]>([
    ["where r.NAME like 'a%' and r.Client = 1", ['sms_r_system.client', 'sms_r_system.name']],
    ['', []],
    // The row must be there, and what it holds does not matter.
    [software, ['sms_g_system_software.*']],
    // A row without a size can not be found, so a row that comes or goes shows by its size.
    [`${software}where s.Size > 1`, ['sms_g_system_software.size']],
    [`${software}where not s.Size in (1, 2)`, ['sms_g_system_software.size']],
    [
      `${software}where s.Size > 1 or s.Version = '1'`,
      ['sms_g_system_software.size', 'sms_g_system_software.version'],
    ],
    [
      `${software}where s.Size > 1 or r.Client = 1`,
      ['sms_g_system_software.*', 'sms_g_system_software.size', 'sms_r_system.client'],
    ],
    [`${software}where s.Size is null`, ['sms_g_system_software.*', 'sms_g_system_software.size']],
    [`left ${software}where s.Size > 1`, ['sms_g_system_software.*', 'sms_g_system_software.size']],
    [
      "where r.ResourceID not in (select ResourceID from SMS_G_System_SOFTWARE where DisplayName = 'x')",
      ['sms_g_system_software.displayname'],
    ],
    [
      'where r.Name in (select Owner from SMS_G_System_STATUS)',
      ['sms_g_system_status.*', 'sms_g_system_status.owner', 'sms_r_system.name'],
    ],
  ])('%s', (rest, reads) => {
    expect(mustCheck(site, from + rest).reads).toEqual(reads);
  });

  it.each<[string, boolean]>([
    ['where r.CreationDate > GetDate()', true],
    [
      'where r.ResourceID in (select ResourceID from SMS_G_System_STATUS where DateDiff(day, LastHardwareScan, GetDate()) > 1)',
      true,
    ],
    ["where r.CreationDate > '2026-01-01'", false],
  ])('the present or not: %s', (rest, dependsOnDate) => {
    expect(mustCheck(site, from + rest).dependsOnDate).toBe(dependsOnDate);
  });

  it.each<[string, boolean]>([
    [`${software}where s.Size > 1`, true],
    [`left ${software}left join SMS_G_System_STATUS t on t.ResourceID = s.ResourceID`, true],
    [', SMS_G_System_STATUS t where t.ResourceID = r.ResourceID', true],
    ['where r.ResourceID not in (select ResourceID from SMS_G_System_STATUS)', true],
    [
      'where r.ResourceID in (select q.ResourceID from SMS_R_System q join SMS_R_System p on p.Name = q.Name)',
      false,
    ],
    ['join SMS_R_System q on q.Name = r.Name', false],
    ['where r.Name not in (select Name from SMS_R_System where Client = 1)', false],
    [', SMS_G_System_STATUS t where t.ResourceID = r.ResourceID or t.Score = 1', false],
  ])('its own rows or those of others too: %s', (rest, ownRowsOnly) => {
    expect(mustCheck(site, from + rest).ownRowsOnly).toBe(ownRowsOnly);
  });
});
